import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import { areaOf, groupBy } from './land.rules';
import type { Place } from './land.store';
import { ofRegion } from './region-filter';

/** What grew in a year, in grams, before any share of it is issued. */
export interface YearGrowth {
  readonly year: number;
  readonly parcels: number;
  readonly areaMu100: bigint;
  readonly grams: bigint;
  /** Of these, checked by somebody else (复核). */
  readonly recheckedGrams: bigint;
  /** Of these, verified by a third party (核证). */
  readonly verifiedGrams: bigint;
  readonly issuedGrams: bigint;
  /** Some of it was made with illustrative coefficients. */
  readonly illustrative: boolean;
}

export interface ClassGrowth extends YearGrowth {
  readonly forestClass: string;
}

interface GrowthRow {
  readonly year: number;
  readonly forestClass: string;
  readonly parcels: string;
  readonly area: string;
  readonly grams: string;
  readonly rechecked: string;
  readonly verified: string;
  readonly issued: string;
  readonly illustrative: boolean;
}

const STEP = (step: string, column: string): string =>
  `coalesce(sum(g.${column}) FILTER (WHERE g.step = '${step}'), 0)::text`;

/** 碳汇量 by the day on which it was measured, checked and issued. */
@Injectable()
export class GrowthStore {
  constructor(private readonly database: Database) {}

  /** Of every year and class, as the book stood at the end of the day; newest year first. */
  async on({ book, region }: Place, day: Day): Promise<ClassGrowth[]> {
    const rows = await this.database.query<GrowthRow>(
      `SELECT g.year, g.forest_class AS "forestClass", ${STEP('measured', 'parcels')} AS parcels,
              ${STEP('measured', 'area_mu100')} AS area, ${STEP('measured', 'grams')} AS grams,
              ${STEP('rechecked', 'grams')} AS rechecked, ${STEP('verified', 'grams')} AS verified,
              ${STEP('issued', 'grams')} AS issued,
              coalesce(bool_or(c.illustrative) FILTER (WHERE g.step = 'measured'), false) AS illustrative
         FROM credits.growth_change g
         LEFT JOIN credits.coefficient_set c ON c.owner IN (0, g.book) AND c.version = g.coefficient_set
        WHERE ${ofRegion('g', region)} AND g.day <= $3::date
        GROUP BY 1, 2
       HAVING ${STEP('measured', 'parcels')} <> '0'
        ORDER BY 1 DESC, 2`,
      [book, region, day],
    );
    return rows.map(({ parcels, area, grams, rechecked, verified, issued, ...row }) => ({
      ...row,
      parcels: Number(parcels),
      areaMu100: BigInt(area),
      grams: BigInt(grams),
      recheckedGrams: BigInt(rechecked),
      verifiedGrams: BigInt(verified),
      issuedGrams: BigInt(issued),
    }));
  }
}

/** Years without their classes, in the order of the list. */
export const yearsOf = (classes: readonly ClassGrowth[]): YearGrowth[] =>
  groupBy(classes, ({ year }) => String(year)).map(([year, group]) => {
    const sum = (gramsOf: (one: ClassGrowth) => bigint) =>
      group.reduce((total, one) => total + gramsOf(one), 0n);
    return {
      year: Number(year),
      ...areaOf(group),
      grams: sum(({ grams }) => grams),
      recheckedGrams: sum(({ recheckedGrams }) => recheckedGrams),
      verifiedGrams: sum(({ verifiedGrams }) => verifiedGrams),
      issuedGrams: sum(({ issuedGrams }) => issuedGrams),
      illustrative: group.some(({ illustrative }) => illustrative),
    };
  });
