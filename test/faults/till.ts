import { setTimeout as sleep } from 'node:timers/promises';

import { newId, type Result } from '@app/kernel';

/** What an answer has to say, whoever gave it. */
export interface Acknowledged {
  readonly id: string;
  readonly seq: string;
  readonly recordedAt: string;
}

/** A question to the database itself, past the product. */
export type Ask = <Row extends object>(sql: string, params: readonly unknown[]) => Promise<Row[]>;

/** A client that is cut off asks again soon, and longer than any restart takes: a slow disk recovers for half a minute. */
const TRIES_MAX = 4_500;
const PAUSE_MS = 20;

/** Moves one unit after the other and remembers what it was told. Under each key, exactly one must have moved. */
export class Till {
  readonly told = new Map<string, Acknowledged>();
  /** How often a caller could not know whether its unit had moved. */
  uncertain = 0;

  constructor(
    private readonly ask: Ask,
    private readonly book: number,
    /** The account that every unit is moved to. */
    readonly box: string,
  ) {}

  /** Asks with one key until there is an answer, as a client does who was cut off. */
  async move(send: (id: string) => Promise<Acknowledged>, id = newId()): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        const answer = await send(id);
        this.remember(answer);
        return;
      } catch (error) {
        this.uncertain += 1;
        if (tries === TRIES_MAX) throw error;
        await sleep(PAUSE_MS);
      }
    }
  }

  private remember(answer: Acknowledged): void {
    const before = this.told.get(answer.id);
    if (before) expect(answer).toEqual(before);
    this.told.set(answer.id, answer);
  }

  /** Nothing acknowledged is lost, nothing is there twice, and nothing is there that nobody asked for. */
  async expectEachOnce(): Promise<void> {
    const rows = await this.ask<Acknowledged>(
      `SELECT e.id, e.seq::text, ledger.instant(e.recorded_at) AS "recordedAt"
         FROM ledger.account a
         JOIN ledger.posting p ON p.book = a.book AND p.account = a.id
         JOIN ledger.entry e ON e.book = p.book AND e.seq = p.seq
        WHERE a.book = $1 AND a.path = $2 ORDER BY e.seq`,
      [this.book, this.box],
    );
    const bySeq = [...this.told.values()].sort((one, other) => Number(one.seq) - Number(other.seq));
    expect(rows).toEqual(bySeq);
    const boxes = await this.ask<{ units: string }>(
      `SELECT (credits - debits)::text AS units FROM ledger.account WHERE book = $1 AND path = $2`,
      [this.book, this.box],
    );
    if (this.told.size > 0) expect(boxes).toEqual([{ units: String(this.told.size) }]);
  }
}

/** The answer, or an exception: none of these moves may be refused. */
export function acknowledged(
  result: Result<{ id: string; seq: bigint; recordedAtText: string }>,
): Acknowledged {
  if (!result.ok) throw new Error(`refused: ${result.reason.code}`);
  const { id, seq, recordedAtText: recordedAt } = result.value;
  return { id, seq: seq.toString(), recordedAt };
}
