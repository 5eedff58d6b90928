import { Injectable, Optional } from '@nestjs/common';

import { Database, findingsOf, lineOfFinding, type Checks } from '@app/platform';
import { DIGEST_CHECKS } from './digest.checks';
import { LAND_CHECKS } from './land.checks';
import { ORDER_CHECKS } from './order.checks';
import { PARCEL_CHECKS } from './parcel.checks';
import { PARTY_CHECKS } from './party.checks';
import { RIGHT_CHECKS } from './right.checks';
import { SealedNumbers } from './sealed-numbers';

export interface RegistryVerification {
  readonly ok: boolean;
  readonly parcels: number;
  readonly parties: number;
  /** `CODE: facts`, at most some examples of each code; empty when all holds. */
  readonly findings: readonly string[];
}

/** Asks of every parcel, right, party and consent what explains it: an import, or an order of two people. */
@Injectable()
export class RegistryAudit {
  static readonly checks: Checks = {
    ...{ ...RIGHT_CHECKS, ...PARCEL_CHECKS },
    ...{ ...LAND_CHECKS, ...PARTY_CHECKS, ...ORDER_CHECKS },
    ...DIGEST_CHECKS,
  };

  /** Where the keys are at hand, sealed numbers are opened too. */
  constructor(
    private readonly database: Database,
    @Optional() private readonly sealed?: SealedNumbers,
  ) {}

  async execute(book: number): Promise<RegistryVerification> {
    const findings = await findingsOf(this.database, book, RegistryAudit.checks);
    if (this.sealed) findings.push(...(await this.sealed.findings(book)));
    const [counted] = await this.database.query<{ parcels: number; parties: number }>(
      `SELECT (SELECT count(*)::int FROM registry.parcel WHERE book = $1) AS parcels,
              (SELECT count(*)::int FROM registry.party WHERE book = $1) AS parties`,
      [book],
    );
    return {
      ...{ ok: findings.length === 0, parcels: counted?.parcels ?? 0, parties: counted?.parties ?? 0 },
      findings: findings.map(lineOfFinding),
    };
  }
}
