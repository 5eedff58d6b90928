import { Injectable } from '@nestjs/common';

import { Database, findingsOf, lineOfFinding } from '@app/platform';
import { AGREEMENT_CHECKS } from './agreement.checks';
import { INDICATOR_CHECKS } from './indicator.checks';
import { PAPER_CHECKS } from './paper.checks';

export interface FundsVerification {
  readonly ok: boolean;
  /** `CODE: facts`, at most some examples of each code; empty when all holds. */
  readonly findings: readonly string[];
}

const CHECKS = { ...INDICATOR_CHECKS, ...PAPER_CHECKS, ...AGREEMENT_CHECKS };

/** Compares indicators with the ledger, and what people decided of them with who decided it and what came of it. */
@Injectable()
export class FundsAudit {
  static readonly checks = CHECKS;

  constructor(private readonly database: Database) {}

  async execute(book: number): Promise<FundsVerification> {
    const findings = await findingsOf(this.database, book, CHECKS);
    return { ok: findings.length === 0, findings: findings.map(lineOfFinding) };
  }
}
