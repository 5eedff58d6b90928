import { performance } from 'node:perf_hooks';

import { reachOfSeal, verifyBooks, verifyLedger, type Ask } from '@app/ledger';
import { createDataSource } from '@app/platform';
import { auditLibs } from './audits';
import { readCopies } from './copies';
import { readOptions, USAGE, type VerifyCommand } from './options';
import { Printer } from './printer';

/** As many as there are cores to spare on a small machine. */
const CONNECTIONS = 2;

/** `verify`: 0 when all holds, 1 when something does not, 2 when it could not be looked at. */
export async function verify(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if ('problem' in options) {
    console.error(`${options.problem}\n\n${USAGE}`);
    return 2;
  }
  try {
    return (await verifyThere(options)) > 0 ? 1 : 0;
  } catch (error) {
    // Not having looked must not pass for having found something.
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
}

async function verifyThere(options: VerifyCommand): Promise<number> {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("Set DATABASE_URL to a connection that may read the ledger, the auditor's say.");
  const dataSource = createDataSource({ url, poolMax: CONNECTIONS, applicationName: 'tanhui-verify' });
  await dataSource.initialize();
  try {
    const ask: Ask = (sql, params) => dataSource.query(sql, [...params]);
    return await verifyAll(ask, options);
  } finally {
    await dataSource.destroy();
  }
}

async function verifyAll(ask: Ask, options: VerifyCommand): Promise<number> {
  const books = await ask<{ id: number; code: string }>(
    'SELECT b.id, b.code FROM platform.book b WHERE $1::text IS NULL OR b.code = $1 ORDER BY b.id',
    [options.book ?? null],
  );
  if (options.book !== undefined && books.length === 0)
    throw new Error(`There is no book "${options.book}".`);
  let findings = 0;
  if (options.book === undefined) {
    const all = new Printer('*', options.json);
    await verifyBooks(ask, all);
    findings += all.findings;
  }
  for (const book of books) findings += await verifyOne(ask, book, options);
  return findings;
}

async function verifyOne(
  ask: Ask,
  { id, code }: { readonly id: number; readonly code: string },
  { fromSeal, checkpoints, keys, json }: VerifyCommand,
): Promise<number> {
  const began = performance.now();
  const printer = new Printer(code, json);
  const after = fromSeal === undefined ? undefined : await reachOfSeal(ask, id, fromSeal);
  if (fromSeal !== undefined && !after) throw new Error(`Book "${code}" has no seal ${fromSeal}.`);
  const copies = await readCopies(checkpoints, keys, code);
  const { reach, postings, signatures } = await verifyLedger(
    Array.from({ length: CONNECTIONS }, () => ask) as [Ask, ...Ask[]],
    id,
    { after, keys: copies.keys, copies: copies.notes },
    printer,
  );
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  printer.tell(
    `${printer.findings} findings in ${postings} postings up to entry ${reach.entry}, ${reach.seal} seals, ` +
      `${signatures} signatures, ${copies.notes.length} copies from elsewhere (${seconds} s)`,
  );
  if (fromSeal === undefined) await auditLibs(ask, { id, code }, printer);
  for (const place of copies.without) printer.tell(`${place} has no checkpoint of this book`);
  if (copies.keys.length === 0) printer.tell('no key was given: signatures were not checked');
  return printer.findings;
}
