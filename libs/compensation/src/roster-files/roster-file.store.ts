import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database, type Tx } from '@app/platform';
import type { KnownPair, RegisteredLine } from './roster-file.rules';

export interface FileScope {
  readonly roster: string;
  /** Region codes: lines of villages in one of them. */
  readonly regions: readonly string[];
}

type Reader = Pick<Tx, 'query'>;

@Injectable()
export class RosterFileStore {
  constructor(private readonly database: Database) {}

  /** The roster's lines in the regions, in order of their numbers: those that are out for good are not among them. */
  async lines(
    tx: Reader | undefined,
    book: number,
    { roster, regions }: FileScope,
  ): Promise<RegisteredLine[]> {
    const rows = await (tx ?? this.database).query<{
      party_no: string;
      name: string;
      parcel_code: string;
      area_mu100: string;
      share_ppm: string;
      amount_fen: string;
    }>(
      `SELECT t.external_no AS party_no, t.name, p.code AS parcel_code, l.area_mu100, l.share_ppm, l.amount_fen
         FROM compensation.roster_line l
         JOIN registry.party t ON t.book = l.book AND t.id = l.party
         JOIN registry.parcel p ON p.book = l.book AND p.id = l.parcel
        WHERE l.book = $1 AND l.roster = $2 AND l.state <> 'excluded'
          AND EXISTS (SELECT FROM unnest($3::text[]) AS u (code) WHERE starts_with(l.village, u.code))
        ORDER BY l.no`,
      [book, roster, regions],
    );
    return rows.map((row) => ({
      partyNo: row.party_no,
      name: row.name,
      parcelCode: row.parcel_code,
      areaMu100: BigInt(row.area_mu100),
      sharePpm: BigInt(row.share_ppm),
      amountFen: BigInt(row.amount_fen),
    }));
  }

  /** What the registry knows of each pair, in the order asked. */
  known(
    tx: Tx,
    asOf: Day,
    pairs: readonly { readonly partyNo: string; readonly parcelCode: string }[],
  ): Promise<KnownPair[]> {
    return tx.query<KnownPair>(
      `SELECT t.id IS NOT NULL AS "partyKnown", p.id IS NOT NULL AS "parcelKnown",
              EXISTS (SELECT FROM registry.right_share r WHERE r.book = $1 AND r.parcel = p.id AND r.party = t.id
                         AND r.valid @> $2::date) AS "hasRight"
         FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS a (party_no, parcel_code, place)
         LEFT JOIN registry.party t ON t.book = $1 AND t.external_no = a.party_no
         LEFT JOIN registry.parcel p ON p.book = $1 AND p.code = a.parcel_code
        ORDER BY a.place`,
      [tx.book, asOf, pairs.map(({ partyNo }) => partyNo), pairs.map(({ parcelCode }) => parcelCode)],
    );
  }

  /** Returns false when the very same file was taken for the roster before. */
  async insert(tx: Tx, roster: string, file: { id: string; sha256: string; rows: number }): Promise<boolean> {
    const written = await tx.execute(
      `INSERT INTO compensation.roster_file (book, id, roster, sha256, rows, confirmed_by, confirmed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (book, roster, sha256) DO NOTHING`,
      [tx.book, file.id, roster, file.sha256, file.rows, tx.context.actor, tx.now],
    );
    return written === 1;
  }
}
