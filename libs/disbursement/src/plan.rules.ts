import type { PayeeReason } from '@app/registry';

/** The most lines an agent bank takes in one file. */
export const BATCH_LINES_MAX = 50_000;

/** A line that could be paid, and where its payee takes money; null where no account is on record. */
export interface PayableLine {
  readonly line: string;
  readonly amountFen: bigint;
  readonly bank: string | null;
  /** Id of the bank account, never its number. */
  readonly account: string | null;
  /** Why the account is another's; null when it is the holder's own. */
  readonly payeeReason: PayeeReason | null;
}

export interface DraftLine {
  readonly line: string;
  readonly amountFen: bigint;
  readonly account: string;
  readonly payeeReason: PayeeReason | null;
}

export interface DraftBatch {
  readonly bank: string;
  readonly totalFen: bigint;
  readonly lines: readonly DraftLine[];
}

export interface BatchPlan {
  readonly batches: readonly DraftBatch[];
  /** Lines left where they are because their payee has no account. */
  readonly withoutAccount: number;
}

/** One file is one bank: groups lines by bank in order of first mention and cuts what is too long. */
export function planByBank(lines: readonly PayableLine[], linesMax = BATCH_LINES_MAX): BatchPlan {
  const byBank = new Map<string, DraftLine[]>();
  let withoutAccount = 0;
  for (const { line, amountFen, bank, account, payeeReason } of lines) {
    if (bank === null || account === null) {
      withoutAccount += 1;
      continue;
    }
    const group = byBank.get(bank);
    const draft = { line, amountFen, account, payeeReason };
    if (group) group.push(draft);
    else byBank.set(bank, [draft]);
  }
  const batches = [...byBank].flatMap(([bank, group]) =>
    cut(group, linesMax).map((part) => ({
      bank,
      totalFen: part.reduce((sum, line) => sum + line.amountFen, 0n),
      lines: part,
    })),
  );
  return { batches, withoutAccount };
}

/** The items in order, in pieces of at most `size`. */
export function cut<Item>(items: readonly Item[], size: number): Item[][] {
  const pieces: Item[][] = [];
  for (let from = 0; from < items.length; from += size) pieces.push(items.slice(from, from + size));
  return pieces;
}
