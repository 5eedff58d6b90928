import { Injectable } from '@nestjs/common';

import { Database, findingsOf, lineOfFinding, type Checks } from '@app/platform';
import { CLAIM_CHECKS } from './claim.checks';
import { CUSTODY_CHECKS } from './custody.checks';
import { DECISION_CHECKS } from './decision.checks';
import { ISSUING_CHECKS } from './issuing.checks';
import { MEASURING_CHECKS } from './measuring.checks';
import { REVERSAL_CHECKS } from './reversal.checks';
import { SERIAL_CHECKS } from './serial.checks';
import { SUPPLY_CHECKS } from './supply.checks';

export interface SerialVerification {
  readonly ok: boolean;
  readonly issuances: number;
  readonly blocks: number;
  /** `CODE: facts`, at most some examples of each code; empty when all holds. */
  readonly findings: readonly string[];
}

/** Recomputes where every gram is from its serials and compares with the ledger, the issuances, the rights and the land. */
@Injectable()
export class SerialAudit {
  static readonly checks: Checks = {
    ...{ ...SERIAL_CHECKS, ...ISSUING_CHECKS, ...MEASURING_CHECKS, ...CLAIM_CHECKS },
    ...{ ...SUPPLY_CHECKS, ...CUSTODY_CHECKS, ...REVERSAL_CHECKS, ...DECISION_CHECKS },
  };

  constructor(private readonly database: Database) {}

  async execute(book: number): Promise<SerialVerification> {
    const findings = await findingsOf(this.database, book, SerialAudit.checks);
    const [counted] = await this.database.query<{ issuances: number; blocks: number }>(
      `SELECT (SELECT count(*)::int FROM credits.issuance WHERE book = $1) AS issuances,
              (SELECT count(*)::int FROM credits.serial_block WHERE book = $1) AS blocks`,
      [book],
    );
    return {
      ok: findings.length === 0,
      issuances: counted?.issuances ?? 0,
      blocks: counted?.blocks ?? 0,
      findings: findings.map(lineOfFinding),
    };
  }
}
