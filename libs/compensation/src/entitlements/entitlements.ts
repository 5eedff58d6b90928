import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { EntitlementKind } from './entitlement.words';
import { explainEntitlement } from './explain-entitlement';
import type { Figures } from './sentence.rules';

/** What is owed to whom and why, and which roster has it. */
export interface EntitlementView {
  readonly id: string;
  readonly programmeId: string;
  readonly kind: EntitlementKind;
  readonly key: string;
  readonly region: string;
  readonly regionName: string;
  readonly partyId: string;
  readonly name: string;
  readonly parcelCode: string | null;
  readonly figures: Figures;
  readonly amountFen: bigint;
  readonly dueOn: Day;
  readonly sources: readonly string[];
  readonly explanationZh: string;
  readonly explanationEn: string;
  /** The roster whose line stands; null while none does. */
  readonly rosterId: string | null;
  readonly rosterNo: string | null;
}

export interface EntitlementFilter {
  readonly programme: string;
  /** Region codes the reader sees. */
  readonly scope: readonly string[];
  /** The key after which the page begins. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

type Row = Omit<EntitlementView, 'amountFen' | 'explanationZh' | 'explanationEn'> & {
  readonly amountFen: string;
};

/** Reads of a programme's entitlements in order of their keys, one more than asked for when there are more. */
@Injectable()
export class Entitlements {
  constructor(private readonly database: Database) {}

  async list(
    book: number,
    { programme, scope, cursor, limit }: EntitlementFilter,
  ): Promise<EntitlementView[]> {
    const rows = await this.database.query<Row>(
      `SELECT e.id, e.programme AS "programmeId", e.kind, e.key, e.region, g.name AS "regionName",
              e.party AS "partyId", t.name, p.code AS "parcelCode", e.figures, e.amount_fen AS "amountFen",
              e.due_on::text AS "dueOn", e.sources, r.id AS "rosterId", r.no AS "rosterNo"
         FROM compensation.entitlement e
         JOIN registry.party t ON t.book = e.book AND t.id = e.party
         JOIN regions.region g ON g.code = e.region
         LEFT JOIN registry.parcel p ON p.book = e.book AND p.id = e.parcel
         LEFT JOIN compensation.roster_line l ON l.book = e.book AND l.entitlement = e.id
               AND l.state IN ('included', 'objected', 'dismissed')
         LEFT JOIN compensation.roster r ON r.book = l.book AND r.id = l.roster
        WHERE e.book = $1 AND e.programme = $2 AND ($4::text IS NULL OR e.key > $4 COLLATE "C")
          AND EXISTS (SELECT FROM unnest($3::text[]) AS u (code) WHERE starts_with(e.region, u.code))
        ORDER BY e.key LIMIT $5`,
      [book, programme, scope, cursor ?? null, limit + 1],
    );
    return rows.map((row) => {
      const explained = { kind: row.kind, figures: row.figures, amountFen: BigInt(row.amountFen) };
      return {
        ...row,
        ...explained,
        explanationZh: explainEntitlement(explained, 'zh'),
        explanationEn: explainEntitlement(explained, 'en'),
      };
    });
  }
}
