import { randomBytes } from 'node:crypto';

import { newId, present } from '@app/kernel';
import { FIRST_LOGIN } from './credentials.rules';
import { hashPassword } from './password';

export interface FirstAdministrator {
  readonly login: string;
  /** Shown once; only its hash is kept. */
  readonly password: string;
}

const PASSWORD_BYTES = 15;

/** What is needed of the owner's connection: a DataSource fits. */
export interface OwnerConnection {
  query(sql: string, params?: unknown[]): Promise<unknown>;
}

/**
 * Gives a fresh installation somebody to begin with: an administrator of every book and region. Runs on the
 * owner's connection, from the command line; the application role cannot.
 */
export class CreateFirstAdministrator {
  constructor(private readonly owner: OwnerConnection) {}

  /** Undefined when there is an administrator of every book already. Safe to call at every start. */
  async execute(): Promise<FirstAdministrator | undefined> {
    if (await this.exists()) return undefined;
    const password = randomBytes(PASSWORD_BYTES).toString('base64url');
    const rows = (await this.owner.query(
      'SELECT identity.create_first_administrator($1, $2, $3, $4) AS created',
      [newId(), FIRST_LOGIN, await hashPassword(password), '系统管理员'],
    )) as { created: boolean }[];
    return present(rows[0], 'the function answers').created ? { login: FIRST_LOGIN, password } : undefined;
  }

  /** Saves every later start the cost of a hash. */
  private async exists(): Promise<boolean> {
    const rows = (await this.owner.query(
      `SELECT 1 FROM identity.assignments WHERE book = 0 AND post = 'administrator' LIMIT 1`,
    )) as unknown[];
    return rows.length > 0;
  }
}
