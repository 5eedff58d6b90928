import { Client } from 'pg';

import { createTestDatabase, type TestDatabase } from './database';

async function asked<T extends object>(url: string, query: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(query)).rows;
  } finally {
    await client.end();
  }
}

describe('A test database', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('is migrated', async () => {
    const tables = await asked(
      database.ownerUrl,
      "SELECT 1 FROM pg_tables WHERE tableowner = 'tanhui_owner'",
    );
    expect(tables.length).toBeGreaterThan(0);
  });

  it('lets every role in, none of them a superuser or a maker of roles', async () => {
    for (const role of ['owner', 'app', 'auditor', 'demo'] as const) {
      const rows = await asked(
        database[`${role}Url`],
        `SELECT rolsuper, rolcreaterole, rolcreatedb, pg_has_role('tanhui_${role}', 'MEMBER') AS is_member
         FROM pg_roles WHERE rolname = session_user`,
      );
      expect(rows).toEqual([{ rolsuper: false, rolcreaterole: false, rolcreatedb: false, is_member: true }]);
    }
  });

  it('gives what the owner makes to the group that cannot sign in', async () => {
    await asked(database.ownerUrl, 'CREATE TABLE made_by_owner (x int)');
    const rows = await asked(
      database.adminUrl,
      "SELECT tableowner FROM pg_tables WHERE tablename = 'made_by_owner'",
    );
    expect(rows).toEqual([{ tableowner: 'tanhui_owner' }]);
  });

  it('keeps its passwords as SCRAM hashes', async () => {
    const rows = await asked<{ rolpassword: string }>(
      database.adminUrl,
      `SELECT rolpassword FROM pg_authid WHERE rolname = '${new URL(database.appUrl).username}'`,
    );
    expect(rows[0]?.rolpassword).toMatch(/^SCRAM-SHA-256\$/);
  });

  it('shares nothing with another one', async () => {
    const other = await createTestDatabase();
    try {
      await asked(database.ownerUrl, 'CREATE TABLE only_here (x int)');
      const rows = await asked(other.ownerUrl, "SELECT 1 FROM pg_tables WHERE tablename = 'only_here'");
      expect(rows).toEqual([]);
    } finally {
      await other.drop();
    }
  });

  it('names who is still connected when it is dropped', async () => {
    const other = await createTestDatabase();
    const left = new Client({ connectionString: other.appUrl, application_name: 'forgotten-pool' });
    left.on('error', () => undefined);
    await left.connect();
    await expect(other.drop()).rejects.toThrow('forgotten-pool');
  });
});
