import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import { Database, type Tx } from '@app/platform';
import type { Assignment } from './principal';

export const SESSION_HOURS = 12;

export interface SessionUser {
  readonly userId: string;
  readonly kind: 'staff' | 'person';
  readonly displayName: string | null;
  readonly phoneSealed: Buffer | null;
  readonly phoneIndex: Buffer | null;
  readonly assignments: readonly (Omit<Assignment, 'actingOrderNo'> & {
    readonly actingOrderNo: string | null;
  })[];
}

/** SQL of sessions. They live by the wall clock: a rehearsal's clock must not end anybody's session. */
@Injectable()
export class SessionsStore {
  constructor(private readonly database: Database) {}

  async open(tx: Tx, session: { tokenHash: Buffer; userId: string }): Promise<Date> {
    const rows = await tx.query<{ expires_at: Date }>(
      `INSERT INTO identity.sessions (token_hash, user_id, expires_at)
       VALUES ($1, $2, clock_timestamp() + make_interval(hours => $3)) RETURNING expires_at`,
      [session.tokenHash, session.userId, SESSION_HOURS],
    );
    return present(rows[0], 'a new session has an end').expires_at;
  }

  /** Ending an ended session, or one that never was, does nothing. */
  async end(tx: Tx, tokenHash: Buffer): Promise<void> {
    await tx.query(
      'UPDATE identity.sessions SET ended_at = clock_timestamp() WHERE token_hash = $1 AND ended_at IS NULL',
      [tokenHash],
    );
  }

  /** Who holds the token, with the assignments in force today by each book's clock. One query a request. */
  async userOf(tokenHash: Buffer): Promise<SessionUser | undefined> {
    const rows = await this.database.query<SessionUser>(
      `SELECT u.id AS "userId", u.kind, u.display_name AS "displayName", u.phone_sealed AS "phoneSealed",
              u.phone_index AS "phoneIndex", coalesce(held.assignments, '[]') AS assignments
         FROM identity.sessions s
         JOIN identity.users u ON u.id = s.user_id AND u.disabled_at IS NULL
         LEFT JOIN LATERAL (
           SELECT jsonb_agg(jsonb_build_object('bookId', a.book, 'post', a.post, 'region', a.region,
                              'actingOrderNo', a.acting_order_no) ORDER BY a.book, a.post, a.region) AS assignments
             FROM identity.assignments a
            CROSS JOIN LATERAL (SELECT (platform.book_now(a.book) AT TIME ZONE 'Asia/Shanghai')::date AS day) today
            WHERE a.user_id = u.id AND a.valid_from <= today.day AND (a.valid_to IS NULL OR a.valid_to > today.day)
         ) held ON true
        WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()`,
      [tokenHash],
    );
    return rows[0];
  }
}
