import { Injectable } from '@nestjs/common';

import { dayOf, ok, refuse, type Day, type Result } from '@app/kernel';
import { Database } from '@app/platform';
import { uniquenessOf, type UniquenessStatement } from './uniqueness.rules';

/** Days of a piece of land that are held, and by whom. It names no person. */
export interface LandClaim {
  readonly from: Day;
  readonly to: Day;
  /** `county-ledger`, `ccer:<project>` or `external:<registry>/<project>`. */
  readonly scheme: string;
  /** Code of the issuance, when this book credited it. */
  readonly issuance: string | null;
}

export interface LandUniqueness {
  /** As it was asked for. */
  readonly code: string;
  readonly landUnits: readonly { readonly landUnit: string; readonly claims: readonly LandClaim[] }[];
  readonly uniqueness: UniquenessStatement;
}

export type LandRefusal = { readonly code: 'LAND_UNKNOWN'; readonly land: string };

/** How far it is known that nothing is counted twice: within the book, and against imported lists. */
@Injectable()
export class Uniqueness {
  constructor(private readonly database: Database) {}

  /** As of today, or by what was imported up to the end of a day. */
  async statement(book: number, day: Day | null = null): Promise<UniquenessStatement> {
    const rows = await this.database.query<{ registry: string; listOn: Day; importedAt: Date }>(
      `SELECT DISTINCT ON (l.registry) l.registry, l.list_on::text AS "listOn", l.imported_at AS "importedAt"
         FROM credits.external_list l
        WHERE l.book = $1 AND ($2::date IS NULL OR credits.day_of(l.imported_at) <= $2::date)
        ORDER BY l.registry, l.imported_at DESC`,
      [book, day],
    );
    return uniquenessOf(
      rows.map(({ registry, listOn, importedAt }) => ({ registry, listOn, importedOn: dayOf(importedAt) })),
    );
  }

  /** Of the code of a parcel or of a land unit. Refuses LAND_UNKNOWN. */
  async ofLand(book: number, code: string): Promise<Result<LandUniqueness, LandRefusal>> {
    const rows = await this.database.query<{ landUnit: string; claims: LandClaim[] }>(
      `SELECT u.code AS "landUnit", coalesce((
                SELECT jsonb_agg(jsonb_build_object('from', lower(c.period)::text, 'to', (upper(c.period) - 1)::text,
                         'scheme', c.scheme, 'issuance', i.code) ORDER BY c.period)
                  FROM credits.claim c LEFT JOIN credits.issuance i ON i.book = c.book AND i.id = c.issuance
                 WHERE c.book = u.book AND c.land_unit = u.id), '[]') AS claims
         FROM registry.land_unit u
        WHERE u.book = $1 AND (u.code = $2 OR u.id IN (
              SELECT p.land_unit FROM registry.parcel p WHERE p.book = $1 AND p.code = $2))
        ORDER BY u.code`,
      [book, code],
    );
    if (rows.length === 0) return refuse({ code: 'LAND_UNKNOWN', land: code.slice(0, 64) });
    return ok({ code, landUnits: rows, uniqueness: await this.statement(book) });
  }
}
