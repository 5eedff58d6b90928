import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Database, Tx } from '@app/platform';
import type { VoucherFacts } from './green-voucher.rules';

export interface StoredVoucher extends VoucherFacts {
  readonly book: number;
  readonly hash: string;
  /** Where the method's figures come from. */
  readonly source: string;
  readonly illustrative: boolean;
}

/** A plot that somebody named, with what was measured of it. */
export interface WantedPlot {
  readonly parcelCode: string;
  readonly village: string | null;
  readonly measurement: string | null;
  readonly forestClass: string | null;
  readonly rechecked: boolean;
  readonly method: string | null;
  readonly coefficientSet: string | null;
  /** The number it has already. */
  readonly number: string | null;
}

const COLUMNS = `v.book, v.number, v.parcel_code AS "parcelCode", v.village, v.year, v.forest_class AS "forestClass", v.method,
  v.coefficient_set AS "coefficientSet", v.issued_at AS "issuedAt", v.hash, c.source, c.illustrative`;
const FROM = `credits.green_voucher v JOIN credits.coefficient_set c ON c.owner = v.set_owner AND c.version = v.coefficient_set`;

@Injectable()
export class GreenVoucherStore {
  /** The plots in the order of their codes; their measurements are locked, so that each gets one voucher. */
  async plots(tx: Tx, codes: readonly string[], year: number, region: string): Promise<WantedPlot[]> {
    await tx.query(
      `SELECT FROM credits.measurement m JOIN registry.parcel p ON p.book = m.book AND p.id = m.parcel
        WHERE m.book = $1 AND p.code = ANY ($2) AND m.year = $3 AND m.rejected_at IS NULL ORDER BY m.id FOR NO KEY UPDATE OF m`,
      [tx.book, codes, year],
    );
    return tx.query<WantedPlot>(
      `SELECT a.code AS "parcelCode", p.village, m.id AS measurement, coalesce(m.forest_class, p.forest_class) AS "forestClass",
              m.rechecked_at IS NOT NULL AS rechecked, c.method, m.coefficient_set AS "coefficientSet", v.number
         FROM unnest($2::text[]) AS a (code)
         LEFT JOIN registry.parcel p ON p.book = $1 AND p.code = a.code AND starts_with(p.village, $4)
         LEFT JOIN credits.measurement m ON m.book = p.book AND m.parcel = p.id AND m.year = $3 AND m.rejected_at IS NULL
         LEFT JOIN credits.coefficient_set c ON c.owner = m.set_owner AND c.version = m.coefficient_set
         LEFT JOIN credits.green_voucher v ON v.book = m.book AND v.measurement = m.id
        ORDER BY a.code COLLATE "C"`,
      [tx.book, codes, year, region],
    );
  }

  async insert(
    tx: Tx,
    vouchers: readonly (VoucherFacts & { measurement: string; hash: string })[],
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.green_voucher (book, number, measurement, parcel_code, village, year, forest_class, method,
              set_owner, coefficient_set, issued_by, issued_at, hash)
       SELECT $1, u.number, u.measurement, u.parcel_code, u.village, $2, 'tea', u.method,
              (SELECT m.set_owner FROM credits.measurement m WHERE m.book = $1 AND m.id = u.measurement),
              u.coefficient_set, $3, $4, u.hash
         FROM unnest($5::text[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
              AS u (number, measurement, parcel_code, village, method, coefficient_set, hash)`,
      [
        ...[tx.book, vouchers[0]?.year, tx.context.actor, tx.now],
        vouchers.map(({ number }) => number),
        vouchers.map(({ measurement }) => measurement),
        vouchers.map(({ parcelCode }) => parcelCode),
        vouchers.map(({ village }) => village),
        vouchers.map(({ method }) => method),
        vouchers.map(({ coefficientSet }) => coefficientSet),
        vouchers.map(({ hash }) => hash),
      ],
    );
  }

  /** Whatever the book: a number is unique by chance alone, and its chance is 2^80. */
  async byNumber(from: Pick<Database, 'query'>, number: string): Promise<StoredVoucher | undefined> {
    const rows = await from.query<StoredVoucher>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE v.number = $1 LIMIT 1`,
      [number],
    );
    return rows[0];
  }

  /** Of plots that the parties have a right to on the day, newest first. */
  ofParties(
    from: Pick<Database, 'query'>,
    book: number,
    parties: readonly string[],
    day: Day,
  ): Promise<StoredVoucher[]> {
    return from.query<StoredVoucher>(
      `SELECT ${COLUMNS} FROM ${FROM} JOIN credits.measurement m ON m.book = v.book AND m.id = v.measurement
        WHERE v.book = $1 AND EXISTS (SELECT FROM registry.right_share r WHERE r.book = m.book AND r.parcel = m.parcel
                                         AND r.party = ANY ($2::uuid[]) AND r.valid @> $3::date)
        ORDER BY v.year DESC, v.parcel_code`,
      [book, parties, day],
    );
  }
}
