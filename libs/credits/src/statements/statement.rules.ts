import { addDays, canonicalHash, type Day } from '@app/kernel';
import { sumGrams } from '../grams';
import { meanGramsPerMu } from '../measuring/measure.rules';
import { GRAMS_WITHOUT_EVIDENCE_MAX } from '../methodology/coefficients.rules';
import type { MethodKind } from '../methodology/stock-change.rules';

/** What a village's forest of one class took up, measured with one set. It names nobody. */
export interface StatementLine {
  readonly village: string;
  readonly forestClass: string;
  readonly methodKind: MethodKind;
  readonly coefficientSet: string;
  readonly parcels: number;
  readonly areaMu100: bigint;
  readonly grams: bigint;
}

export interface StatementTotals {
  readonly parcels: number;
  readonly areaMu100: bigint;
  readonly grams: bigint;
}

export interface StatementHead extends StatementTotals {
  readonly no: string;
  readonly region: string;
  readonly year: number;
  readonly commentFrom: Day | null;
  readonly commentUntil: Day | null;
}

export const totalsOf = (lines: readonly StatementLine[]): StatementTotals => ({
  parcels: lines.reduce((sum, { parcels }) => sum + parcels, 0),
  areaMu100: lines.reduce((sum, { areaMu100 }) => sum + areaMu100, 0n),
  grams: sumGrams(lines),
});

/** The mean of a statement that nobody may publish without a document of what was measured; undefined where it may. */
export function impossibleMean(
  { grams, areaMu100 }: StatementTotals,
  evidenceNo: string | null,
): bigint | undefined {
  if (evidenceNo !== null || grams * 100n <= areaMu100 * GRAMS_WITHOUT_EVIDENCE_MAX) return undefined;
  return meanGramsPerMu(grams, areaMu100);
}

/** Days of comment that begin today: today itself does not count. None where the rule has no days. */
export const commentDays = (today: Day, days: number): Pick<StatementHead, 'commentFrom' | 'commentUntil'> =>
  days === 0
    ? { commentFrom: null, commentUntil: null }
    : { commentFrom: today, commentUntil: addDays(today, days) };

/** What the statement commits to: whoever has its lines finds the same 64 digits. */
export const statementHash = (book: number, head: StatementHead, lines: readonly StatementLine[]): string =>
  canonicalHash({
    ...{
      format: 'tanhui.statement.1',
      book: String(book),
      no: head.no,
      region: head.region,
      year: String(head.year),
    },
    ...{ commentFrom: head.commentFrom, commentUntil: head.commentUntil },
    ...{ parcels: String(head.parcels), areaMu100: head.areaMu100, grams: head.grams },
    lines: lines.map((line) => [
      ...[line.village, line.forestClass, line.methodKind, line.coefficientSet, String(line.parcels)],
      ...[line.areaMu100, line.grams],
    ]),
  });
