import { chownSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, parse, resolve } from 'node:path';

/**
 * PostgreSQL refuses to run as root. Started by root, the servers (and only they) run under an account that
 * every system has: `postgres` if it is there, else `nobody`. Nothing is added to the system.
 * @returns {{uid?: number, gid?: number, name?: string}} empty when we are not root
 */
export function serverAccount() {
  if (process.getuid?.() !== 0) return {};
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const found = accounts.find((account) => account[0] === name);
    if (found) return { uid: Number(found[2]), gid: Number(found[3]), name };
  }
  throw new Error('Running as root, and neither "postgres" nor "nobody" exists to run PostgreSQL under.');
}

/** Gives a file or folder to the account that the servers run under. */
export function giveTo(account, path) {
  if (account.uid !== undefined) chownSync(path, account.uid, account.gid);
}

/** True when the server's account can walk down to this folder (which must exist). */
export function isReachable(account, folder) {
  if (account.uid === undefined) return true;
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (!canWalk(account, statSync(at))) return false;
    if (at === parse(at).root) return true;
  }
}

function canWalk(account, { uid, gid, mode }) {
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

/** A folder for throw-away files that the server's account can reach: TMPDIR may be private to root. */
export function temporaryFolder(account) {
  const found = [tmpdir(), '/tmp', '/var/tmp'].find((folder) => {
    try {
      return isReachable(account, folder);
    } catch {
      return false;
    }
  });
  if (!found) throw new Error(`No temporary folder can be reached by the account "${account.name}".`);
  return found;
}
