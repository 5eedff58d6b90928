import { createHash } from 'node:crypto';

import type { Book, Period } from './book';
import { ACTOR, type Of } from './commands';
import { textOf } from './instant';
import { sumOf } from './sums';
import type { Decided } from './post';
import { changed, refusal, unchanged } from './terms';

const lastClosed = ({ periods }: Book): Period | undefined =>
  periods.findLast(({ state }) => state === 'closed');

/** Nothing counts at or before the end of the last closed period. */
function moveLimit(book: Book): () => void {
  const { closedUntil } = book;
  book.closedUntil = lastClosed(book)?.endsAt ?? null;
  return () => (book.closedUntil = closedUntil);
}

/** A period is closed once it is over, after the one before. */
export function closePeriod(book: Book, { endsAt }: Of<'close-period'>): Decided {
  const { closedUntil, clock, periods } = book;
  const last = lastClosed(book);
  if (last?.endsAt === endsAt) return unchanged([last.no.toString(), last.balances, true]);
  if (closedUntil !== null && endsAt <= closedUntil)
    return refusal('PERIOD_ENDS_TOO_EARLY', { closedUntil: textOf(closedUntil) });
  if (endsAt > clock) return refusal('PERIOD_ENDS_TOO_LATE', { endsAt: textOf(endsAt), now: textOf(clock) });
  const no = BigInt(periods.length) + 1n;
  const balances = createHash('sha256').update(balancesBy(book, endsAt)).digest('hex');
  const people = { closedBy: ACTOR, askedBy: null, reopenedBy: null };
  periods.push({ no, endsAt, state: 'closed', balances, ...people });
  const back = moveLimit(book);
  return changed(book, [no.toString(), balances, false], () => {
    periods.pop();
    back();
  });
}

/** One line for each account that turned over anything by then. */
function balancesBy(book: Book, endsAt: bigint): string {
  const lines = [...book.accounts.entries()].sort().map(([name, { postings }]) => {
    const amounts = postings.flatMap(({ entry, posting }) =>
      entry.effectiveAt <= endsAt ? [posting.amount] : [],
    );
    const debits = sumOf(amounts, (amount) => (amount > 0n ? amount : 0n));
    const credits = sumOf(amounts, (amount) => (amount < 0n ? -amount : 0n));
    return debits || credits ? `${name} ${debits} ${credits}\n` : '';
  });
  return lines.join('');
}

function unable(book: Book, no: bigint): Decided | undefined {
  const period = book.periods[Number(no) - 1];
  const last = lastClosed(book);
  if (!period) return refusal('PERIOD_UNKNOWN', { period: no });
  if (period.state === 'reopened') return refusal('PERIOD_REOPENED', { period: no });
  return no === last?.no ? undefined : refusal('PERIOD_NOT_LAST', { period: no, last: last?.no });
}

/** Who asks last is who has asked. */
export function askReopening(book: Book, { no, by }: Of<'ask-reopening'>): Decided {
  const not = unable(book, no);
  if (not) return not;
  const period = book.periods[Number(no) - 1]!;
  const { askedBy } = period;
  if (askedBy === by) return unchanged([no.toString(), true]);
  period.askedBy = by;
  return changed(book, [no.toString(), false], () => (period.askedBy = askedBy));
}

/** Only the last closed period reopens, and by another person than the one who asked. */
export function reopenPeriod(book: Book, { no, by }: Of<'reopen'>): Decided {
  const period = book.periods[Number(no) - 1];
  if (period?.state === 'reopened' && period.reopenedBy === by) return unchanged([no.toString(), true]);
  const not = unable(book, no);
  if (not || !period) return not!;
  if (period.askedBy === null) return refusal('REOPENING_NOT_ASKED', { period: no });
  if (period.askedBy === by) return refusal('SAME_PERSON', { period: no, askedBy: by });
  Object.assign(period, { state: 'reopened', reopenedBy: by });
  const back = moveLimit(book);
  return changed(book, [no.toString(), false], () => {
    Object.assign(period, { state: 'closed', reopenedBy: null });
    back();
  });
}
