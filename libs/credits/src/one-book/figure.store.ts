import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import {
  densitiesBy,
  factorsBy,
  type Densities,
  type Density,
  type SpeciesFactors,
  type StockFigures,
} from './stock.rules';

/** What a mu or a tonne is worth, by a row that somebody else approved. */
export interface Price {
  /** Null for the growth of a year. */
  readonly forestClass: string | null;
  readonly unit: 'fen-per-mu' | 'fen-per-t';
  readonly fen: bigint;
  readonly source: string;
  readonly validFrom: Day;
}

type FactorRow = Pick<SpeciesFactors, 'species' | 'name' | 'source' | 'illustrative'> &
  Readonly<Record<'densityMilli' | 'expansionMilli' | 'rootMilli' | 'carbonMilli', string>>;

/** In force on a day, and decided by its end: what is approved later changes no page of a day before. */
const IN_FORCE = `f.state = 'approved' AND (f.book IS NULL OR f.book = $1) AND f.valid_from <= $2::date
  AND (f.decided_at IS NULL OR credits.day_of(f.decided_at) <= $2::date)`;

@Injectable()
export class FigureStore {
  constructor(private readonly database: Database) {}

  async forStock(book: number, day: Day): Promise<StockFigures> {
    const [densities, factors] = await Promise.all([this.densities(book, day), this.factors(book, day)]);
    return { densities, factors: factorsBy(factors) };
  }

  /** Of the stock-change set in force on the day; the book's own before the one that came with the product. */
  private async factors(book: number, day: Day): Promise<SpeciesFactors[]> {
    const rows = await this.database.query<FactorRow>(
      `SELECT p.species, p.name, p.density_milli AS "densityMilli", p.expansion_milli AS "expansionMilli",
              p.root_milli AS "rootMilli", p.carbon_milli AS "carbonMilli", p.source, s.illustrative
         FROM (SELECT f.owner, f.version, f.illustrative FROM credits.coefficient_set f
                WHERE f.method_kind = 'stock-change' AND ${IN_FORCE}
                ORDER BY f.valid_from DESC, f.book NULLS LAST LIMIT 1) s
         JOIN credits.species_parameter p ON p.owner = s.owner AND p.coefficient_set = s.version`,
      [book, day],
    );
    return rows.map(({ densityMilli, expansionMilli, rootMilli, carbonMilli, ...row }) => ({
      ...row,
      ...{ densityMilli: BigInt(densityMilli), expansionMilli: BigInt(expansionMilli) },
      ...{ rootMilli: BigInt(rootMilli), carbonMilli: BigInt(carbonMilli) },
    }));
  }

  /** The newest of each class, age group and origin; the book's own before those that came with the product. */
  private async densities(book: number, day: Day): Promise<Densities> {
    const rows = await this.database.query<Omit<Density, 'grams'> & { grams: string }>(
      `SELECT DISTINCT ON (f.forest_class, f.age_group, f.origin)
              f.forest_class AS "forestClass", f.age_group AS "ageGroup", f.origin, f.amount AS grams, f.source,
              f.illustrative
         FROM credits.accounting_figure f WHERE f.kind = 'stock-density' AND ${IN_FORCE}
        ORDER BY f.forest_class, f.age_group, f.origin, f.book NULLS LAST, f.valid_from DESC`,
      [book, day],
    );
    return densitiesBy(rows.map((row) => ({ ...row, grams: BigInt(row.grams) })));
  }

  /** By class; none came with the product. */
  async prices(book: number, kind: 'stock-price' | 'fixation-price', day: Day): Promise<Price[]> {
    const rows = await this.database.query<Omit<Price, 'fen'> & { fen: string }>(
      `SELECT DISTINCT ON (f.forest_class) f.forest_class AS "forestClass", f.unit, f.amount AS fen, f.source,
              f.valid_from::text AS "validFrom"
         FROM credits.accounting_figure f WHERE f.kind = $3 AND ${IN_FORCE}
        ORDER BY f.forest_class, f.valid_from DESC`,
      [book, day, kind],
    );
    return rows.map((row) => ({ ...row, fen: BigInt(row.fen) }));
  }
}
