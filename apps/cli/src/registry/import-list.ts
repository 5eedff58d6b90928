import { readFile } from 'node:fs/promises';

import type { INestApplicationContext } from '@nestjs/common';

import { ImportExternalList } from '@app/credits';
import { UnitOfWork, type WorkContext } from '@app/platform';
import type { RegistryCommand } from './options';
import { faultLines } from './telling';

/** Takes in another registry's list for the whole book: 0 when it was done, 1 when it was refused. */
export async function importList(
  app: INestApplicationContext,
  context: WorkContext,
  { registry, listOn, source, file, dryRun }: Extract<RegistryCommand, { does: 'import-list' }>,
): Promise<number> {
  const bytes = await readFile(file);
  const list = { registry, listOn, source, bytes, dryRun };
  const taken = await app.get(UnitOfWork).run(context, (tx) => app.get(ImportExternalList).execute(tx, list));
  if (!taken.ok) {
    for (const line of linesOf(taken.reason)) console.error(line);
    return 1;
  }
  const { entries, overlaps, summary } = taken.value;
  for (const { zh, en } of summary.lines) console.log(`${zh}\n  ${en}`);
  for (const { row, kind, evidence } of overlaps)
    console.log(`row ${row}: ${kind} ${JSON.stringify(evidence)}`);
  console.log(dryRun ? `${entries} rows are right; nothing was taken in.` : `${entries} rows were taken in.`);
  return 0;
}

type Reason = Extract<Awaited<ReturnType<ImportExternalList['execute']>>, { readonly ok: false }>['reason'];

function linesOf(reason: Reason): string[] {
  switch (reason.code) {
    case 'EXTERNAL_LIST_REFUSED':
      return faultLines(reason);
    case 'EXTERNAL_LIST_REPEATED':
      return [`This very list was taken in before, as list ${reason.list}.`];
    case 'EXTERNAL_LIST_TERMS_REFUSED':
      return reason.errors.map(
        ({ field, code, expected }) => `${field}: ${code}\n  ${expected.zh}\n  ${expected.en}`,
      );
  }
}
