import type { Finding } from './finding.store';
import type { BankResult, ResultCode } from './payment-channel';

/** A line of a batch as our own books have it. */
export interface StandingLine {
  readonly seq: number;
  /** The payment line's id. */
  readonly line: string;
  readonly amountFen: bigint;
  readonly source: string;
  readonly party: string;
  readonly result: ResultCode | null;
}

/** The one result that a line ends up with after a page. */
export interface LineChange {
  readonly standing: StandingLine;
  readonly result: ResultCode;
  readonly reason: string | null;
  readonly bankSerial: string | null;
}

export interface Judgement {
  readonly changes: readonly LineChange[];
  /** What was refused: told to people, moves nothing. */
  readonly findings: readonly Finding[];
  /** Results that said again what is known. */
  readonly repeated: number;
}

const SETTLED: ReadonlySet<ResultCode | null> = new Set(['S', 'F']);

/** What is wrong about one result, before anything is believed of it. */
function refusalOf(standing: StandingLine | undefined, reported: BankResult): Finding | undefined {
  const facts = { seq: String(reported.seq), result: reported.result };
  if (!standing) return { code: 'RESULT_LINE_UNKNOWN', facts };
  if (standing.line !== reported.key)
    return { code: 'RESULT_KEY_DIFFERS', facts: { ...facts, line: standing.line } };
  if (standing.amountFen !== reported.amountFen) {
    const amounts = { amountFen: standing.amountFen.toString(), reportedFen: reported.amountFen.toString() };
    return { code: 'RESULT_AMOUNT_DIFFERS', facts: { ...facts, line: standing.line, ...amounts } };
  }
  return undefined;
}

/**
 * Judges a page of results in its order against what is known. S and F are last words: the other one after it is
 * a finding, P after it is stale news. P leaves the line in transit until S or F comes.
 */
export function judge(known: ReadonlyMap<number, StandingLine>, reported: readonly BankResult[]): Judgement {
  const changes = new Map<number, LineChange>();
  const findings: Finding[] = [];
  let repeated = 0;
  for (const item of reported) {
    const standing = known.get(item.seq);
    const refusal = refusalOf(standing, item);
    if (refusal || !standing) {
      if (refusal) findings.push(refusal);
      continue;
    }
    const before = changes.get(item.seq)?.result ?? standing.result;
    if (before === item.result || (item.result === 'P' && SETTLED.has(before))) {
      repeated += 1;
    } else if (SETTLED.has(before)) {
      const facts = { seq: String(item.seq), line: standing.line, standing: String(before) };
      findings.push({ code: 'RESULT_AFTER_SETTLEMENT', facts: { ...facts, result: item.result } });
    } else {
      const { result, reason, bankSerial } = item;
      changes.set(item.seq, { standing, result, reason: result === 'F' ? (reason ?? '') : null, bankSerial });
    }
  }
  return { changes: [...changes.values()], findings, repeated };
}
