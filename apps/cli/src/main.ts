import 'reflect-metadata';

import { demo } from './demo/demo';
import { exportBook } from './export/export';
import { firstUser } from './first-user';
import { importBook } from './import/import';
import { migrateDatabase } from './migrate';
import { verify } from './verify/verify';
import { proof } from './proof/proof';
import { registry } from './registry/registry';
import { report } from './report/report';
import { COMMANDS as REQUESTS } from './requests/commands';
import { request } from './requests/request';

type Command = (args: readonly string[]) => Promise<number>;

/** One word a command; each returns the process's exit code. */
const COMMANDS: Readonly<Record<string, Command>> = {
  demo,
  export: exportBook,
  import: importBook,
  migrate: migrateDatabase,
  'first-user': firstUser,
  verify,
  proof,
  registry: ([word = '', ...rest]) =>
    Object.hasOwn(REQUESTS.registry, word) ? request('registry', [word, ...rest]) : registry([word, ...rest]),
  credits: (args) => request('credits', args),
  report,
};

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = COMMANDS[name];
  if (!command) {
    console.error(`Unknown command "${name}". Known: ${Object.keys(COMMANDS).join(', ')}.`);
    return 2;
  }
  return command(args);
}

main(process.argv.slice(2))
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
