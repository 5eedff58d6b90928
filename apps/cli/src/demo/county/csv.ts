import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/** RFC 4180 with a BOM, as the offices' spreadsheets write it. */
export async function writeCsv(
  path: string,
  header: readonly string[],
  rows: Iterable<readonly string[]>,
): Promise<void> {
  const file = createWriteStream(path, { mode: 0o600 });
  file.write(`\ufeff${header.join(',')}\r\n`);
  for (const row of rows) {
    const line = row
      .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
      .join(',');
    if (!file.write(`${line}\r\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}
