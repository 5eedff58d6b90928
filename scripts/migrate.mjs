// For an installation of one's own servers (docker-compose.yml): makes roles and database when they are missing,
// brings the schema up to date, and prints the first sign-in when there is no user yet. The build must be done.
import { operate } from './launch/operate.mjs';
import { provision, ROLES } from './provision.mjs';

const say = (text) => console.log(text);
try {
  const passwords = Object.fromEntries(
    ROLES.map((role) => [role, setting(`${role.toUpperCase()}_PASSWORD`)]),
  );
  const database = process.env.DATABASE_NAME ?? 'tanhui';
  const urls = await provision(setting('ADMIN_DATABASE_URL'), { database, isOurs: true, passwords });
  const environment = { ...process.env, MIGRATE_DATABASE_URL: urls.owner };
  await operate('migrate', environment, say);
  await operate('first-user', environment, say);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing.`);
  return value;
}
