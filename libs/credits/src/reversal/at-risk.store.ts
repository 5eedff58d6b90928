import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import { blockOf, type BlockRow } from '../serials/serial-block.store';
import type { Block } from '../serials/take.rules';
import type { ShareAtRisk } from './loss.rules';
import type { Range } from './ranges.rules';

/** A run of serials of an issuance. */
export interface IssuanceRange extends Range {
  readonly issuance: string;
}

const BLOCK = `b.id, b.issuance, i.code, i.issued_at, b.party, b.place, lower(b.serials) AS first, upper(b.serials) - 1 AS last`;
const FROM = `credits.serial_block b JOIN credits.issuance i ON i.book = b.book AND i.id = b.issuance`;
const RANGES = `unnest($2::uuid[], $3::bigint[], $4::bigint[]) AS a (issuance, first, last)`;

/** What a reversal looks at: shares of parcels, where their serials lie, and what may stand in for them. */
@Injectable()
export class AtRiskStore {
  /**
   * Every party's part of what the parcels were credited: of the year that is corrected, or of all that began by the
   * day. What earlier reversals left nothing of is left out.
   */
  async shares(
    tx: Tx,
    {
      parcels,
      day,
      year,
    }: { readonly parcels: readonly string[]; readonly day: Day; readonly year: number | null },
  ): Promise<ShareAtRisk[]> {
    const rows = await tx.query<Record<'areaMu100' | 'first' | 'grams' | 'lostBefore', string> & ShareAtRisk>(
      `SELECT s.issuance, i.code, i.grade, i.issued_at AS "issuedAt", s.measurement, m.parcel, s.party,
              m.area_mu100 AS "areaMu100", s.first_serial AS first, s.grams, coalesce(l.grams, 0)::bigint AS "lostBefore"
         FROM credits.measurement m
         JOIN credits.issuance_share s ON s.book = m.book AND s.measurement = m.id
         JOIN credits.issuance i ON i.book = s.book AND i.id = s.issuance
         LEFT JOIN LATERAL (
           SELECT sum(r.lost_grams) AS grams FROM credits.reversal_share r
            WHERE r.book = s.book AND r.measurement = s.measurement AND r.party = s.party) l ON true
        WHERE m.book = $1 AND m.parcel = ANY ($2::uuid[]) AND m.rejected_at IS NULL AND m.issuance IS NOT NULL
          AND CASE WHEN $4::int IS NULL THEN lower(m.period) <= $3::date ELSE m.year = $4 END
          AND s.grams > coalesce(l.grams, 0)
        ORDER BY i.issued_at, i.code, s.first_serial`,
      [tx.book, parcels, day, year],
    );
    return rows.map((row) => ({
      ...row,
      ...{ areaMu100: BigInt(row.areaMu100), first: BigInt(row.first) },
      ...{ grams: BigInt(row.grams), lostBefore: BigInt(row.lostBefore) },
    }));
  }

  /** The blocks that lie in the runs, by id; held until the unit of work ends when they are to be changed. */
  async blocks(tx: Tx, runs: readonly IssuanceRange[], isHeld: boolean): Promise<Block[]> {
    const rows = await tx.query<BlockRow>(
      `SELECT ${BLOCK} FROM ${FROM}
        WHERE b.book = $1 AND b.id IN (
          SELECT k.id FROM ${RANGES} JOIN credits.serial_block k
              ON k.book = $1 AND k.issuance = a.issuance AND k.serials && int8range(a.first, a.last, '[]'))
        ORDER BY b.id ${isHeld ? 'FOR UPDATE OF b' : ''}`,
      [tx.book, ...rangeColumns(runs)],
    );
    return rows.map(blockOf);
  }

