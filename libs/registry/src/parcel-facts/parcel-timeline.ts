import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import { STORED_FACTS, type StoredFacts } from './parcel-facts.rules';

/** A parcel held against other changes until the unit of work ends. */
export interface LockedParcel {
  readonly id: string;
  readonly code: string;
  readonly village: string;
  readonly landUnit: string;
  readonly version: bigint;
  readonly rightsVersion: bigint;
  /** First day on which it is no more; null while it is open. */
  readonly closedOn: Day | null;
  /** The newest facts and their first day; null when nobody knows since when. */
  readonly facts: StoredFacts;
  readonly from: Day | null;
}

/** Facts and the days on which they are held to be true; the last is the newest. */
export interface FactsPiece {
  readonly from: Day | null;
  readonly facts: StoredFacts;
}

type AsText = Readonly<Record<string, string | null>>;
type ParcelRow = Omit<LockedParcel, 'facts' | 'version' | 'rightsVersion'> & {
  readonly version: string;
  readonly rightsVersion: string;
  readonly facts: AsText;
};

/** A row as text by column: integers beyond 2^53 and days come through unharmed. */
const textOf = (alias: string): string =>
  `(SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each_text(to_jsonb(${alias})) e)`;

const factsOf = (row: AsText): StoredFacts =>
  Object.fromEntries(STORED_FACTS.map((fact) => [fact, row[fact] ?? null])) as Record<
    string,
    string | null
  > as StoredFacts;

/** Reads the facts of parcels over time, and holds parcels. */
@Injectable()
export class ParcelTimeline {
  /** Those of the codes that the book has, locked in id order. */
  async lock(tx: Tx, codes: readonly string[]): Promise<LockedParcel[]> {
    const rows = await tx.query<ParcelRow>(
      `SELECT p.id, p.code, p.village, p.land_unit AS "landUnit", p.version, p.rights_version AS "rightsVersion",
              upper(p.valid)::text AS "closedOn", lower(p.valid)::text AS "from", ${textOf('p')} AS facts
         FROM registry.parcel p WHERE p.book = $1 AND p.code = ANY ($2::text[])
        ORDER BY p.id FOR NO KEY UPDATE`,
      [tx.book, codes],
    );
    return rows.map((row) => ({
      ...row,
      version: BigInt(row.version),
      rightsVersion: BigInt(row.rightsVersion),
      facts: factsOf(row.facts),
    }));
  }

  /** What is held to be true of the parcel, from its first day on, the newest last. */
  async piecesOf(tx: Tx, { id, from, facts }: LockedParcel): Promise<FactsPiece[]> {
    const rows = await tx.query<{ from: Day | null; facts: AsText }>(
      `SELECT lower(h.valid)::text AS "from", ${textOf('h')} AS facts
         FROM registry.parcel_past h WHERE h.book = $1 AND h.id = $2 AND h.superseded_at IS NULL
        ORDER BY lower(h.valid) NULLS FIRST`,
      [tx.book, id],
    );
    return [...rows.map((row) => ({ from: row.from, facts: factsOf(row.facts) })), { from, facts }];
  }
}
