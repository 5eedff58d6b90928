import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { holdsIdOrPhone, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '../database/tx';
import { FileRefused } from '../sheets/sheet-faults';
import { ZipParts } from '../sheets/zip-parts';
import type { StoreFileRefusal } from './file.refusals';
import {
  FILE_TYPES,
  isFileName,
  saidTypes,
  seenAtFirst,
  seenInZip,
  settledType,
  type FileType,
  type SeenType,
} from './file-type.rules';

/** A scanned decision of some pages fits; a film does not. */
export const FILE_BYTES_MAX = 8 * 1024 * 1024;

export interface FileToStore {
  readonly bytes: Buffer;
  /** As the sender calls it. */
  readonly name: string;
  readonly mediaType?: string;
}

export interface StoredFile {
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: FileType;
  readonly name: string;
}

/** Keeps a file under the hash of its bytes, so that whoever names the hash names this file and no other. */
@Injectable()
export class StoreFile {
  /**
   * The same bytes again are the same file, with the name it got first. Refuses FILE_EMPTY, FILE_TOO_LARGE,
   * FILE_NAME_WRONG, PERSONAL_NUMBER_IN_TEXT for the name, FILE_TYPE_UNKNOWN, FILE_TYPE_DIFFERS.
   */
  async execute(
    tx: Tx,
    { bytes, name, mediaType }: FileToStore,
  ): Promise<Result<StoredFile & { readonly isNew: boolean }, StoreFileRefusal>> {
    const size = bytes.length;
    if (size === 0) return refuse({ code: 'FILE_EMPTY' });
    if (size > FILE_BYTES_MAX) return refuse({ code: 'FILE_TOO_LARGE', size, most: FILE_BYTES_MAX });
    if (!isFileName(name)) {
      return refuse({
        code: 'FILE_NAME_WRONG',
        expected: '1 to 200 characters, no path and none of \\ / : * ? " < > |',
      });
    }
    if (holdsIdOrPhone(name)) {
      const expected = 'a name without ID number or phone';
      return refuse({ code: 'PERSONAL_NUMBER_IN_TEXT', field: 'name', expected });
    }
    const seen = await seenIn(bytes);
    if (seen === undefined) return refuse({ code: 'FILE_TYPE_UNKNOWN', taken: FILE_TYPES });
    const settled = settledType(seen, saidTypes(mediaType, name));
    if (!('type' in settled)) return refuse({ code: 'FILE_TYPE_DIFFERS', ...settled });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const added = await tx.execute(
      `INSERT INTO platform.stored_file (book, sha256, media_type, bytes, size, name, stored_by, stored_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (book, sha256) DO NOTHING`,
      [tx.book, sha256, settled.type, bytes, size, name, tx.context.actor, tx.now],
    );
    tx.audit({ sha256, size, mediaType: settled.type, isNew: added === 1 });
    if (added === 1) return ok({ sha256, size, mediaType: settled.type, name, isNew: true });
    const [known] = await tx.query<Pick<StoredFile, 'mediaType' | 'name'>>(
      `SELECT f.media_type AS "mediaType", f.name FROM platform.stored_file f WHERE f.book = $1 AND f.sha256 = $2`,
      [tx.book, sha256],
    );
    return ok({ sha256, size, ...known!, isNew: false });
  }
}

/** A zip is opened no further than its list of parts; one that lies about them is nothing that is kept. */
async function seenIn(bytes: Buffer): Promise<SeenType | undefined> {
  const seen = seenAtFirst(bytes);
  if (seen !== 'zip') return seen;
  try {
    return seenInZip((await ZipParts.open(bytes)).names);
  } catch (error) {
    if (error instanceof FileRefused) return undefined;
    throw error;
  }
}
