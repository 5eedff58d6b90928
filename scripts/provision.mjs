import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';

/** What each role is for: owner migrates, app serves, auditor reads, demo also moves a rehearsal clock. */
export const ROLES = ['owner', 'app', 'auditor', 'demo'];
const ATTEMPTS_MAX = 5;
const NAME_MAX = 54;
const SCRAM_ROUNDS = 4096;

/** Two provisionings at once, of this database or another, trip over each other's rows: both then try again. */
const RETRYABLE = new Set(['XX000', '23505', '42710', '42704', '40001', '40P01', '55006']);

/**
 * Makes the group roles, the login roles of one database and the database itself, as often as it is called.
 * The groups `tanhui_owner|app|auditor|demo` hold the privileges and cannot sign in; `<database>_owner|…` sign in
 * (SCRAM) and are members. What the owner's login makes belongs to the group `tanhui_owner`.
 * @param {string} adminUrl someone who may create roles and, unless the database exists, databases
 * @param {object} wish
 * @param {string} wish.database
 * @param {boolean} wish.isOurs true: create it when missing and close it to everyone else; false: it is somebody's
 *   who named it in DATABASE_URL, so only add to it
 * @param {Record<string, string>} wish.passwords by role
 * @returns {Promise<{owner: string, app: string, auditor: string, demo: string}>} URLs to sign in with
 */
export async function provision(adminUrl, { database, isOurs, passwords }) {
  if (!/^[a-z][a-z0-9_]*$/.test(database) || database.length > NAME_MAX) {
    throw new Error(
      `"${database}" must be a-z, 0-9 and _, at most ${NAME_MAX} long, to name the roles after it.`,
    );
  }
  await retried(() => withClient(adminUrl, (admin) => makeRoles(admin, database, passwords)));
  if (isOurs) await retried(() => withClient(adminUrl, (admin) => makeDatabase(admin, database)));
  await retried(() => withClient(inDatabase(adminUrl, database), (admin) => grant(admin, database, isOurs)));
  return urlsOf(adminUrl, { database, passwords });
}

/** A database named `tanhui` must not have a login of the same name as a group. */
const loginOf = (database, role) => (database === 'tanhui' ? `tanhui_login_${role}` : `${database}_${role}`);

/** The URLs of the four logins of a provisioned database. */
export function urlsOf(adminUrl, { database, passwords }) {
  const entries = ROLES.map((role) => {
    const url = new URL(inDatabase(adminUrl, database));
    url.username = loginOf(database, role);
    url.password = passwords[role];
    return [role, url.href];
  });
  return Object.fromEntries(entries);
}

/** The same server and user, another database. */
export function inDatabase(url, database) {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** True when this connection may create roles, which provisioning needs. */
export async function mayProvision(adminUrl) {
  return withClient(adminUrl, async (admin) => {
    const { rows } = await admin.query(
      'SELECT rolsuper OR rolcreaterole AS may FROM pg_roles WHERE rolname = current_user',
    );
    return rows[0].may;
  });
}

/** Removes scratch databases and their logins, and the groups when nobody is left in them. */
export async function dismantle(adminUrl, { databases, logins }) {
  await withClient(adminUrl, async (admin) => {
    for (const database of databases)
      await admin.query(`DROP DATABASE IF EXISTS ${name(database)} WITH (FORCE)`);
    for (const login of logins) await admin.query(`DROP ROLE IF EXISTS ${name(login)}`);
    for (const role of ROLES) await dropEmptyGroup(admin, `tanhui_${role}`);
  });
}

export async function withClient(connectionString, work) {
  const client = new pg.Client({ connectionString, application_name: 'tanhui-launcher' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function makeRoles(admin, database, passwords) {
  for (const role of ROLES) {
    const group = `tanhui_${role}`;
    const login = loginOf(database, role);
    if (!(await roleExists(admin, group))) await admin.query(`CREATE ROLE ${name(group)} NOLOGIN`);
    if (await roleExists(admin, login)) await refuseStranger(admin, { login, group });
    else await admin.query(`CREATE ROLE ${name(login)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE INHERIT`);
    await admin.query(`GRANT ${name(group)} TO ${name(login)}`);
    await admin.query(`ALTER ROLE ${name(login)} PASSWORD ${pg.escapeLiteral(scram(passwords[role]))}`);
  }
}

/** Hashed here (RFC 5803), so that no password ever stands in a statement, which a server may log. */
function scram(password) {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, SCRAM_ROUNDS, 32, 'sha256');
  const keyed = (label) => createHmac('sha256', salted).update(label).digest();
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64');
  const server = keyed('Server Key').toString('base64');
  return `SCRAM-SHA-256$${SCRAM_ROUNDS}:${salt.toString('base64')}$${stored}:${server}`;
}

/** A role of that name that is not ours may be someone's: changing its password would lock them out. */
async function refuseStranger(admin, { login, group }) {
  const { rows } = await admin.query(
    'SELECT pg_has_role($1, $2, $3) AS is_ours, rolsuper FROM pg_roles WHERE rolname = $1',
    [login, group, 'MEMBER'],
  );
  if (rows[0].rolsuper || !rows[0].is_ours) {
    throw new Error(`The role "${login}" exists and is not Tanhui's. Choose a database of another name.`);
  }
}

async function makeDatabase(admin, database) {
  const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  if (rowCount) return;
  await joinOwners(admin);
  await admin.query(
    `CREATE DATABASE ${name(database)} OWNER tanhui_owner TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`,
  );
}

/** Who is not a superuser must belong to the group in whose name the database is made. */
async function joinOwners(admin) {
  const { rows } = await admin.query('SELECT rolsuper FROM pg_roles WHERE rolname = current_user');
  if (!rows[0].rolsuper) await admin.query('GRANT tanhui_owner TO CURRENT_USER');
}

async function grant(admin, database, isOurs) {
  const at = name(database);
  const logins = ROLES.map((role) => name(loginOf(database, role))).join(', ');
  if (isOurs) await admin.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${at} FROM PUBLIC`);
  await admin.query(`GRANT CONNECT ON DATABASE ${at} TO ${logins}`);
  await admin.query(`GRANT CREATE, TEMPORARY ON DATABASE ${at} TO tanhui_owner`);
  if (isOurs) await joinOwners(admin);
  else await admin.query('GRANT USAGE, CREATE ON SCHEMA public TO tanhui_owner');
  await admin.query(
    `ALTER ROLE ${name(loginOf(database, 'owner'))} IN DATABASE ${at} SET role = 'tanhui_owner'`,
  );
}

async function roleExists(admin, role) {
  const { rowCount } = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  return rowCount > 0;
}

async function dropEmptyGroup(admin, group) {
  const members = await admin.query(
    'SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid WHERE r.rolname = $1',
    [group],
  );
  if (members.rowCount) return;
  try {
    await admin.query(`DROP ROLE IF EXISTS ${name(group)}`);
  } catch (error) {
    // 2BP01: another database of this server still belongs to the group.
    if (error.code !== '2BP01') throw error;
  }
}

async function retried(work) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS_MAX || !RETRYABLE.has(error.code)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * attempt * (1 + Math.random())));
    }
  }
}

const name = (identifier) => pg.escapeIdentifier(identifier);
