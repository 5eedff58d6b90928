import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { isReachable, serverAccount } from './account.mjs';
import { startInstance } from './postgres-instance.mjs';

/** The server that the environment names, unless the bare machine is to be proven. */
export function givenDatabaseUrl() {
  return process.env.TANHUI_SERVERS === 'embedded' ? undefined : process.env.DATABASE_URL;
}

/** Starts the private server that keeps this checkout's data. */
export async function startKeptPostgres({ local, secrets, logFile }) {
  const account = serverAccount();
  const dataDir = keptDataDir(local, account);
  return startInstance({ dataDir, password: secrets.superuser, logFile, isKept: true, account });
}

/**
 * Where the kept data lies: in the checkout (`.local/postgres`), unless root works in a checkout that the
 * server's account cannot walk into; then in /var/lib/tanhui. The place is written down, so that a checkout
 * that was moved finds its data again, and a copied one does not open the data of the first.
 */
function keptDataDir(local, account) {
  const note = join(local, 'postgres.json');
  const checkout = realpathSync(local);
  const noted = existsSync(note) ? JSON.parse(readFileSync(note, 'utf8')) : undefined;
  const inside = join(local, 'postgres');
  if (existsSync(join(inside, 'PG_VERSION'))) {
    if (isReachable(account, local)) return inside;
    throw new Error(`The account "${account.name}" cannot reach ${inside}: chmod o+x the folders above it.`);
  }
  if (noted && (noted.checkout === checkout || !existsSync(noted.checkout))) {
    writeFileSync(note, JSON.stringify({ ...noted, checkout }), { mode: 0o600 });
    return noted.dataDir;
  }
  if (isReachable(account, local)) return inside;
  const dataDir = join('/var/lib/tanhui', shortHash(`${checkout}:${statSync(local).ino}`));
  mkdirSync('/var/lib/tanhui', { recursive: true, mode: 0o711 });
  chmodSync('/var/lib/tanhui', 0o711);
  writeFileSync(note, JSON.stringify({ checkout, dataDir }), { mode: 0o600 });
  return dataDir;
}

const shortHash = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Starts a server whose data is thrown away, inside a scratch folder and without a disk barrier. */
export function startScratchPostgres({ folder, password, logFile }) {
  const dataDir = join(folder, 'postgres');
  return startInstance({ dataDir, password, logFile, isKept: false, account: serverAccount() });
}
