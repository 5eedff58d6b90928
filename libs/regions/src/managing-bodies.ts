import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';

/** A development zone or the like, and what it manages on a day. */
export interface ManagingBody {
  readonly code: string;
  readonly name: string;
  /** The region in which all it manages lies. */
  readonly region: string;
  readonly source: string;
  readonly areas: readonly ManagedArea[];
}

export interface ManagedArea {
  readonly region: string;
  readonly from: Day;
  /** The last day; null while it goes on. */
  readonly to: Day | null;
  readonly documentNo: string;
}

export interface Manager {
  readonly code: string;
  readonly name: string;
  /** The place by which it is: the region itself or one that it lies in. */
  readonly by: string;
}

/** Whose hands a place is in on a day, beside the tree of regions. */
@Injectable()
export class ManagingBodies {
  constructor(private readonly database: Database) {}

  /** All bodies with what each manages on the day, by code. */
  list(day: Day): Promise<ManagingBody[]> {
    return this.database.query<ManagingBody>(
      `SELECT b.code, b.name, b.region, b.source,
              coalesce((SELECT jsonb_agg(jsonb_build_object('region', a.region, 'from', lower(a.valid),
                           'to', upper(a.valid) - 1, 'documentNo', a.document_no) ORDER BY a.region)
                          FROM regions.managed_area a WHERE a.body = b.code AND a.valid @> $1::date), '[]') AS areas
         FROM regions.managing_body b ORDER BY b.code`,
      [day],
    );
  }

  /** The body that manages the place on the day: by the place itself, else by the nearest that it lies in. */
  async of(region: string, day: Day): Promise<Manager | undefined> {
    const rows = await this.database.query<Manager>(
      `SELECT b.code, b.name, a.region AS by FROM regions.managed_area a JOIN regions.managing_body b ON b.code = a.body
        WHERE starts_with($1, a.region) AND a.valid @> $2::date ORDER BY length(a.region) DESC LIMIT 1`,
      [region, day],
    );
    return rows[0];
  }
}
