import type { Day } from '@app/kernel';

/** Grams of a transfer out that lie with a platform, less what came back since. */
export interface OutsideTransfer {
  readonly id: string;
  readonly reference: string;
  /** Code of the issuance. */
  readonly issuance: string;
  readonly state: 'sent' | 'confirmed';
  readonly grams: bigint;
  readonly sentOn: Day;
}

/** A line of a platform's statement. */
export interface StatementLine {
  readonly reference: string;
  readonly issuance: string;
  readonly grams: bigint;
  /** It holds them, or did not take them. */
  readonly outcome: 'held' | 'failed';
}

export interface Difference {
  readonly kind:
    'unknown-here' | 'missing-there' | 'grams-differ' | 'issuance-differs' | 'failed-after-confirmed';
  readonly reference: string;
  readonly issuance: string;
  readonly oursGrams: bigint;
  readonly theirsGrams: bigint;
}

export interface IssuanceBalance {
  readonly issuance: string;
  readonly oursGrams: bigint;
  readonly theirsGrams: bigint;
}

export interface Reconciliation {
  /** By issuance, after what the statement settles. */
  readonly balances: readonly IssuanceBalance[];
  readonly differences: readonly Difference[];
  /** Transfers whose fate the statement tells. */
  readonly confirmed: readonly string[];
  readonly failed: readonly string[];
}

/**
 * Compares what lies outside by this book with what a platform says it held at the end of a day. What was sent
 * later is not expected yet. A line that does not fit settles nothing.
 */
export function reconcile(
  outside: readonly OutsideTransfer[],
  lines: readonly StatementLine[],
  day: Day,
): Reconciliation {
  const known = new Map(outside.map((transfer) => [transfer.reference, transfer]));
  const told = new Set(lines.map(({ reference }) => reference));
  const [confirmed, failed]: [string[], string[]] = [[], []];
  const differences: Difference[] = [];
  for (const line of lines) {
    const transfer = known.get(line.reference);
    const kind = differenceOf(transfer, line);
    if (kind) {
      const oursGrams = transfer?.grams ?? 0n;
      const theirsGrams = line.outcome === 'held' ? line.grams : 0n;
      differences.push({
        ...{ kind, reference: line.reference, issuance: line.issuance },
        ...{ oursGrams, theirsGrams },
      });
    } else if (transfer?.state === 'sent') {
      (line.outcome === 'held' ? confirmed : failed).push(transfer.id);
    }
  }
  for (const { reference, issuance, grams, sentOn } of outside) {
    if (told.has(reference) || sentOn > day || grams === 0n) continue;
    differences.push({ kind: 'missing-there', reference, issuance, oursGrams: grams, theirsGrams: 0n });
  }
  const isBack = new Set(failed);
  const expected = outside.filter(
    ({ id, sentOn, reference }) => !isBack.has(id) && (sentOn <= day || told.has(reference)),
  );
  const held = lines.filter(({ outcome }) => outcome === 'held');
  return { balances: balancesOf(expected, held), differences, confirmed, failed };
}

function differenceOf(
  transfer: OutsideTransfer | undefined,
  line: StatementLine,
): Difference['kind'] | undefined {
  // A transfer that failed before lies nowhere, and a statement may go on telling of it.
  if (!transfer) return line.outcome === 'held' ? 'unknown-here' : undefined;
  if (transfer.issuance !== line.issuance) return 'issuance-differs';
  if (transfer.grams !== line.grams) return 'grams-differ';
  return line.outcome === 'failed' && transfer.state === 'confirmed' ? 'failed-after-confirmed' : undefined;
}

function balancesOf(
  ours: readonly { issuance: string; grams: bigint }[],
  theirs: readonly { issuance: string; grams: bigint }[],
): IssuanceBalance[] {
  const codes = [...new Set([...ours, ...theirs].map(({ issuance }) => issuance))].sort();
  const sum = (list: readonly { issuance: string; grams: bigint }[], code: string) =>
    list.reduce((total, { issuance, grams }) => (issuance === code ? total + grams : total), 0n);
  return codes.map((issuance) => ({
    issuance,
    oursGrams: sum(ours, issuance),
    theirsGrams: sum(theirs, issuance),
  }));
}
