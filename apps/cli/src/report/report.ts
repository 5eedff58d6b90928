import type { DataSource } from 'typeorm';

import { reportsOver } from '@app/credits';
import { Books, createDataSource, Database } from '@app/platform';
import { readOptions, USAGE, type ReportCommand } from './options';
import { linesOf } from './telling';

/** `report`: 0 when it was printed, 2 when it could not be. */
export async function report(args: readonly string[]): Promise<number> {
  const command = readOptions(args);
  if ('problem' in command) {
    console.error(`${command.problem}\n\n${USAGE}`);
    return 2;
  }
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("Set DATABASE_URL to a connection that may read the book, the auditor's say.");
  const dataSource = createDataSource({ url, poolMax: 2, applicationName: 'tanhui-report' });
  await dataSource.initialize();
  try {
    return await (command.kind === 'mend' ? mend(dataSource, command) : print(dataSource, command));
  } finally {
    await dataSource.destroy();
  }
}

async function print(dataSource: DataSource, { book, kind, json, ...query }: ReportCommand): Promise<number> {
  const database = new Database(dataSource);
  const found = await new Books(database).byCode(book);
  if (!found.ok) throw new Error(`There is no book "${book}".`);
  if (kind === 'mend') return 2;
  const made = await reportsOver(database).of(found.value, kind, query, 'staff');
  if (!made.ok) {
    console.error(JSON.stringify(made.reason));
    return 2;
  }
  const lines = json ? [JSON.stringify(made.value, asText)] : linesOf(made.value);
  for (const line of lines) process.stdout.write(`${line}\n`);
  return 0;
}

const asText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

async function mend(dataSource: DataSource, { book }: ReportCommand): Promise<number> {
  const mended = await dataSource.transaction(async (manager) => {
    const [row] = await manager.query<{ mended: string }[]>(
      `SELECT credits.mend_one_book(b.id)::text AS mended FROM platform.book b WHERE b.code = $1`,
      [book],
    );
    if (!row) throw new Error(`There is no book "${book}".`);
    await manager.query(
      `SELECT platform.record_audit(b.id, platform.book_now(b.id), 'system/cli', '{}', 'credits.mend-one-book', NULL,
              jsonb_build_object('mended', $2::text))
         FROM platform.book b WHERE b.code = $1`,
      [book, row.mended],
    );
    return row.mended;
  });
  console.log(`${mended} sums were not those of their rows and are now.`);
  return 0;
}
