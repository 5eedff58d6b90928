import { Injectable } from '@nestjs/common';

import { isDay, ok, refuse, type Day, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers, isRegionCode } from './region.rules';
import type { RegionUnknown } from './regions';

export interface Handover {
  readonly region: string;
  /** Who manages it from the day on; null gives it back to the county. */
  readonly body: string | null;
  readonly from: Day;
  readonly documentNo: string;
}

export type HandoverRefusal =
  | RegionUnknown
  | { readonly code: 'MANAGING_BODY_UNKNOWN'; readonly body: string }
  /** A body manages places below its own region only. */
  | { readonly code: 'REGION_OUTSIDE_BODY'; readonly region: string; readonly inside: string }
  /** It is in these hands on the day, or in others from a later one. */
  | { readonly code: 'MANAGED_BEFORE'; readonly body: string | null; readonly from: Day | null }
  | { readonly code: 'HANDOVER_DAY_WRONG'; readonly from: string };

/** Records that a place is managed by another body from a day on. Who may record it is the edge's matter. */
@Injectable()
export class GiveIntoHands {
  /** Refuses HANDOVER_DAY_WRONG, REGION_UNKNOWN, MANAGING_BODY_UNKNOWN, REGION_OUTSIDE_BODY, MANAGED_BEFORE. */
  async execute(tx: Tx, handover: Handover): Promise<Result<{ region: string }, HandoverRefusal>> {
    const { region, body, from, documentNo } = handover;
    const inside = await this.insideOf(tx, handover);
    if (!inside.ok) return inside;
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('regions.hands', 0))`);
    const before = await this.heldBefore(tx, handover);
    if (before) return refuse({ code: 'MANAGED_BEFORE', ...before });
    await tx.query(
      `UPDATE regions.managed_area a SET valid = daterange(lower(a.valid), $2::date), ended_by_document = $3
        WHERE a.region = $1 AND upper_inf(a.valid)`,
      [region, from, documentNo],
    );
    if (body !== null) {
      await tx.query(
        `INSERT INTO regions.managed_area (region, body, body_region, valid, document_no, recorded_by, recorded_at)
         VALUES ($1, $2, $3, daterange($4::date, NULL), $5, $6, $7)`,
        [region, body, inside.value, from, documentNo, tx.context.actor, tx.now],
      );
    }
    tx.audit({ region, body, from, documentNo });
    return ok({ region });
  }

  /** The region in which the body may manage places; null where the place goes back to the county. */
  private async insideOf(
    tx: Tx,
    { region, body, from }: Handover,
  ): Promise<Result<string | null, HandoverRefusal>> {
    if (!isDay(from)) return refuse({ code: 'HANDOVER_DAY_WRONG', from: from.slice(0, 10) });
    const known = isRegionCode(region)
      ? await tx.query('SELECT FROM regions.region r WHERE r.code = $1', [region])
      : [];
    if (known.length === 0) return refuse({ code: 'REGION_UNKNOWN', region: region.slice(0, 12) });
    if (body === null) return ok(null);
    const inside = await this.regionOf(tx, body);
    if (inside === undefined) return refuse({ code: 'MANAGING_BODY_UNKNOWN', body });
    return covers(inside, region) && inside !== region
      ? ok(inside)
      : refuse({ code: 'REGION_OUTSIDE_BODY', region, inside });
  }

  /** What forbids it: the same hands on the day, others that only come later, or some that ended after it. */
  private async heldBefore(
    tx: Tx,
    { region, body, from }: Handover,
  ): Promise<{ body: string | null; from: Day | null } | undefined> {
    const [last] = await tx.query<{ body: string; from: Day; goesOn: boolean; ended: boolean }>(
      `SELECT a.body, lower(a.valid)::text AS "from", upper_inf(a.valid) AS "goesOn",
              coalesce(upper(a.valid) <= $2::date, false) AS ended
         FROM regions.managed_area a WHERE a.region = $1 ORDER BY lower(a.valid) DESC LIMIT 1`,
      [region, from],
    );
    if (!last || last.ended) return body === null ? { body, from: null } : undefined;
    const isFree = last.goesOn && last.from < from && last.body !== body;
    return isFree ? undefined : { body: last.body, from: last.from };
  }

  private async regionOf(tx: Tx, body: string): Promise<string | undefined> {
    const rows = await tx.query<{ region: string }>(
      'SELECT b.region FROM regions.managing_body b WHERE b.code = $1',
      [body],
    );
    return rows[0]?.region;
  }
}
