import { Injectable } from '@nestjs/common';

import type { Grade } from '@app/credits';
import type { Tx } from '@app/platform';

export interface Product {
  readonly code: string;
  readonly name: string;
  readonly form: 'bus';
  readonly priceFenPerKg: bigint;
  /** No issuance below this grade is sold under the product. */
  readonly leastGrade: Grade;
  readonly leastGrams: bigint;
  readonly mostGrams: bigint;
  /** How long an order's grams are held for its payment. */
  readonly holdMinutes: number;
  /** Full days after the day of payment in which unused grams may be given back. */
  readonly windowDays: number;
  /** Full days after the day of payment in which rides retire grams; the rest is retired then. */
  readonly termDays: number;
}

interface ProductRow {
  readonly code: string;
  readonly name: string;
  readonly form: 'bus';
  readonly price_fen_per_kg: string;
  readonly least_grade: Grade;
  readonly least_grams: string;
  readonly most_grams: string;
  readonly hold_minutes: number;
  readonly window_days: number;
  readonly term_days: number;
}

/** Reads and writes are the same from a Tx or the Database: both have `query`. */
export interface Reader {
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
}

@Injectable()
export class ProductStore {
  /** Returns false when the book has a product of this code. */
  async insert(tx: Tx, product: Product): Promise<boolean> {
    const rows = await tx.query<{ code: string }>(
      `INSERT INTO cards.product (book, code, name, form, price_fen_per_kg, least_grade, least_grams, most_grams,
              hold_minutes, window_days, term_days, opened_at, opened_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       ON CONFLICT (book, code) DO NOTHING RETURNING code`,
      [
        tx.book,
        product.code,
        product.name,
        product.form,
        product.priceFenPerKg,
        product.leastGrade,
        product.leastGrams,
        product.mostGrams,
        product.holdMinutes,
        product.windowDays,
        product.termDays,
        tx.now,
        tx.context.actor,
      ],
    );
    return rows.length === 1;
  }

  async list(reader: Reader, book: number): Promise<Product[]> {
    const rows = await reader.query<ProductRow>(
      'SELECT * FROM cards.product WHERE book = $1 ORDER BY opened_at, code',
      [book],
    );
    return rows.map(toProduct);
  }

  async find(reader: Reader, book: number, code: string): Promise<Product | undefined> {
    const rows = await reader.query<ProductRow>('SELECT * FROM cards.product WHERE book = $1 AND code = $2', [
      book,
      code,
    ]);
    return rows[0] && toProduct(rows[0]);
  }
}

const toProduct = (row: ProductRow): Product => ({
  code: row.code,
  name: row.name,
  form: row.form,
  priceFenPerKg: BigInt(row.price_fen_per_kg),
  leastGrade: row.least_grade,
  leastGrams: BigInt(row.least_grams),
  mostGrams: BigInt(row.most_grams),
  holdMinutes: row.hold_minutes,
  windowDays: row.window_days,
  termDays: row.term_days,
});
