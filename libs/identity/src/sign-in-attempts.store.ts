import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import type { Tx } from '@app/platform';

/** At most so many wrong passwords for one login in one window; then the login waits for the window's end. */
export const ATTEMPTS_MAX = 5;
export const WINDOW_MINUTES = 15;

export interface Attempt {
  /** How many there were in the window, this one included. */
  readonly attempts: number;
  readonly windowEndsAt: Date;
}

/** SQL of the lock-out, by the digest of the login that was typed. */
@Injectable()
export class SignInAttemptsStore {
  /** Counts one more. Concurrent guesses queue on the row, so each sees a number of its own. */
  async count(tx: Tx, loginDigest: Buffer): Promise<Attempt> {
    const rows = await tx.query<Attempt>(
      `INSERT INTO identity.sign_in_attempts AS a (login_digest, attempts, first_at)
       VALUES ($1, 1, clock_timestamp())
       ON CONFLICT (login_digest) DO UPDATE SET
         attempts = CASE WHEN a.first_at < clock_timestamp() - make_interval(mins => $2) THEN 1
                         ELSE least(a.attempts + 1, $3 + 1) END,
         first_at = CASE WHEN a.first_at < clock_timestamp() - make_interval(mins => $2) THEN clock_timestamp()
                         ELSE a.first_at END
       RETURNING attempts, first_at + make_interval(mins => $2) AS "windowEndsAt"`,
      [loginDigest, WINDOW_MINUTES, ATTEMPTS_MAX],
    );
    return present(rows[0], 'an attempt is counted');
  }

  async clear(tx: Tx, loginDigest: Buffer): Promise<void> {
    await tx.query('DELETE FROM identity.sign_in_attempts WHERE login_digest = $1', [loginDigest]);
  }

  /** Forgets the attempts of a past window, a few at a time; rows that others hold are left to them. */
  async prune(tx: Tx): Promise<void> {
    await tx.query(
      `DELETE FROM identity.sign_in_attempts WHERE login_digest IN (
         SELECT login_digest FROM identity.sign_in_attempts
          WHERE first_at < clock_timestamp() - make_interval(mins => $1) LIMIT 20 FOR UPDATE SKIP LOCKED)`,
      [WINDOW_MINUTES],
    );
  }
}
