import { Injectable } from '@nestjs/common';

import { findingsOf, lineOfFinding, type Checks } from '../database/checks';
import { Database } from '../database/database';

export interface FileVerification {
  readonly ok: boolean;
  /** `CODE: facts`; empty when every stored file is what its key says. */
  readonly findings: readonly string[];
}

const CHECKS: Checks = {
  FILE_DIFFERS_FROM_ITS_HASH: `
    SELECT format('file %s hashes to %s', d.key, d.found) AS facts FROM platform.stored_files_that_differ($1) d`,
};

/** Hashes every stored file of a book again: what an order names by a hash must be what was there. */
@Injectable()
export class FileAudit {
  static readonly checks = CHECKS;

  constructor(private readonly database: Database) {}

  async execute(book: number): Promise<FileVerification> {
    const findings = await findingsOf(this.database, book, CHECKS);
    return { ok: findings.length === 0, findings: findings.map(lineOfFinding) };
  }
}
