import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { ExportJournal, type JournalFormatName, type JournalRange } from '@app/ledger';
import type { LedgerBook } from './ledger-book';

const run = promisify(execFile);
const OUTPUT_MAX = 64 * 1024 * 1024;

export async function journalOf(
  book: LedgerBook,
  format: JournalFormatName,
  range: JournalRange = {},
): Promise<string> {
  let text = '';
  for await (const part of book.module.get(ExportJournal).execute(book, format, range)) text += part;
  return text;
}

/** Runs a tool over a journal, which stands in a file of its own for as long as that takes. */
export async function overJournal<T>(text: string, work: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tanhui-journal-'));
  try {
    const file = join(folder, 'book.journal');
    await writeFile(file, text);
    return await work(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the tool prints. It fails with what it complained of. */
export async function tool(program: string, ...args: readonly string[]): Promise<string> {
  const environment = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8', HOME: '/nonexistent' };
  const { stdout } = await run(program, args, { env: environment, maxBuffer: OUTPUT_MAX });
  return stdout;
}
