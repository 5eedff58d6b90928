import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database, type Tx } from '@app/platform';

export interface StaffCredentials {
  readonly userId: string;
  readonly passwordHash: string;
}

export interface NewStaff {
  readonly userId: string;
  readonly login: string;
  readonly passwordHash: string;
  readonly displayName: string;
}

export interface NewPerson {
  readonly userId: string;
  readonly phoneSealed: Buffer;
  readonly phoneIndex: Buffer;
}

export interface NewAssignment {
  readonly post: string;
  readonly region: string;
}

/** SQL of users and their assignments. */
@Injectable()
export class UsersStore {
  constructor(private readonly database: Database) {}

  /** Outside a transaction: what follows is a long computation. Undefined also for a disabled user. */
  async credentialsOf(login: string): Promise<StaffCredentials | undefined> {
    const rows = await this.database.query<StaffCredentials>(
      `SELECT id AS "userId", password_hash AS "passwordHash" FROM identity.users
        WHERE login = $1 AND kind = 'staff' AND disabled_at IS NULL`,
      [login],
    );
    return rows[0];
  }

  /** False when the login is taken. */
  async addStaff(tx: Tx, staff: NewStaff): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO identity.users (id, kind, login, password_hash, display_name)
       VALUES ($1, 'staff', $2, $3, $4) ON CONFLICT (login) DO NOTHING RETURNING id`,
      [staff.userId, staff.login, staff.passwordHash, staff.displayName],
    );
    return rows.length === 1;
  }

  /** The person of this phone, made when there is none; undefined when they may no longer sign in. */
  async personOf(tx: Tx, person: NewPerson): Promise<string | undefined> {
    await tx.query(
      `INSERT INTO identity.users (id, kind, phone_sealed, phone_index)
       VALUES ($1, 'person', $2, $3) ON CONFLICT (phone_index) DO NOTHING`,
      [person.userId, person.phoneSealed, person.phoneIndex],
    );
    const rows = await tx.query<{ id: string }>(
      'SELECT id FROM identity.users WHERE phone_index = $1 AND disabled_at IS NULL',
      [person.phoneIndex],
    );
    return rows[0]?.id;
  }

  /** The transaction's book, from the given day, without end. */
  async assign(tx: Tx, userId: string, assignments: readonly NewAssignment[], from: Day): Promise<void> {
    await tx.query(
      `INSERT INTO identity.assignments (book, user_id, post, region, valid_from)
       SELECT $1, $2, a.post, a.region, $5 FROM unnest($3::text[], $4::text[]) AS a (post, region)`,
      [tx.book, userId, assignments.map(({ post }) => post), assignments.map(({ region }) => region), from],
    );
  }

  /** Those of the codes that are posts. */
  async knownPosts(tx: Tx, codes: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ code: string }>('SELECT code FROM identity.posts WHERE code = ANY ($1)', [
      codes,
    ]);
    return new Set(rows.map(({ code }) => code));
  }
}
