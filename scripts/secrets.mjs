import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Only letters and digits, so that a password needs no escaping in a URL or a configuration file. */
const password = () => randomBytes(24).toString('hex');
const key = () => randomBytes(32).toString('base64');

/** Fresh secrets: passwords of the servers, and the keys that seal, index and sign what people entrust to us. */
export function newSecrets() {
  return {
    superuser: password(),
    owner: password(),
    app: password(),
    auditor: password(),
    demo: password(),
    redis: password(),
    sealKey: key(),
    sealKeyId: 'k1',
    indexKey: key(),
    bankKey: key(),
    checkpointKey: key(),
  };
}

/**
 * The secrets of this checkout, made at its first start in `<folder>/secrets.json` (0600).
 * Losing that file means that sealed data cannot be opened again: back it up apart from the database.
 */
export function readSecrets(folder) {
  const file = join(folder, 'secrets.json');
  // Others may walk through (the database server does) but not list; each file has its own mode.
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  if (read(file) === undefined) put(newSecrets(), file);
  const kept = read(file);
  const missing = Object.entries(newSecrets()).filter(([name]) => !(name in kept));
  if (missing.length === 0) return kept;
  // A version that needs another secret adds it to those that are there.
  put({ ...kept, ...Object.fromEntries(missing) }, `${file}.next`);
  try {
    renameSync(`${file}.next`, file);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return read(file);
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read: ${error.message}`, { cause: error });
  }
}

function put(secrets, file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  try {
    // A link never replaces what is there: of two starts at once, both read the same file.
    linkSync(draft, file);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}
