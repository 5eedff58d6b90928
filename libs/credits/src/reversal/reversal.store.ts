import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { isStored, type Database, type Tx } from '@app/platform';
import type { Block } from '../serials/take.rules';
import type { Affected } from './affected.rules';
import type { IssuanceRange } from './at-risk.store';
import type { ParcelLoss, ShareLoss } from './loss.rules';
import type { Owed } from './replacement.rules';
import type { Range } from './ranges.rules';
import type { ReversalKind, ReversalState } from './reversal.words';

export interface LostParcel {
  readonly parcel: string;
  readonly code: string;
  readonly village: string;
  readonly loss: ParcelLoss;
}

export interface Reversal {
  readonly id: string;
  readonly kind: ReversalKind;
  readonly day: Day;
  readonly year: number | null;
  readonly evidence: string;
  /** Of its file, and whether the book keeps that file. */
  readonly evidenceSha256: string | null;
  readonly evidenceStored: boolean;
  readonly state: ReversalState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly rejection: string | null;
}

export type NewReversal = Pick<Reversal, 'id' | 'kind' | 'day' | 'year' | 'evidence' | 'evidenceSha256'> & {
  readonly parcels: readonly { readonly parcel: string; readonly loss: ParcelLoss }[];
};

/** A parcel as it is now. */
export interface ParcelNow {
  readonly id: string;
  readonly code: string;
  readonly village: string;
  readonly areaMu100: bigint;
}

export const REVERSAL_COLUMNS = `v.id, v.kind, v.day::text AS day, v.year, v.evidence, v.evidence_sha256 AS "evidenceSha256",
  ${isStored('v', 'evidence_sha256')} AS "evidenceStored", v.state, v.proposed_by AS "proposedBy",
  v.proposed_at AS "proposedAt", v.decided_by AS "decidedBy", v.decided_at AS "decidedAt", v.rejection`;

interface LossRow {
  readonly parcel: string;
  readonly code: string;
  readonly village: string;
  readonly lostPpm: string | null;
  readonly lostMu100: string | null;
}

/** Open serials of a reversal. */
export interface OpenRun extends IssuanceRange {
  readonly reversal: string;
}

/** Serials that are owed, and as many that are cancelled in their stead. */
interface Pairing {
  readonly owed: { readonly issuance: string };
  readonly range: Range;
  readonly by: Range & { readonly block: Block };
}

/** The only code that writes the tables of reversals. */
@Injectable()
export class ReversalStore {
  async parcels(tx: Tx, codes: readonly string[]): Promise<ParcelNow[]> {
    const rows = await tx.query<Omit<ParcelNow, 'areaMu100'> & { areaMu100: string }>(
      `SELECT p.id, p.code, p.village, p.area_mu100 AS "areaMu100" FROM registry.parcel p
        WHERE p.book = $1 AND p.code = ANY ($2::text[])`,
      [tx.book, codes],
    );
    return rows.map((row) => ({ ...row, areaMu100: BigInt(row.areaMu100) }));
  }

