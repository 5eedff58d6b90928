import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { choosePostgres } from '../../scripts/servers/postgres-binaries.mjs';
import { inPath } from '../../scripts/servers/process.mjs';

const SERVER_PROGRAMS = ['postgres', 'initdb'];

/**
 * The newest installed server, else the one that npm installed, and a pgbench: installed with the server or found in
 * PATH. Without pgbench there is no baseline that everybody knows, so there is no run.
 */
export function findTools(account) {
  const installed = installedFolders().find((folder) =>
    SERVER_PROGRAMS.every((name) => existsSync(join(folder, name))),
  );
  const server = installed ?? choosePostgres({ account }).folder;
  const beside = installed && join(installed, 'pgbench');
  const pgbench = beside && existsSync(beside) ? beside : (inPath('pgbench') ?? pgbenchInstalled());
  if (!pgbench) {
    throw new Error(
      'pgbench is missing. It comes with the PostgreSQL server package of most systems ' +
        '(Debian: postgresql, postgresql-contrib); install it or put it in PATH, and start again.',
    );
  }
  return {
    server,
    serverVersion: versionOf(join(server, 'postgres')),
    pgbench,
    pgbenchVersion: versionOf(pgbench),
  };
}

const pgbenchInstalled = () =>
  installedFolders()
    .map((folder) => join(folder, 'pgbench'))
    .find((file) => existsSync(file));

function installedFolders() {
  const inRoots = ['/usr/lib/postgresql', '/usr/pgsql', '/opt/homebrew/opt', '/usr/local/opt'].flatMap(
    (root) => {
      if (!existsSync(root)) return [];
      const versions = readdirSync(root).filter((entry) => /^(postgresql@)?\d+$/.test(entry));
      versions.sort((a, b) => Number(b.replace(/\D/g, '')) - Number(a.replace(/\D/g, '')));
      return versions.map((version) => join(root, version, 'bin'));
    },
  );
  const first = inPath('postgres');
  return first ? [...inRoots, dirname(first)] : inRoots;
}

const versionOf = (program) =>
  (spawnSync(program, ['--version'], { encoding: 'utf8', cwd: '/' }).stdout ?? '').trim() || 'unknown';
