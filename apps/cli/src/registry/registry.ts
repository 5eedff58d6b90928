import { createWriteStream } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { CreditsModule, LIST_FILE } from '@app/credits';
import { ok } from '@app/kernel';
import {
  Books,
  PlatformModule,
  readEnvironment,
  UnitOfWork,
  type Book,
  type WorkContext,
} from '@app/platform';
import {
  ExportTable,
  ImportFile,
  RegistryModule,
  writeTemplate,
  writeTemplateOf,
  type ImportRefusal,
} from '@app/registry';
import { usageOf } from '../requests/options';
import { importList } from './import-list';
import { LIST, readOptions, USAGE, type RegistryCommand } from './options';
import { faultLines } from './telling';

@Module({})
class RegistryCli {
  static forProcess(): DynamicModule {
    const environment = readEnvironment({ LOG_LEVEL: 'error', ...process.env });
    const imports = [PlatformModule.forProcess('cli', environment), RegistryModule, CreditsModule];
    return { module: RegistryCli, imports };
  }
}

/** `registry`: 0 when it was done, 1 when the file was refused, 2 when it could not be tried. */
export async function registry(args: readonly string[]): Promise<number> {
  const command = readOptions(args);
  if ('problem' in command) {
    console.error(`${command.problem}\n\n${USAGE}\n\n${usageOf('registry')}`);
    return 2;
  }
  if (command.does === 'template') {
    const { kind, out } = command;
    await save(kind === LIST ? writeTemplateOf(LIST_FILE) : writeTemplate(kind), out);
    return 0;
  }
  const app = await NestFactory.createApplicationContext(RegistryCli.forProcess(), { logger: ['error'] });
  try {
    const book = await app.get(Books).byCode(command.book);
    if (!book.ok) throw new Error(`There is no book "${command.book}".`);
    if (command.does === 'import-list') {
      return await importList(app, contextOf(book.value, 'credits.import-external-list'), command);
    }
    return command.does === 'export'
      ? await exportFile(app, book.value, command)
      : await importFile(app, book.value, command);
  } finally {
    await app.close();
  }
}

/** Whoever runs it has the keys and the database: it acts for the whole book, and the audit trail says so. */
const contextOf = (book: Book, action: string): WorkContext => ({
  book: book.id,
  actor: 'system/cli',
  action,
});

async function exportFile(
  app: INestApplicationContext,
  book: Book,
  command: Extract<RegistryCommand, { does: 'export' }>,
): Promise<number> {
  const { kind, format, day, region, personal, out } = command;
  const facts = { kind, format, day: day ?? null, region: region ?? null, personal };
  await app.get(UnitOfWork).run(contextOf(book, `registry.export-${kind}`), (tx) => {
    tx.audit(facts);
    return Promise.resolve(ok(null));
  });
  const wish = {
    kind,
    format,
    personal,
    scope: [book.region],
    ...(day && { day }),
    ...(region && { region }),
  };
  await save(app.get(ExportTable).execute(book.id, wish), out);
  return 0;
}

async function importFile(
  app: INestApplicationContext,
  book: Book,
  { kind, file, dryRun }: Extract<RegistryCommand, { does: 'import' }>,
): Promise<number> {
  const bytes = await readFile(file);
  const scope = { bookRegion: book.region, regions: [book.region] };
  const context = contextOf(book, `registry.import-${kind}`);
  const imported = await app.get(ImportFile).execute(context, { kind, bytes, dryRun, ...scope });
  if (!imported.ok) {
    for (const line of linesOf(imported.reason)) console.error(line);
    return 1;
  }
  const { rows, summary } = imported.value;
  for (const { zh, en } of summary.lines) console.log(`${zh}\n  ${en}`);
  console.log(dryRun ? `${rows} rows are right; nothing was loaded.` : `${rows} rows were loaded.`);
  return 0;
}

function linesOf(reason: ImportRefusal): string[] {
  if (reason.code === 'IMPORT_REPEATED')
    return [`This very file was loaded before, as import ${reason.importId}.`];
  return faultLines(reason);
}

/** A file that is there is whole: until then it has another name. */
async function save(pieces: AsyncGenerator<Buffer>, out: string): Promise<void> {
  const unfinished = `${out}.unfinished`;
  try {
    await pipeline(
      Readable.from(pieces, { objectMode: false }),
      createWriteStream(unfinished, { mode: 0o600 }),
    );
    await rename(unfinished, out);
  } finally {
    await rm(unfinished, { force: true });
  }
}