  /** What earlier reversals took of the runs. */
  async lostBefore(tx: Tx, runs: readonly IssuanceRange[]): Promise<IssuanceRange[]> {
    const rows = await tx.query<{ issuance: string; first: string; last: string }>(
      `SELECT DISTINCT r.issuance, lower(r.serials) AS first, upper(r.serials) - 1 AS last
         FROM ${RANGES} JOIN credits.reversed_serials r
           ON r.book = $1 AND r.issuance = a.issuance AND r.serials && int8range(a.first, a.last, '[]')`,
      [tx.book, ...rangeColumns(runs)],
    );
    return rows.map(({ issuance, first, last }) => ({ issuance, first: BigInt(first), last: BigInt(last) }));
  }

  /** Buffer blocks of these parties of these issuances. */
  ownBuffers(
    tx: Tx,
    of: readonly { readonly issuance: string; readonly party: string }[],
  ): Promise<string[]> {
    return this.ids(
      tx,
      `SELECT b.id FROM ${FROM}
        WHERE b.book = $1 AND b.place = 'buffer/' || i.code
          AND (b.issuance, b.party) IN (SELECT o.issuance, o.party FROM unnest($2::uuid[], $3::uuid[]) AS o (issuance, party))`,
      [of.map(({ issuance }) => issuance), of.map(({ party }) => party)],
    );
  }

  /** Buffer blocks of an issuance, the lowest serials first, until they come to the grams. */
  async buffersOf(tx: Tx, code: string, grams: bigint): Promise<{ id: string; grams: bigint }[]> {
    const rows = await tx.query<{ id: string; size: string }>(
      `SELECT q.id, q.size FROM (
         SELECT b.id, sum(upper(b.serials) - lower(b.serials)) OVER (ORDER BY lower(b.serials)) AS reached,
                upper(b.serials) - lower(b.serials) AS size
           FROM credits.serial_block b WHERE b.book = $1 AND b.place = 'buffer/' || $2::text) q
        WHERE q.reached - q.size < $3::bigint`,
      [tx.book, code, grams.toString()],
    );
    return rows.map(({ id, size }) => ({ id, grams: BigInt(size) }));
  }

  /** Blocks that right holders hold, free, of issuances of the grade or a better one. */
  holdingsOf(tx: Tx, parties: readonly string[], leastGrade: string): Promise<string[]> {
    return this.ids(
      tx,
      `SELECT b.id FROM ${FROM}
        WHERE b.book = $1 AND b.place = ANY (SELECT 'holding/' || p.id FROM unnest($2::uuid[]) AS p (id)) AND i.grade >= $3`,
      [parties, leastGrade],
    );
  }

  /** Issuances of the grade or a better one, the oldest first. */
  async issuances(tx: Tx, leastGrade: string): Promise<string[]> {
    const rows = await tx.query<{ code: string }>(
      `SELECT i.code FROM credits.issuance i WHERE i.book = $1 AND i.grade >= $2 ORDER BY i.issued_at, i.code`,
      [tx.book, leastGrade],
    );
    return rows.map(({ code }) => code);
  }

  /** Of the blocks those that still lie free or in a buffer, with their grade; held when they are to be changed. */
  async standIns(
    tx: Tx,
    ids: readonly string[],
    isHeld: boolean,
  ): Promise<{ block: Block; grade: string }[]> {
    const rows = await tx.query<BlockRow & { grade: string }>(
      `SELECT ${BLOCK}, i.grade FROM ${FROM}
        WHERE b.book = $1 AND b.id = ANY ($2::bigint[]) AND b.place ~ '^(buffer|holding)/'
        ORDER BY b.id ${isHeld ? 'FOR UPDATE OF b' : ''}`,
      [tx.book, ids],
    );
    return rows.map(({ grade, ...row }) => ({ block: blockOf(row), grade }));
  }

  private async ids(tx: Tx, sql: string, params: readonly unknown[]): Promise<string[]> {
    return (await tx.query<{ id: string }>(sql, [tx.book, ...params])).map(({ id }) => id);
  }
}

const rangeColumns = (runs: readonly IssuanceRange[]): string[][] => [
  runs.map(({ issuance }) => issuance),
  runs.map(({ first }) => first.toString()),
  runs.map(({ last }) => last.toString()),
];
