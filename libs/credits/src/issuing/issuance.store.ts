import { Injectable } from '@nestjs/common';

import { idOf, invariant, present } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { Grade } from '../grade';
import type { Period } from '../period.rules';
import type { PlannedIssuance } from './issuance.rules';

/** Land is credited under this scheme here; other registries' credits are claims under theirs. */
const SCHEME = 'county-ledger';

export interface NewIssuance {
  readonly id: string;
  readonly code: string;
  readonly asset: string;
  readonly region: string;
  readonly year: number;
  readonly period: Period;
  readonly supplement: number;
  readonly documentNo: string;
  /** The one that gave the buffer's share. */
  readonly coefficientSet: string;
  readonly actingOrderNo: string | null;
}

/** The only code that writes issuances, their lines and shares, and claims on land. */
@Injectable()
export class IssuanceStore {
  async nextSupplement(tx: Tx, name: { region: string; year: number; grade: Grade }): Promise<number> {
    const rows = await tx.query<{ next: number }>(
      `SELECT coalesce(max(supplement), 0) + 1 AS next FROM credits.issuance
        WHERE book = $1 AND region = $2 AND year = $3 AND grade = $4`,
      [tx.book, name.region, name.year, name.grade],
    );
    return present(rows[0], 'a maximum has a row').next;
  }

  /**
   * Codes of those of the land units that were credited for any of these days, under whatever scheme: themselves, or
   * by a claim of its own some land that came from them.
   */
  async creditedBefore(tx: Tx, landUnits: readonly string[], { from, to }: Period): Promise<string[]> {
    const rows = await tx.query<{ code: string }>(
      `WITH RECURSIVE land (asked, land_unit) AS (
         SELECT a, a FROM unnest($4::uuid[]) AS a
         UNION
         SELECT l.asked, o.land_unit FROM land l
           JOIN registry.land_unit_origin o ON o.book = $1 AND o.origin = l.land_unit)
       SELECT DISTINCT u.code FROM land l
         JOIN credits.claim c ON c.book = $1 AND c.land_unit = l.land_unit
          AND c.period && daterange($2::date, $3::date, '[]') AND (l.land_unit = l.asked OR NOT c.carried)
         JOIN registry.land_unit u ON u.book = $1 AND u.id = l.asked
        ORDER BY u.code`,
      [tx.book, from, to, landUnits],
    );
    return rows.map(({ code }) => code);
  }

  /** Writes the issuance with its lines, shares and claims, and marks its measurements as issued. */
  async insert(tx: Tx, issuance: NewIssuance, plan: PlannedIssuance): Promise<void> {
    const { from, to } = issuance.period;
    await tx.execute(
      `INSERT INTO credits.issuance (book, id, code, asset, region, year, period, grade, supplement, document_no,
              coefficient_set, grams, buffer_grams, issued_by, acting_order_no, issued_at, verification, discount_grams,
              coefficient_sets, set_owner)
       SELECT $1, $2, $3, $4, $5, $6, daterange($7::date, $8::date, '[]'), $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
              $19, ARRAY(SELECT DISTINCT m.coefficient_set FROM credits.measurement m
                          WHERE m.book = $1 AND m.id = ANY ($20::uuid[]) ORDER BY 1),
              (SELECT s.owner FROM credits.coefficient_set s WHERE s.owner IN (0, $1) AND s.version = $12)`,
      [
        tx.book,
        issuance.id,
        issuance.code,
        issuance.asset,
        issuance.region,
        issuance.year,
        from,
        to,
        plan.grade,
        issuance.supplement,
        issuance.documentNo,
        issuance.coefficientSet,
        plan.grams.toString(),
        plan.bufferGrams.toString(),
        tx.context.actor,
        issuance.actingOrderNo,
        tx.now,
        plan.verification,
        plan.discountGrams.toString(),
        plan.measurements.map(({ id }) => id),
      ],
    );
    await this.claim(tx, issuance, plan.landUnits);
    await this.insertLines(tx, issuance, plan);
    await this.insertShares(tx, issuance.id, plan);
    await this.insertSets(tx, issuance.id);
    const marked = await tx.execute(
      `UPDATE credits.measurement m SET issuance = $2, discount_grams = d.grams
         FROM unnest($3::uuid[], $4::bigint[]) AS d (id, grams)
        WHERE m.book = $1 AND m.id = d.id AND m.issuance IS NULL`,
      [
        ...[tx.book, issuance.id, plan.measurements.map(({ id }) => id)],
        plan.measurements.map(({ discountGrams }) => discountGrams.toString()),
      ],
    );
    invariant(marked === plan.measurements.length, 'a measurement is issued once');
  }

  private async claim(tx: Tx, { id, period }: NewIssuance, landUnits: readonly string[]): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.claim (book, land_unit, period, scheme, issuance, claimed_at)
       SELECT $1, u.id, daterange($2::date, $3::date, '[]'), $4, $5, $6 FROM unnest($7::uuid[]) AS u (id)`,
      [tx.book, period.from, period.to, SCHEME, id, tx.now, landUnits],
    );
  }

  private async insertLines(tx: Tx, { id, code }: NewIssuance, { lines }: PlannedIssuance): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.issuance_line (book, issuance, party, grams, buffer_grams, first_serial, lot)
       SELECT $1, $2, l.party, l.grams, l.buffer_grams, l.first_serial, l.lot
         FROM unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::uuid[])
              AS l (party, grams, buffer_grams, first_serial, lot)`,
      [
        tx.book,
        id,
        lines.map(({ party }) => party),
        lines.map(({ grams }) => grams.toString()),
        lines.map(({ bufferGrams }) => bufferGrams.toString()),
        lines.map(({ firstSerial }) => firstSerial.toString()),
        lines.map(({ partyNo }) => idOf('credits.lot', partyNo, code)),
      ],
    );
  }

  /** With which sets its grams were measured. */
  private async insertSets(tx: Tx, issuance: string): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.issuance_set (book, issuance, coefficient_set, set_owner, method_kind, parcels, grams)
       SELECT s.book, s.issuance, m.coefficient_set, m.set_owner, m.method_kind, count(DISTINCT m.id), sum(s.grams)
         FROM credits.issuance_share s JOIN credits.measurement m ON m.book = s.book AND m.id = s.measurement
        WHERE s.book = $1 AND s.issuance = $2
        GROUP BY s.book, s.issuance, m.coefficient_set, m.set_owner, m.method_kind`,
      [tx.book, issuance],
    );
  }

  private async insertShares(tx: Tx, issuance: string, { shares }: PlannedIssuance): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.issuance_share (book, issuance, measurement, party, right_kind, share_ppm, document_no,
              grams, first_serial)
       SELECT $1, $2, s.measurement, s.party, s.right_kind, s.share_ppm, s.document_no, s.grams, s.first_serial
         FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::text[], $8::bigint[], $9::bigint[])
              AS s (measurement, party, right_kind, share_ppm, document_no, grams, first_serial)`,
      [
        tx.book,
        issuance,
        shares.map(({ measurement }) => measurement),
        shares.map(({ party }) => party),
        shares.map(({ kind }) => kind),
        shares.map(({ sharePpm }) => sharePpm.toString()),
        shares.map(({ documentNo }) => documentNo),
        shares.map(({ grams }) => grams.toString()),
        shares.map(({ firstSerial }) => firstSerial.toString()),
      ],
    );
  }
}
