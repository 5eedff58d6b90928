import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import { PayeeStore, type Payee } from '../payees/payee.store';
import type { PartyKind } from '../registry.words';

/** What a party was on a day. Of personal numbers it is told only whether they are there. */
export interface PartyOnDay {
  readonly id: string;
  readonly externalNo: string;
  readonly kind: PartyKind;
  readonly name: string;
  readonly region: string;
  readonly hasIdNumber: boolean;
  readonly hasPhone: boolean;
  /** The first day of these facts; as long as anybody knows when null. */
  readonly from: Day | null;
  /** Their last day; null while they are the newest. */
  readonly to: Day | null;
  /** The first day on which it is no more. */
  readonly closedOn: Day | null;
  readonly recordedAt: Date;
}

/** What was believed of a party, from when to when, and for which days. */
export interface PartyVersion extends Omit<PartyOnDay, 'id' | 'externalNo' | 'kind' | 'closedOn'> {
  /** When the next facts took its place; null for the newest. */
  readonly supersededAt: Date | null;
}

/** A party through the years. */
@Injectable()
export class PartyFile {
  constructor(
    private readonly database: Database,
    private readonly payeeStore: PayeeStore,
  ) {}

  /** Undefined when there is none, or none yet on the day. */
  async on(book: number, id: string, day: Day): Promise<PartyOnDay | undefined> {
    const rows = await this.database.query<PartyOnDay>(
      `SELECT p.id, p.external_no AS "externalNo", p.kind, p.name, p.region, p.has_id_number AS "hasIdNumber",
              p.has_phone AS "hasPhone", p.facts_from::text AS "from", p.facts_to::text AS "to",
              p.closed_on::text AS "closedOn", p.recorded_at AS "recordedAt"
         FROM registry.party_on($1, $2::date) p WHERE p.id = $3`,
      [book, day, id],
    );
    return rows[0];
  }

  /** Every version, the newest first. One that another replaced on its own first day was in force on none. */
  async versions(book: number, id: string): Promise<PartyVersion[]> {
    return this.database.query<PartyVersion>(
      `SELECT v.name, v.region, v.id_number_index IS NOT NULL AS "hasIdNumber", v.phone_index IS NOT NULL AS "hasPhone",
              v.from_day::text AS "from", v.to_day::text AS "to", v.recorded_at AS "recordedAt",
              v.superseded_at AS "supersededAt"
         FROM (SELECT p.version, p.name, p.region, p.id_number_index, p.phone_index, p.facts_from AS from_day,
                      NULL::date AS to_day, coalesce(p.changed_at, p.recorded_at) AS recorded_at,
                      NULL::timestamptz AS superseded_at
                 FROM registry.party p WHERE p.book = $1 AND p.id = $2
               UNION ALL
               SELECT o.version, o.name, o.region, o.id_number_index, o.phone_index, lower(o.valid), upper(o.valid) - 1,
                      o.recorded_at, o.superseded_at
                 FROM registry.party_past o WHERE o.book = $1 AND o.party = $2) v
        ORDER BY v.version DESC LIMIT 200`,
      [book, id],
    );
  }

  /** Who is or was paid in its place, and in whose place it is or was paid. */
  payees(book: number, id: string): Promise<Payee[]> {
    return this.payeeStore.ofParty(this.database, book, id);
  }
}
