import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { Decidable } from '../decision.rules';
import type { PayeeRule } from './contract.store';

export interface ContractView {
  readonly id: string;
  readonly contractNo: string;
  readonly parcelCode: string;
  readonly village: string;
  readonly areaMu100: bigint;
  readonly plantedYear: number;
  /** What each year since planting pays a mu. */
  readonly scheme: Readonly<Record<string, string>>;
  readonly payeeRule: PayeeRule;
  readonly payeeName: string;
  readonly state: Decidable['state'];
  readonly acceptances: readonly {
    readonly id: string;
    readonly yearNo: number;
    readonly areaMu100: string;
    readonly inspectedOn: Day;
    readonly documentNo: string;
    readonly provinceDocumentNo: string | null;
    readonly state: Decidable['state'];
  }[];
}

/** Reads of a programme's contracts with their acceptances, in order of their numbers. */
@Injectable()
export class Contracts {
  constructor(private readonly database: Database) {}

  /** One more than asked for when there are more. */
  async list(
    book: number,
    query: { programme: string; scope: readonly string[]; cursor?: string | undefined; limit: number },
  ): Promise<ContractView[]> {
    const rows = await this.database.query<Omit<ContractView, 'areaMu100'> & { areaMu100: string }>(
      `SELECT c.id, c.contract_no AS "contractNo", p.code AS "parcelCode", p.village, c.area_mu100 AS "areaMu100",
              c.planted_year AS "plantedYear", c.scheme, c.payee_rule AS "payeeRule", t.name AS "payeeName", c.state,
              coalesce((SELECT jsonb_agg(jsonb_build_object('id', a.id, 'yearNo', a.year_no,
                  'areaMu100', a.area_mu100::text, 'inspectedOn', a.inspected_on, 'documentNo', a.document_no,
                  'provinceDocumentNo', a.province_document_no, 'state', a.state) ORDER BY a.year_no, a.proposed_at)
                FROM compensation.instalment_acceptance a WHERE a.book = c.book AND a.contract = c.id), '[]')
                AS acceptances
         FROM compensation.instalment_contract c
         JOIN registry.parcel p ON p.book = c.book AND p.id = c.parcel
         JOIN registry.party t ON t.book = c.book AND t.id = c.payee
        WHERE c.book = $1 AND c.programme = $2 AND ($4::text IS NULL OR c.contract_no > $4 COLLATE "C")
          AND EXISTS (SELECT FROM unnest($3::text[]) AS u (code) WHERE starts_with(p.village, u.code))
        ORDER BY c.contract_no, c.proposed_at LIMIT $5`,
      [book, query.programme, query.scope, query.cursor ?? null, query.limit + 1],
    );
    return rows.map((row) => ({ ...row, areaMu100: BigInt(row.areaMu100) }));
  }
}
