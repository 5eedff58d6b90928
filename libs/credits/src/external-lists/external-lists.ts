import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';

export interface ListedList {
  readonly id: string;
  readonly registry: string;
  readonly listOn: Day;
  readonly source: string;
  readonly sha256: string;
  readonly entries: number;
  readonly importedBy: string;
  readonly importedAt: Date;
}

export interface OverlapFinding {
  readonly id: string;
  readonly list: string;
  readonly registry: string;
  readonly listOn: Day;
  readonly row: number;
  readonly projectNo: string;
  readonly place: string;
  readonly from: Day;
  readonly to: Day;
  readonly kind: 'land-held' | 'possible';
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly clearedAt: Date | null;
  readonly clearance: string | null;
}

/** What was imported, and what was found. It names land, never a person. */
@Injectable()
export class ExternalLists {
  constructor(private readonly database: Database) {}

  /** The newest first. */
  list(book: number, count: number): Promise<ListedList[]> {
    return this.database.query<ListedList>(
      `SELECT l.id, l.registry, l.list_on::text AS "listOn", l.source, l.sha256, l.entries, l.imported_by AS "importedBy",
              l.imported_at AS "importedAt"
         FROM credits.external_list l WHERE l.book = $1 ORDER BY l.imported_at DESC, l.id LIMIT $2`,
      [book, count],
    );
  }

  /** By id, from the one after; only what is open, or all. */
  findings(
    book: number,
    { after, count, open }: { after: string | null; count: number; open: boolean },
  ): Promise<OverlapFinding[]> {
    return this.database.query<OverlapFinding>(
      `SELECT f.id, f.list, l.registry, l.list_on::text AS "listOn", f.row, e.project_no AS "projectNo", e.place,
              lower(e.period)::text AS "from", (upper(e.period) - 1)::text AS "to", f.kind, f.evidence,
              f.cleared_at AS "clearedAt", f.clearance
         FROM credits.overlap_finding f
         JOIN credits.external_entry e ON e.book = f.book AND e.list = f.list AND e.row = f.row
         JOIN credits.external_list l ON l.book = f.book AND l.id = f.list
        WHERE f.book = $1 AND ($2::uuid IS NULL OR f.id > $2) AND (f.cleared_at IS NULL OR NOT $3)
        ORDER BY f.id LIMIT $4`,
      [book, after, open, count],
    );
  }
}
