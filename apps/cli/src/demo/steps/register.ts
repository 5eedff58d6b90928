import { readFile } from 'node:fs/promises';

import type { ApiClient } from '../api-client';
import { FILES, type FileKind } from '../county/write-files';

/** Imports the hand-over files through the ordinary import, in order. Returns the rows of each. */
export async function importFiles(
  client: ApiClient,
  book: string,
  paths: Readonly<Record<FileKind, string>>,
): Promise<Record<FileKind, number>> {
  const rows: Partial<Record<FileKind, number>> = {};
  for (const kind of FILES) {
    const answer = await client.upload<{ rows: number }>(
      `/books/${book}/imports/${kind}`,
      'text/csv',
      await readFile(paths[kind]),
    );
    rows[kind] = answer.rows;
  }
  return rows as Record<FileKind, number>;
}
