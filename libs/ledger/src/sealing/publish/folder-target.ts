import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { newId } from '@app/kernel';
import { CheckpointForked, placeOf, type Publication, type PublicationTarget } from './publication-target';

const KEY_FILE = '.vkey';

/** A file for each checkpoint in a folder that only grows: best on another machine's disk, or on one that never rewrites. */
export class FolderTarget implements PublicationTarget {
  readonly name = 'folder';

  constructor(private readonly folder: string) {}

  async publish(checkpoint: Publication): Promise<void> {
    const { book, origin, note, vkey } = checkpoint;
    const keyId = vkey.split('+')[1] ?? '';
    await putOnce(join(this.folder, book, `${keyId}${KEY_FILE}`), `${vkey}\n`, origin);
    await putOnce(join(this.folder, ...placeOf(checkpoint)), note, origin);
  }
}

/** A link never replaces what is there, and whoever reads sees the whole text or none. */
async function putOnce(file: string, text: string, origin: string): Promise<void> {
  if ((await textOf(file)) === text) return;
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${newId()}`;
  const handle = await open(draft, 'wx', 0o444);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    if ((await textOf(file)) !== text) throw new CheckpointForked(origin);
  } finally {
    await rm(draft, { force: true });
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** The notes of a book that were published to a folder, in order of size. */
export async function publishedNotes(folder: string, bookCode: string): Promise<string[]> {
  const files = await readdir(join(folder, bookCode), { recursive: true });
  const notes = files.filter((file) => file.endsWith('.checkpoint')).sort();
  return Promise.all(notes.map((file) => readFile(join(folder, bookCode, file), 'utf8')));
}

/** The keys that the checkpoints of a book in a folder were signed with, one after the other. */
export async function publishedKeys(folder: string, bookCode: string): Promise<string[]> {
  const files = await readdir(join(folder, bookCode));
  const keys = files.filter((file) => file.endsWith(KEY_FILE)).sort();
  const texts = await Promise.all(keys.map((file) => readFile(join(folder, bookCode, file), 'utf8')));
  return texts.map((text) => text.trim());
}
