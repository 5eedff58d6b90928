import { Injectable } from '@nestjs/common';

import { dayOf, ok, refuse, type Day, type Result } from '@app/kernel';
import { Books, Database } from '@app/platform';
import { covers, Regions, type RegionUnknown } from '@app/regions';
import { payableOn, type ParcelStatus } from '@app/registry';
import { REVERSED } from '../credits.paths';
import { Uniqueness } from '../uniqueness/uniqueness';
import type { UniquenessStatement } from '../uniqueness/uniqueness.rules';
import type { SerialState } from './serial-origins';

/** Land of one class: parcels and hundredths of a mu. */
export interface ClassArea {
  readonly forestClass: string;
  readonly parcels: number;
  readonly areaMu100: bigint;
  /** Of these, with a registered right and inside a scope of compensation on the book's day. */
  readonly payableMu100: bigint;
}

export interface StatusArea {
  readonly status: ParcelStatus;
  readonly parcels: number;
  readonly areaMu100: bigint;
}

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

/** 一本账 of a county, a township or a village, as it is now. It names nobody. */
export interface OneBookPage {
  readonly region: string;
  readonly regionName: string;
  /** By the book's clock. */
  readonly day: Day;
  readonly land: readonly ClassArea[];
  readonly statuses: readonly StatusArea[];
  readonly growth: readonly YearGrowth[];
  /** Grams by where they are; they sum to what was issued from land of the region. */
  readonly credits: Readonly<Record<SerialState, bigint>> & {
    readonly issued: bigint;
    /** Of what is cancelled: for reversals, lost or in another's stead. */
    readonly cancelledByReversal: bigint;
    /** 缺口: of what was sold, so much is lost and nothing stands in for it yet. */
    readonly openShortfall: bigint;
  };
  readonly uniqueness: UniquenessStatement;
}

export type OneBookRefusal =
  | RegionUnknown
  | { readonly code: 'REGION_NOT_IN_BOOK'; readonly region: string; readonly bookRegion: string };

const STATES: readonly SerialState[] = [
  'holding',
  'reserved-grams',
  'card',
  'retired',
  'buffer',
  'cancelled',
  'external',
];

/** Grams of land of the region by where they are: serials lead back to the parcel they grew on. */
const CREDITS = `
  SELECT split_part(b.place, '/', 1) AS state, starts_with(b.place, '${REVERSED}') AS reversed,
         sum(least(upper(b.serials), s.first_serial + s.grams) - greatest(lower(b.serials), s.first_serial)) AS grams
    FROM credits.measurement m
    JOIN credits.issuance_share s ON s.book = m.book AND s.measurement = m.id
    JOIN credits.serial_block b ON b.book = s.book AND b.party = s.party AND b.issuance = s.issuance
     AND b.serials && int8range(s.first_serial, s.first_serial + s.grams)
   WHERE m.book = $1 AND starts_with(m.village, $2) AND m.issuance IS NOT NULL
   GROUP BY 1, 2`;

/** What reversals of land of the region left open. */
const SHORTFALL = `
  SELECT coalesce(sum(upper(r.serials) - lower(r.serials) - coalesce(c.grams, 0)), 0)::text AS grams
    FROM credits.reversed_serials r
    JOIN credits.measurement m ON m.book = r.book AND m.id = r.measurement
    LEFT JOIN LATERAL (
      SELECT sum(upper(p.serials * r.serials) - lower(p.serials * r.serials)) AS grams FROM credits.replacement p
       WHERE p.book = r.book AND p.issuance = r.issuance AND p.serials && r.serials) c ON true
   WHERE r.book = $1 AND r.fate = 'owed' AND starts_with(m.village, $2)`;

const LAND = `
  SELECT p.forest_class AS "forestClass", count(*)::int AS parcels, sum(p.area_mu100) AS area,
         coalesce(sum(p.area_mu100) FILTER (WHERE ${payableOn('p', '$3')}), 0) AS payable
    FROM registry.parcel_on($1, $3::date) p WHERE starts_with(p.village, $2) AND p.status <> 'cancelled'
   GROUP BY 1 ORDER BY 1`;

const STATUSES = `
  SELECT p.status, count(*)::int AS parcels, sum(p.area_mu100) AS area
    FROM registry.parcel_on($1, $3::date) p WHERE starts_with(p.village, $2) GROUP BY 1 ORDER BY 1`;

