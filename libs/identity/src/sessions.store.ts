import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import { byteaArray, ReadLane, type Statement, type Tx } from '@app/platform';
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
  /** Places of the user's tokens in the list that was asked about, from 0. */
  readonly tokens: readonly number[];
}

/** SQL of sessions. They live by the wall clock: a rehearsal's clock must not end anybody's session. */
@Injectable()
export class SessionsStore {
  constructor(private readonly reads: ReadLane) {}

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

  /** Who holds each token, with the assignments in force today by each book's clock. */
  async usersOf(tokenHashes: readonly Buffer[]): Promise<readonly SessionUser[]> {
    const rows = await this.reads.ask<SessionRow>(USERS_OF, [byteaArray(tokenHashes)]);
    return rows.map((row) => ({
      userId: row.user_id,
      kind: row.kind,
      displayName: row.display_name,
      phoneSealed: bytesOf(row.phone_sealed),
      phoneIndex: bytesOf(row.phone_index),
      assignments: JSON.parse(row.assignments) as SessionUser['assignments'],
      tokens: row.tokens
        .slice(1, -1)
        .split(',')
        .map((place) => Number(place) - 1),
    }));
  }
}

interface SessionRow {
  readonly user_id: string;
  readonly kind: 'staff' | 'person';
  readonly display_name: string | null;
  readonly phone_sealed: string | null;
  readonly phone_index: string | null;
  readonly assignments: string;
  readonly tokens: string;
}

/** A user's assignments are looked up once, however many of their sessions are asked about. */
const USERS_OF: Statement = {
  name: 'identity.users-of-tokens',
  text: `
    SELECT u.id AS user_id, u.kind, u.display_name, u.phone_sealed, u.phone_index, asked.tokens,
           coalesce(held.assignments, '[]') AS assignments
      FROM (SELECT s.user_id, array_agg(t.place) AS tokens
              FROM unnest($1::bytea[]) WITH ORDINALITY AS t (hash, place)
              JOIN identity.sessions s ON s.token_hash = t.hash
             WHERE s.ended_at IS NULL AND s.expires_at > clock_timestamp()
             GROUP BY s.user_id) asked
      JOIN identity.users u ON u.id = asked.user_id AND u.disabled_at IS NULL
      LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('bookId', a.book, 'post', a.post, 'region', a.region,
                           'actingOrderNo', a.acting_order_no) ORDER BY a.book, a.post, a.region) AS assignments
          FROM identity.assignments a
         CROSS JOIN LATERAL (SELECT (platform.book_now(a.book) AT TIME ZONE 'Asia/Shanghai')::date AS day) today
         WHERE a.user_id = u.id AND a.valid_from <= today.day AND (a.valid_to IS NULL OR a.valid_to > today.day)
      ) held ON true`,
};

const bytesOf = (text: string | null): Buffer | null =>
  text === null ? null : Buffer.from(text.slice('\\x'.length), 'hex');
