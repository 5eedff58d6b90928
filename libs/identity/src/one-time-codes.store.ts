import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import type { Tx } from '@app/platform';

export const CODE_MINUTES = 5;
export const CODE_ATTEMPTS_MAX = 5;

/** How many codes a phone was sent lately, and how long ago the last one was. */
export interface CodesSent {
  readonly inHour: number;
  readonly inDay: number;
  /** Undefined when there was none within the day. */
  readonly secondsSinceLast: number | undefined;
}

export interface OpenCode {
  readonly id: string;
  readonly codeHash: Buffer;
}

/** SQL of one-time codes. */
@Injectable()
export class OneTimeCodesStore {
  /** Requests for one phone come one after the other, or two at once would both find room under the limit. */
  async lockPhone(tx: Tx, phoneIndex: Buffer): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [phoneIndex.readBigInt64BE().toString()]);
  }

  async sentTo(tx: Tx, phoneIndex: Buffer): Promise<CodesSent> {
    const rows = await tx.query<{ in_hour: number; in_day: number; seconds: number | null }>(
      `SELECT count(*) FILTER (WHERE created_at > clock_timestamp() - interval '1 hour')::int AS in_hour,
              count(*)::int AS in_day,
              floor(extract(epoch FROM clock_timestamp() - max(created_at)))::int AS seconds
         FROM identity.one_time_codes
        WHERE phone_index = $1 AND created_at > clock_timestamp() - interval '1 day'`,
      [phoneIndex],
    );
    const row = present(rows[0], 'a count has a row');
    return { inHour: row.in_hour, inDay: row.in_day, secondsSinceLast: row.seconds ?? undefined };
  }

  async add(tx: Tx, code: { id: string; phoneIndex: Buffer; codeHash: Buffer }): Promise<void> {
    await tx.query(
      `INSERT INTO identity.one_time_codes (id, phone_index, code_hash, expires_at)
       VALUES ($1, $2, $3, clock_timestamp() + make_interval(mins => $4))`,
      [code.id, code.phoneIndex, code.codeHash, CODE_MINUTES],
    );
  }

  /**
   * Counts a try against the phone's newest code and returns it; undefined when that is used up, used or expired.
   * Older codes are void as soon as a newer one is sent. The row stays locked, so tries come one by one.
   */
  async countTry(tx: Tx, phoneIndex: Buffer): Promise<OpenCode | undefined> {
    const rows = await tx.query<OpenCode>(
      `UPDATE identity.one_time_codes c SET attempts = c.attempts + 1
        WHERE c.id = (SELECT id FROM identity.one_time_codes
                       WHERE phone_index = $1 ORDER BY created_at DESC LIMIT 1)
          AND c.used_at IS NULL AND c.expires_at > clock_timestamp() AND c.attempts < $2
       RETURNING c.id, c.code_hash AS "codeHash"`,
      [phoneIndex, CODE_ATTEMPTS_MAX],
    );
    return rows[0];
  }

  async use(tx: Tx, id: string): Promise<void> {
    await tx.query('UPDATE identity.one_time_codes SET used_at = clock_timestamp() WHERE id = $1', [id]);
  }

  /** Forgets what no limit looks at any more, a few at a time. */
  async prune(tx: Tx): Promise<void> {
    await tx.query(
      `DELETE FROM identity.one_time_codes WHERE id IN (
         SELECT id FROM identity.one_time_codes WHERE created_at < clock_timestamp() - interval '1 day'
          LIMIT 20 FOR UPDATE SKIP LOCKED)`,
    );
  }
}
