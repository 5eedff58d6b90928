import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';

import { dismantle, mayProvision, provision, ROLES, withClient } from '../provision.mjs';

const PREFIX = 'tanhui_test_';
const STALE_HOURS = 12;

/** A name that says when the run began, so that a later run knows what was left behind by a killed one. */
export function newRunName() {
  return `${PREFIX}${hoursNow()}_${randomBytes(4).toString('hex')}`;
}

const hoursNow = () => Math.floor(Date.now() / 3_600_000);

/** Makes the roles and the empty template of a run; tests clone it once it is migrated. */
export async function openRun(adminUrl, run, passwords) {
  if (!(await mayProvision(adminUrl))) {
    throw new Error('The user of DATABASE_URL may not create roles and databases, which tests need.');
  }
  await removeRuns(adminUrl, (name) => isStale(name));
  return provision(adminUrl, { database: run, isOurs: true, passwords });
}

/** Drops every database and login of a run. Others' are not touched. */
export async function closeRun(adminUrl, run) {
  await removeRuns(adminUrl, (name) => name === run || name.startsWith(`${run}_`));
}

async function removeRuns(adminUrl, isOurs) {
  const found = await withClient(adminUrl, async (admin) => ({
    databases: await names(admin, 'SELECT datname AS name FROM pg_database'),
    logins: await names(admin, 'SELECT rolname AS name FROM pg_roles'),
  }));
  const databases = found.databases.filter(isOurs);
  const logins = found.logins.filter(
    (name) => isOurs(name) && ROLES.some((role) => name.endsWith(`_${role}`)),
  );
  if (databases.length + logins.length > 0) await dismantle(adminUrl, { databases, logins });
}

async function names(admin, query) {
  const { rows } = await admin.query(query);
  return rows.map(({ name }) => name);
}

function isStale(name) {
  const hour = new RegExp(`^${PREFIX}(\\d+)_`).exec(name)?.[1];
  return hour !== undefined && hoursNow() - Number(hour) > STALE_HOURS;
}

/** Removes what a run left in a Redis that is not its own. */
export async function clearQueue(redisUrl, prefix) {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 2 });
  try {
    for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 })) {
      if (keys.length) await redis.unlink(...keys);
    }
  } finally {
    redis.disconnect();
  }
}