const GROWTH = `
  SELECT m.year, count(*)::int AS parcels, sum(m.area_mu100) AS area, sum(m.grams) AS grams,
         coalesce(sum(m.grams) FILTER (WHERE m.rechecked_at IS NOT NULL), 0) AS rechecked,
         coalesce(sum(m.grams) FILTER (WHERE m.verification IS NOT NULL), 0) AS verified,
         coalesce(sum(m.grams) FILTER (WHERE m.issuance IS NOT NULL), 0) AS issued, bool_or(c.illustrative) AS illustrative
    FROM credits.measurement m JOIN credits.coefficient_set c ON c.version = m.coefficient_set
   WHERE m.book = $1 AND starts_with(m.village, $2) AND m.rejected_at IS NULL
   GROUP BY 1 ORDER BY 1 DESC`;

/** Land, growth and what became of it, side by side (一本账), for everybody. */
@Injectable()
export class OneBook {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly regions: Regions,
    private readonly uniqueness: Uniqueness,
  ) {}

  /** Refuses REGION_UNKNOWN, REGION_NOT_IN_BOOK. */
  async of(
    book: { readonly id: number; readonly region: string },
    region: string,
  ): Promise<Result<OneBookPage, OneBookRefusal>> {
    const known = await this.regions.byCode(region);
    if (!known.ok) return known;
    if (!covers(book.region, region)) {
      return refuse({ code: 'REGION_NOT_IN_BOOK', region, bookRegion: book.region });
    }
    const day = dayOf(await this.books.now(book.id));
    const scope = [book.id, region];
    return ok({
      region,
      regionName: known.value.name,
      day,
      land: await this.land([...scope, day]),
      statuses: await this.statuses([...scope, day]),
      growth: await this.growth(scope),
      credits: await this.credits(scope),
      uniqueness: await this.uniqueness.statement(book.id),
    });
  }

  private async land(params: readonly unknown[]): Promise<ClassArea[]> {
    const rows = await this.database.query<{
      forestClass: string;
      parcels: number;
      area: string;
      payable: string;
    }>(LAND, params);
    return rows.map(({ forestClass, parcels, area, payable }) => ({
      ...{ forestClass, parcels },
      areaMu100: BigInt(area),
      payableMu100: BigInt(payable),
    }));
  }

  private async statuses(params: readonly unknown[]): Promise<StatusArea[]> {
    const rows = await this.database.query<{ status: ParcelStatus; parcels: number; area: string }>(
      STATUSES,
      params,
    );
    return rows.map(({ status, parcels, area }) => ({ status, parcels, areaMu100: BigInt(area) }));
  }

  private async growth(params: readonly unknown[]): Promise<YearGrowth[]> {
    const rows = await this.database.query<{
      year: number;
      parcels: number;
      area: string;
      grams: string;
      rechecked: string;
      verified: string;
      issued: string;
      illustrative: boolean;
    }>(GROWTH, params);
    return rows.map(({ year, parcels, area, grams, rechecked, verified, issued, illustrative }) => ({
      ...{ year, parcels, illustrative },
      areaMu100: BigInt(area),
      grams: BigInt(grams),
      recheckedGrams: BigInt(rechecked),
      verifiedGrams: BigInt(verified),
      issuedGrams: BigInt(issued),
    }));
  }

  private async credits(params: readonly unknown[]): Promise<OneBookPage['credits']> {
    const rows = await this.database.query<{ state: SerialState; reversed: boolean; grams: string }>(
      CREDITS,
      params,
    );
    const [open] = await this.database.query<{ grams: string }>(SHORTFALL, params);
    const sumOf = (keep: (row: (typeof rows)[number]) => boolean) =>
      rows.filter(keep).reduce((sum, { grams }) => sum + BigInt(grams), 0n);
    const byState = Object.fromEntries(STATES.map((state) => [state, sumOf((row) => row.state === state)]));
    return {
      ...(byState as Record<SerialState, bigint>),
      issued: sumOf(() => true),
      cancelledByReversal: sumOf(({ reversed }) => reversed),
      openShortfall: BigInt(open?.grams ?? 0),
    };
  }
}