  /** False when there is one of this id. */
  async insert(
    tx: Tx,
    { id, kind, day, year, evidence, evidenceSha256, parcels }: NewReversal,
  ): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO credits.reversal (book, id, kind, day, year, evidence, evidence_sha256, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (book, id) DO NOTHING`,
      [tx.book, id, kind, day, year, evidence, evidenceSha256, tx.context.actor, tx.now],
    );
    if (inserted === 0) return false;
    await tx.execute(
      `INSERT INTO credits.reversal_parcel (book, reversal, parcel, lost_ppm, lost_mu100, area_mu100, forest_class, age_group)
       SELECT p.book, $2, p.id, l.ppm, l.mu100, p.area_mu100, p.forest_class, p.age_group
         FROM unnest($3::uuid[], $4::bigint[], $5::bigint[]) AS l (parcel, ppm, mu100)
         JOIN registry.parcel p ON p.book = $1 AND p.id = l.parcel`,
      [
        ...[tx.book, id, parcels.map(({ parcel }) => parcel)],
        parcels.map(({ loss }) => ('lostPpm' in loss ? loss.lostPpm.toString() : null)),
        parcels.map(({ loss }) => ('lostMu100' in loss ? loss.lostMu100.toString() : null)),
      ],
    );
    return true;
  }

  /** Held until the unit of work ends: a reversal is decided and settled by one at a time. */
  async lock(tx: Tx, id: string): Promise<Reversal | undefined> {
    const rows = await tx.query<Reversal>(
      `SELECT ${REVERSAL_COLUMNS} FROM credits.reversal v WHERE v.book = $1 AND v.id = $2 FOR UPDATE`,
      [tx.book, id],
    );
    return rows[0];
  }

  async lostParcels(from: Pick<Database, 'query'>, book: number, reversal: string): Promise<LostParcel[]> {
    const rows = await from.query<LossRow>(
      `SELECT l.parcel, p.code, p.village, l.lost_ppm AS "lostPpm", l.lost_mu100 AS "lostMu100"
         FROM credits.reversal_parcel l JOIN registry.parcel p ON p.book = l.book AND p.id = l.parcel
        WHERE l.book = $1 AND l.reversal = $2 ORDER BY p.code`,
      [book, reversal],
    );
    return rows.map(({ lostPpm, lostMu100, ...row }) => ({
      ...row,
      loss: lostPpm === null ? { lostMu100: BigInt(lostMu100 ?? 0) } : { lostPpm: BigInt(lostPpm) },
    }));
  }

  async decide(tx: Tx, id: string, rejection: string | null): Promise<void> {
    await tx.execute(
      `UPDATE credits.reversal SET state = $3, decided_by = $4, decided_at = $5, rejection = $6
        WHERE book = $1 AND id = $2`,
      [tx.book, id, rejection === null ? 'approved' : 'rejected', tx.context.actor, tx.now, rejection],
    );
  }

  async record(
    tx: Tx,
    reversal: string,
    losses: readonly ShareLoss[],
    affected: readonly Affected[],
  ): Promise<void> {
    const sums = new Map<string, Record<'holding' | 'buffer' | 'void' | 'owed', bigint>>();
    for (const { share, fate, block, first, last } of affected) {
      const key = `${share.measurement} ${share.party}`;
      const sum = sums.get(key) ?? { holding: 0n, buffer: 0n, void: 0n, owed: 0n };
      sum[fate !== 'cancelled' ? fate : block.place.startsWith('buffer/') ? 'buffer' : 'holding'] +=
        last - first + 1n;
      sums.set(key, sum);
    }
    const of = (part: 'holding' | 'buffer' | 'void' | 'owed') =>
      losses.map(({ measurement, party }) => String(sums.get(`${measurement} ${party}`)?.[part] ?? 0n));
    await tx.execute(
      `INSERT INTO credits.reversal_share (book, reversal, measurement, party, issuance, left_grams, holding_grams,
              buffer_grams, void_grams, owed_grams)
       SELECT $1, $2, s.* FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::bigint[], $8::bigint[],
              $9::bigint[], $10::bigint[]) s`,
      [
        ...[
          tx.book,
          reversal,
          losses.map(({ measurement }) => measurement),
          losses.map(({ party }) => party),
        ],
        ...[losses.map(({ issuance }) => issuance), losses.map(({ leftGrams }) => leftGrams.toString())],
        ...[of('holding'), of('buffer'), of('void'), of('owed')],
      ],
    );
    await tx.execute(
      `INSERT INTO credits.reversed_serials (book, reversal, issuance, measurement, party, serials, fate)
       SELECT $1, $2, r.issuance, r.measurement, r.party, int8range(r.first, r.last, '[]'), r.fate
         FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::bigint[], $8::text[])
              AS r (issuance, measurement, party, first, last, fate)`,
      [
        ...[tx.book, reversal],
        ...[affected.map(({ share }) => share.issuance), affected.map(({ share }) => share.measurement)],
        ...[affected.map(({ share }) => share.party), affected.map(({ first }) => first.toString())],
        ...[affected.map(({ last }) => last.toString()), affected.map(({ fate }) => fate)],
      ],
    );
  }

  async replace(
    tx: Tx,
    reversal: string,
    replacements: readonly Pairing[],
    documentNo: string | null,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.replacement (book, reversal, issuance, serials, by_issuance, by_party, by_serials, by_place,
              document_no, replaced_by, replaced_at)
       SELECT $1, $2, r.issuance, int8range(r.first, r.last, '[]'), r.by_issuance, r.by_party,
              int8range(r.by_first, r.by_last, '[]'), r.by_place, $11, $12, $13
         FROM unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::uuid[], $7::uuid[], $8::bigint[], $9::bigint[], $10::text[])
              AS r (issuance, first, last, by_issuance, by_party, by_first, by_last, by_place)`,
      [
        ...[tx.book, reversal, replacements.map(({ owed }) => owed.issuance)],
        replacements.map(({ range }) => range.first.toString()),
        replacements.map(({ range }) => range.last.toString()),
        replacements.map(({ by }) => by.block.issuance),
        replacements.map(({ by }) => by.block.party),
        replacements.map(({ by }) => by.first.toString()),
        replacements.map(({ by }) => by.last.toString()),
        replacements.map(({ by }) => by.block.place),
        ...[documentNo, tx.context.actor, tx.now],
      ],
    );
  }

  /** What of a reversal is owed and not replaced yet; in issuances of what age and grade, and whether it is retired. */
  async open(tx: Tx, reversal: string): Promise<Owed[]> {
    const rows = await tx.query<Omit<Owed, 'first' | 'last'> & { first: string; last: string }>(
      `SELECT q.issuance, i.code, i.grade, i.issued_at AS "issuedAt", q.party, lower(o.run) AS first,
              upper(o.run) - 1 AS last,
              EXISTS (SELECT FROM credits.serial_block b WHERE b.book = $1 AND b.issuance = q.issuance
                         AND b.serials && o.run AND b.place LIKE 'retired/%') AS "isRetired"
         FROM (SELECT r.issuance, r.party, r.serials,
                      int8multirange(r.serials) - coalesce(range_agg(p.serials), '{}') AS open
                 FROM credits.reversed_serials r
                 LEFT JOIN credits.replacement p
                   ON p.book = r.book AND p.issuance = r.issuance AND p.serials && r.serials
                WHERE r.book = $1 AND r.reversal = $2 AND r.fate = 'owed'
                GROUP BY r.issuance, r.party, r.serials) q
         JOIN credits.issuance i ON i.book = $1 AND i.id = q.issuance
        CROSS JOIN LATERAL unnest(q.open) AS o (run)`,
      [tx.book, reversal],
    );
    return rows.map((row) => ({ ...row, first: BigInt(row.first), last: BigInt(row.last) }));
  }

  /** What of these serials is owed and not replaced, by reversal. */
  async openIn(tx: Tx, runs: readonly (Range & { readonly issuance: string })[]): Promise<OpenRun[]> {
    const rows = await tx.query<{ reversal: string; issuance: string; first: string; last: string }>(
      `SELECT q.reversal, q.issuance, lower(o.run) AS first, upper(o.run) - 1 AS last
         FROM (SELECT r.reversal, r.issuance, r.serials * int8range(a.first, a.last, '[]') AS run
                 FROM unnest($2::uuid[], $3::bigint[], $4::bigint[]) AS a (issuance, first, last)
                 JOIN credits.reversed_serials r ON r.book = $1 AND r.issuance = a.issuance AND r.fate = 'owed'
                  AND r.serials && int8range(a.first, a.last, '[]')) q
        CROSS JOIN LATERAL unnest(int8multirange(q.run) - coalesce((
          SELECT range_agg(p.serials) FROM credits.replacement p
           WHERE p.book = $1 AND p.issuance = q.issuance AND p.serials && q.run), '{}')) AS o (run)`,
      [
        ...[tx.book, runs.map(({ issuance }) => issuance)],
        ...[runs.map(({ first }) => first.toString()), runs.map(({ last }) => last.toString())],
      ],
    );
    return rows.map((row) => ({ ...row, first: BigInt(row.first), last: BigInt(row.last) }));
  }

  async replacements(tx: Tx, reversal: string): Promise<number> {
    const rows = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM credits.replacement WHERE book = $1 AND reversal = $2`,
      [tx.book, reversal],
    );
    return rows[0]?.count ?? 0;
  }

  /** What was measured of the parcels and not issued yet is measured again when they have been told anew. */
  rejectMeasurements(tx: Tx, parcels: readonly string[], year: number | null, note: string): Promise<number> {
    return tx.execute(
      `UPDATE credits.measurement m SET rejected_by = $4, rejected_at = $5, rejection_note = $6
        WHERE m.book = $1 AND m.parcel = ANY ($2::uuid[]) AND ($3::int IS NULL OR m.year = $3)
          AND m.issuance IS NULL AND m.rejected_at IS NULL`,
      [tx.book, parcels, year, tx.context.actor, tx.now, note],
    );
  }
}
