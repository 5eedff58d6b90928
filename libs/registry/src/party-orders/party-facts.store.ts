import { Injectable } from '@nestjs/common';

import { invariant, type Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { PartyKind } from '../registry.words';
import type { PartyFacts } from './party-order.rules';

/** A party as it is now, held against other changes until the unit of work ends. */
export interface LockedParty extends PartyFacts {
  readonly id: string;
  readonly kind: PartyKind;
  readonly version: bigint;
  readonly factsFrom: Day | null;
  readonly closedOn: Day | null;
}

/** What an order makes of a party. */
export interface FactsChange {
  readonly order: string;
  readonly party: string;
  readonly day: Day;
  readonly facts: PartyFacts;
  /** It is no more from the day on. */
  readonly closes: boolean;
}

const COLUMNS = `t.id, t.external_no AS "externalNo", t.kind, t.name, t.region, t.version, t.facts_from::text AS "factsFrom",
  t.closed_on::text AS "closedOn", t.id_number_sealed AS "idNumberSealed", t.id_number_index AS "idNumberIndex",
  t.phone_sealed AS "phoneSealed", t.phone_index AS "phoneIndex"`;

@Injectable()
export class PartyFactsStore {
  /** Those of the external numbers that are in the book, locked in order of their ids, by external number. */
  async lock(tx: Tx, externalNos: readonly string[]): Promise<Map<string, LockedParty>> {
    const rows = await tx.query<Omit<LockedParty, 'version'> & { version: string }>(
      `SELECT ${COLUMNS} FROM registry.party t
        WHERE t.book = $1 AND t.external_no = ANY ($2::text[]) ORDER BY t.id FOR NO KEY UPDATE`,
      [tx.book, externalNos],
    );
    return new Map(rows.map((row) => [row.externalNo, { ...row, version: BigInt(row.version) }]));
  }

  /** External numbers of those of the parties that are no more on the day. Keeps all as they are until the commit. */
  async closedOf(tx: Tx, parties: readonly string[], day: Day): Promise<string[]> {
    const rows = await tx.query<{ externalNo: string; closed: boolean }>(
      `SELECT t.external_no AS "externalNo", coalesce(t.closed_on <= $3::date, false) AS closed FROM registry.party t
        WHERE t.book = $1 AND t.id = ANY ($2::uuid[]) ORDER BY t.id FOR SHARE`,
      [tx.book, parties, day],
    );
    return rows.filter(({ closed }) => closed).map(({ externalNo }) => externalNo);
  }

  /** The external number of another party of the kind that has this number and is not closed. */
  async withIdNumber(tx: Tx, kind: PartyKind, index: Buffer, but: string): Promise<string | undefined> {
    const rows = await tx.query<{ externalNo: string }>(
      `SELECT t.external_no AS "externalNo" FROM registry.party t
        WHERE t.book = $1 AND t.kind = $2 AND t.id_number_index = $3 AND t.closed_on IS NULL AND t.id <> $4`,
      [tx.book, kind, index, but],
    );
    return rows[0]?.externalNo;
  }

  /** The order was approved before: the database looks. It keeps what was in registry.party_past. */
  async change(tx: Tx, { order, party, day, facts, closes }: FactsChange): Promise<void> {
    const count = await tx.execute(
      `UPDATE registry.party t
          SET name = $3, region = $4, id_number_sealed = $5, id_number_index = $6, phone_sealed = $7,
              phone_index = $8, version = t.version + 1, facts_from = $9::date, changed_at = $10, changed_by = $11,
              closed_on = CASE WHEN $12::boolean THEN $9::date END
        WHERE t.book = $1 AND t.id = $2`,
      [
        ...[tx.book, party, facts.name, facts.region, facts.idNumberSealed, facts.idNumberIndex],
        ...[facts.phoneSealed, facts.phoneIndex, day, tx.now, order, closes],
      ],
    );
    invariant(count === 1, 'a locked party is there');
  }

  /** A household that a split makes. */
  async insert(tx: Tx, { order, party, day, facts }: Omit<FactsChange, 'closes'>): Promise<void> {
    await tx.execute(
      `INSERT INTO registry.party (book, id, external_no, kind, name, region, id_number_sealed, id_number_index,
              phone_sealed, phone_index, recorded_at, facts_from, changed_by)
       VALUES ($1, $2, $3, 'household', $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[tx.book, party, facts.externalNo, facts.name, facts.region, facts.idNumberSealed],
        ...[facts.idNumberIndex, facts.phoneSealed, facts.phoneIndex, tx.now, day, order],
      ],
    );
  }
}
