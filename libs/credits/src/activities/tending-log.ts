import { Injectable } from '@nestjs/common';

import { dayOf, isDay, newId, ok, refuse, type Result } from '@app/kernel';
import { Database, type Tx } from '@app/platform';
import { covers } from '@app/regions';
import type { TendingRefusal } from './activity.refusals';

/** 除草, 间伐, 修枝, 补植, 巡护, 其他. */
export const TENDING_WORKS = ['weeding', 'thinning', 'pruning', 'planting', 'patrol', 'other'] as const;
export type TendingWork = (typeof TENDING_WORKS)[number];

export interface TendingDraft {
  readonly partyExternalNo: string;
  readonly doneOn: string;
  readonly minutes: number;
  readonly work: TendingWork;
  /** Regions the recording person is responsible for. */
  readonly regions: readonly string[];
}

/** What a party worked in a year, by kind of work. Minutes, and never grams. */
export interface TendedYear {
  readonly party: string;
  readonly year: number;
  readonly work: TendingWork;
  readonly days: number;
  readonly minutes: number;
}

/** 养护时长: how long a household tended its forest. It is thanked for it elsewhere; no gram is ever made of it. */
@Injectable()
export class TendingLog {
  constructor(private readonly database: Database) {}

  /** One line a party, day and kind of work. Refuses DAY_WRONG, PARTY_UNKNOWN (also outside the regions), TENDING_RECORDED. */
  async record(tx: Tx, draft: TendingDraft): Promise<Result<{ id: string }, TendingRefusal>> {
    const { doneOn, minutes, work, partyExternalNo: externalNo } = draft;
    if (!isDay(doneOn) || doneOn > dayOf(tx.now)) {
      return refuse({ code: 'DAY_WRONG', field: 'doneOn', value: doneOn.slice(0, 10) });
    }
    const [party] = await tx.query<{ id: string; region: string }>(
      `SELECT t.id, t.region FROM registry.party t WHERE t.book = $1 AND t.external_no = $2`,
      [tx.book, externalNo],
    );
    if (!party || !draft.regions.some((own) => covers(own, party.region))) {
      return refuse({ code: 'PARTY_UNKNOWN', party: externalNo.slice(0, 64) });
    }
    const id = newId();
    const added = await tx.query(
      `INSERT INTO credits.tending_log (book, id, party, done_on, minutes, work, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (book, party, done_on, work) DO NOTHING RETURNING id`,
      [tx.book, id, party.id, doneOn, minutes, work, tx.context.actor, tx.now],
    );
    if (added.length === 0) return refuse({ code: 'TENDING_RECORDED', party: externalNo, doneOn });
    tx.audit({ tending: id, party: party.id, doneOn, minutes, work });
    return ok({ id });
  }

  /** By party and year, the last year first. */
  async of(book: number, parties: readonly string[]): Promise<TendedYear[]> {
    return this.database.query<TendedYear>(
      `SELECT l.party, extract(year FROM l.done_on)::int AS year, l.work, count(*)::int AS days,
              sum(l.minutes)::int AS minutes
         FROM credits.tending_log l WHERE l.book = $1 AND l.party = ANY ($2::uuid[])
        GROUP BY 1, 2, 3 ORDER BY 1, 2 DESC, 3`,
      [book, parties],
    );
  }
}
