import { Injectable } from '@nestjs/common';

import { newId, type Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { RightKind } from '../registry.words';
import type { HeldShare, RightOrderReason } from '../right-orders/right-order.rules';
import { RightOrderStore } from '../right-orders/right-order.store';
import { moveSteps, type HeldRight, type RightMove } from './move.rules';

interface HeldRow extends Omit<HeldShare, 'sharePpm'> {
  readonly parcel: string;
  readonly code: string;
  readonly village: string;
  readonly rightsVersion: string;
  readonly kind: RightKind;
  readonly sharePpm: string;
}

/** Who proposed the event that moves the rights; who approves it is at work. */
export interface MovesOrder {
  readonly id: string;
  readonly reason: RightOrderReason;
  readonly evidence: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
}

@Injectable()
export class MoveStore {
  constructor(private readonly rightOrders: RightOrderStore) {}

  /** Holds the parcels, in id order, against other changes of their rights; those that have another version now. */
  async lockParcels(tx: Tx, moves: readonly RightMove[]): Promise<string[]> {
    const rows = await tx.query<{ id: string; version: string }>(
      `SELECT p.id, p.rights_version AS version FROM registry.parcel p
        WHERE p.book = $1 AND p.id = ANY ($2::uuid[]) ORDER BY p.id FOR NO KEY UPDATE`,
      [tx.book, moves.map(({ parcel }) => parcel.id)],
    );
    const versions = new Map(rows.map(({ id, version }) => [id, BigInt(version)]));
    const moved = moves.filter(({ parcel }) => versions.get(parcel.id) !== parcel.rightsVersion);
    return [...new Set(moved.map(({ parcel }) => parcel.code))];
  }

  /**
   * Every right the party holds on the day or later, with all who share it, by parcel code and kind. The parcels are
   * locked first: what is read is what the versions stand for.
   */
  async heldBy(tx: Tx, party: string, day: Day): Promise<HeldRight[]> {
    await tx.query(
      `SELECT FROM registry.parcel p
        WHERE p.book = $1 AND p.id IN (
              SELECT r.parcel FROM registry.right_share r
               WHERE r.book = $1 AND r.party = $2 AND r.valid && daterange($3::date, NULL))
        ORDER BY p.id FOR NO KEY UPDATE`,
      [tx.book, party, day],
    );
    const rows = await tx.query<HeldRow>(
      `SELECT r.parcel, p.code, p.village, p.rights_version AS "rightsVersion", r.kind, r.id, r.party,
              t.external_no AS "externalNo", r.share_ppm AS "sharePpm", r.document_no AS "documentNo",
              lower(r.valid)::text AS "from", (upper(r.valid) - 1)::text AS "to"
         FROM registry.right_share r
         JOIN registry.parcel p ON p.book = r.book AND p.id = r.parcel
         JOIN registry.party t ON t.book = r.book AND t.id = r.party
        WHERE r.book = $1 AND r.valid && daterange($3::date, NULL) AND (r.parcel, r.kind) IN (
              SELECT o.parcel, o.kind FROM registry.right_share o
               WHERE o.book = $1 AND o.party = $2 AND o.valid && daterange($3::date, NULL))
        ORDER BY p.code COLLATE "C", r.kind, t.external_no COLLATE "C", lower(r.valid)`,
      [tx.book, party, day],
    );
    const rights = new Map<string, HeldRight & { shares: HeldShare[] }>();
    for (const { parcel: id, code, village, rightsVersion, kind, ...share } of rows) {
      const key = `${id} ${kind}`;
      const parcel = { id, code, village, rightsVersion: BigInt(rightsVersion) };
      const right = rights.get(key) ?? { parcel, kind, shares: [] };
      right.shares.push({ ...share, sharePpm: BigInt(share.sharePpm) });
      rights.set(key, right);
    }
    return [...rights.values()];
  }

  /** Moves the rights on the day, each by an order of its own that is decided with the event. */
  async apply(tx: Tx, event: MovesOrder, moves: readonly RightMove[], from: Day): Promise<void> {
    const { id: partyOrder, reason, evidence, proposedBy, proposedAt } = event;
    for (const { parcel, kind, before, after } of moves) {
      const order = { id: newId(), parcel, kind, from, reason, before, after, evidence };
      await this.rightOrders.insert(tx, { ...order, event: { partyOrder, proposedBy, proposedAt } });
      await this.rightOrders.apply(tx, order, moveSteps({ parcel, kind, before, after }));
      await this.rightOrders.decide(tx, order.id, null);
    }
  }
}
