import type { Client } from 'pg';

import type { Book } from './book';
import { microsOfText } from './instant';

/** The instants of a book that a model cannot know: when many decide at once, those of refusals and openings. */
export class BookClocks {
  constructor(
    private readonly admin: Client,
    private readonly book: number,
  ) {}

  /** A rehearsal's clock stands still until it is moved on. */
  async moveTo(until: Date): Promise<void> {
    await this.admin.query('UPDATE platform.book SET clock_at = greatest(clock_at, $2) WHERE id = $1', [
      this.book,
      until,
    ]);
  }

  /** Learns them, and that none is before or after what they must be. */
  async take(model: Book, known: ReadonlySet<string>): Promise<void> {
    const { rows } = await this.admin.query<{ at: string }>(
      'SELECT ledger.instant(recorded_at) AS at FROM ledger.fence WHERE book = $1',
      [this.book],
    );
    const last = microsOfText(rows[0]!.at);
    if (last < model.last) throw new Error(`The fence is at ${rows[0]!.at}, before the last entry`);
    model.last = last;
    for (const [name, openedAt] of await this.openings()) {
      const account = model.accounts.get(name);
      if (!account || known.has(name)) continue;
      const first = account.postings[0]?.entry.recordedAt;
      if (first !== undefined && openedAt > first)
        throw new Error(`${name} was opened after its first posting`);
      account.openedAt = openedAt;
    }
  }

  private async openings(): Promise<(readonly [string, bigint])[]> {
    const { rows } = await this.admin.query<{ name: string; at: string }>(
      `SELECT a.path || ' ' || s.code AS name, ledger.instant(a.opened_at) AS at
         FROM ledger.account a JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset WHERE a.book = $1`,
      [this.book],
    );
    return rows.map(({ name, at }) => [name, microsOfText(at)]);
  }
}
