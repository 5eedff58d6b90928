import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';

/** A migrated database of one test file's own, and the ways into it. */
export interface TestDatabase {
  /** Signs in as the login of each database role; `adminUrl` is for tests that look behind the curtain. */
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly auditorUrl: string;
  readonly demoUrl: string;
  readonly adminUrl: string;
  readonly name: string;
  /** Drops it. Throws when somebody is still connected, naming who: an open pool is a leak in the product or the test. */
  drop(): Promise<void>;
}

const ROLES = ['owner', 'app', 'auditor', 'demo'] as const;

/** Closing a socket reaches the server a moment after the client has forgotten it. */
const LEAK_PATIENCE_MS = 2_000;

/**
 * Clones the migrated template of this run: some tens of milliseconds, whatever the schema.
 * Call it in `beforeAll` and `drop` in `afterAll`.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = required('TEST_TEMPLATE');
  const name = `${template}_${randomBytes(5).toString('hex')}`;
  // The server is the one named now: a test may have the others made elsewhere before this one is dropped.
  const server = required('TEST_ADMIN_DATABASE_URL');
  const database = {
    ownerUrl: urlOf('TEST_OWNER_DATABASE_URL', name),
    appUrl: urlOf('TEST_APP_DATABASE_URL', name),
    auditorUrl: urlOf('TEST_AUDITOR_DATABASE_URL', name),
    demoUrl: urlOf('TEST_DEMO_DATABASE_URL', name),
    adminUrl: urlOf('TEST_ADMIN_DATABASE_URL', name),
    name,
    drop: () => drop(server, name),
  };
  await asAdmin(server, async (admin) => {
    await admin.query(
      `CREATE DATABASE ${escapeIdentifier(name)} OWNER tanhui_owner TEMPLATE ${escapeIdentifier(template)}`,
    );
    await admin.query(rightsOf(name, template));
  });
  return database;
}

/** A clone has the template's tables but not its rights: who may connect, and as whom, is said again. */
function rightsOf(name: string, template: string): string {
  const database = escapeIdentifier(name);
  const logins = ROLES.map((role) => escapeIdentifier(`${template}_${role}`));
  const about = expect.getState().testPath ?? name;
  return [
    `REVOKE CONNECT, TEMPORARY ON DATABASE ${database} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${database} TO ${logins.join(', ')}`,
    `GRANT CREATE, TEMPORARY ON DATABASE ${database} TO tanhui_owner`,
    `ALTER ROLE ${logins[0]} IN DATABASE ${database} SET role = 'tanhui_owner'`,
    `COMMENT ON DATABASE ${database} IS ${escapeLiteral(about)}`,
  ].join('; ');
}

async function drop(server: string, name: string): Promise<void> {
  await asAdmin(server, async (admin) => {
    const left = await connectionsLeft(admin, name);
    await admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
    if (left.length > 0) throw new Error(`Connections were left open:\n  ${left.join('\n  ')}`);
  });
}

async function connectionsLeft(admin: Client, name: string): Promise<string[]> {
  for (const end = Date.now() + LEAK_PATIENCE_MS; ; await sleep(50)) {
    const { rows } = await admin.query<{ who: string }>(
      `SELECT format('%s "%s", %s', usename, application_name, state) AS who FROM pg_stat_activity
       WHERE datname = $1 AND backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || Date.now() > end) return rows.map((row) => row.who);
  }
}

async function asAdmin(server: string, work: (admin: Client) => Promise<void>): Promise<void> {
  const admin = new Client({ connectionString: server });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function urlOf(variable: string, database: string): string {
  const url = new URL(required(variable));
  url.pathname = `/${database}`;
  return url.href;
}

function required(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is missing: run tests with \`npm test -- <path of a test>\`.`);
  return value;
}
