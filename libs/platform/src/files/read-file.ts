import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '../database/tx';
import type { FileUnknown } from './file.refusals';
import type { StoredFile } from './store-file';

const SHA256 = /^[0-9a-f]{64}$/;
const SHOWN = 64;

/** Gives out a stored file. It is a unit of work because who read it is part of the audit trail. */
@Injectable()
export class ReadFile {
  /** Refuses FILE_UNKNOWN. */
  async execute(
    tx: Tx,
    sha256: string,
  ): Promise<Result<StoredFile & { readonly bytes: Buffer }, FileUnknown>> {
    const found = SHA256.test(sha256)
      ? await tx.query<StoredFile & { readonly bytes: Buffer }>(
          `SELECT f.sha256, f.size, f.media_type AS "mediaType", f.name, f.bytes
             FROM platform.stored_file f WHERE f.book = $1 AND f.sha256 = $2`,
          [tx.book, sha256],
        )
      : [];
    if (!found[0]) return refuse({ code: 'FILE_UNKNOWN', sha256: sha256.slice(0, SHOWN) });
    tx.audit({ sha256, size: found[0].size });
    return ok(found[0]);
  }
}
