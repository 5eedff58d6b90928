import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const filesBelow = (directory: string, wanted: (name: string) => boolean = () => true): string[] =>
  readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && wanted(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));

/**
 * What is in a file that was listed; undefined when it is gone since, because a server at work takes its own files
 * away, and one that is gone holds nothing. Whatever else hinders the reading is thrown: it was not looked at.
 */
export function bytesOnDisk(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
