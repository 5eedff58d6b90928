import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { Queries } from '../party.store';
import type { RightKind } from '../registry.words';
import { shareOf, type StoredShare } from '../right-orders/right-order.store';
import type { HeldRight, RightMove } from './move.rules';
import type { FactField, PartyEvent, PartyFacts } from './party-order.rules';

export type PartyOrderState = 'proposed' | 'approved' | 'rejected';

/** A party as an order names it. */
export interface NamedParty {
  readonly id: string;
  readonly externalNo: string;
  readonly name: string;
  readonly region: string;
}

/** A right that its holder keeps though it is closed. */
export type StayingRight = { readonly code: string; readonly kind: RightKind };

export interface NewPartyOrder {
  readonly id: string;
  readonly event: PartyEvent;
  readonly party: Pick<NamedParty, 'id'> & { readonly version: bigint };
  readonly other: Pick<NamedParty, 'id'> | null;
  readonly day: Day;
  readonly facts: PartyFacts;
  readonly changed: readonly FactField[];
  readonly moves: readonly RightMove[];
  readonly staying: readonly StayingRight[];
  readonly documentNo: string;
  readonly evidence: string;
}

export interface PartyOrder extends Omit<NewPartyOrder, 'party' | 'other'> {
  readonly party: NamedParty;
  readonly partyVersion: bigint;
  /** Of a split the new household, of a merger the one that is joined. */
  readonly other: NamedParty | null;
  readonly state: PartyOrderState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly rejection: string | null;
}

export interface PartyOrderFilter {
  /** Parties of these regions only. */
  readonly scope: readonly string[];
  readonly state?: PartyOrderState | undefined;
  /** Orders about this party, or that it came out of or took over by. */
  readonly party?: string | undefined;
  /** The order after which the page begins. */
  readonly after?: string | undefined;
  readonly count: number;
}

interface StoredMove {
  readonly parcel: string;
  readonly code: string;
  readonly village: string;
  readonly kind: RightKind;
  readonly rightsVersion: string;
  readonly before: readonly (StoredShare & {
    readonly id: string;
    readonly from: Day;
    readonly to: Day | null;
  })[];
  readonly after: readonly (StoredShare & { readonly to: Day | null })[];
}

type OrderRow = Omit<PartyOrder, 'partyVersion' | 'moves' | 'facts' | 'other'> &
  PartyFacts & {
    readonly partyVersion: string;
    readonly moves: readonly StoredMove[];
    readonly other: string | null;
    readonly otherParty: NamedParty | null;
  };

const NAMED = (alias: string): string =>
  `jsonb_build_object('id', ${alias}.id, 'externalNo', ${alias}.external_no, 'name', ${alias}.name, 'region', ${alias}.region)`;
const COLUMNS = `o.id, o.event, ${NAMED('p')} AS party, o.party_version AS "partyVersion", o.other,
  CASE WHEN h.id IS NOT NULL THEN ${NAMED('h')} END AS "otherParty", o.day::text AS day, o.external_no AS "externalNo",
  o.name, o.region, o.id_number_sealed AS "idNumberSealed", o.id_number_index AS "idNumberIndex",
  o.phone_sealed AS "phoneSealed", o.phone_index AS "phoneIndex", o.changed, o.moves, o.staying,
  o.document_no AS "documentNo", o.evidence, o.state, o.proposed_by AS "proposedBy", o.proposed_at AS "proposedAt",
  o.decided_by AS "decidedBy", o.decided_at AS "decidedAt", o.rejection`;
/** A household that a split is to make is not there yet. */
const FROM = `registry.party_order o JOIN registry.party p ON p.book = o.book AND p.id = o.party
  LEFT JOIN registry.party h ON h.book = o.book AND h.id = o.other`;

@Injectable()
export class PartyOrderStore {
  async insert(tx: Tx, order: NewPartyOrder): Promise<void> {
    const { facts } = order;
    await tx.query(
      `INSERT INTO registry.party_order (book, id, event, party, other, day, external_no, name, region, id_number_sealed,
              id_number_index, phone_sealed, phone_index, changed, moves, staying, document_no, evidence,
              party_version, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
      [
        ...[tx.book, order.id, order.event, order.party.id, order.other?.id ?? null, order.day],
        ...[facts.externalNo, facts.name, facts.region, facts.idNumberSealed, facts.idNumberIndex],
        ...[facts.phoneSealed, facts.phoneIndex, order.changed],
        ...[JSON.stringify(order.moves.map(storedMove)), JSON.stringify(order.staying)],
        ...[order.documentNo, order.evidence, order.party.version.toString(), tx.context.actor, tx.now],
      ],
    );
  }

  async lock(tx: Tx, id: string): Promise<PartyOrder | undefined> {
    const rows = await tx.query<OrderRow>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE o.book = $1 AND o.id = $2 FOR UPDATE OF o`,
      [tx.book, id],
    );
    return rows.map(orderOf)[0];
  }

  /** The newest first. */
  async list(from: Queries, book: number, filter: PartyOrderFilter): Promise<PartyOrder[]> {
    const rows = await from.query<OrderRow>(
      `SELECT ${COLUMNS} FROM ${FROM}
        WHERE o.book = $1 AND ($2::text IS NULL OR o.state = $2) AND ($3::uuid IS NULL OR $3 IN (o.party, o.other))
          AND EXISTS (SELECT FROM unnest($4::text[]) own WHERE starts_with(p.region, own))
          AND ($5::uuid IS NULL OR (o.proposed_at, o.id) < (
                SELECT a.proposed_at, a.id FROM registry.party_order a WHERE a.book = $1 AND a.id = $5))
        ORDER BY o.proposed_at DESC, o.id DESC LIMIT $6`,
      [book, filter.state ?? null, filter.party ?? null, filter.scope, filter.after ?? null, filter.count],
    );
    return rows.map(orderOf);
  }

  async decide(tx: Tx, id: string, rejection: string | null): Promise<void> {
    await tx.query(
      `UPDATE registry.party_order SET state = $3, decided_by = $4, decided_at = $5, rejection = $6
        WHERE book = $1 AND id = $2`,
      [tx.book, id, rejection === null ? 'approved' : 'rejected', tx.context.actor, tx.now, rejection],
    );
  }
}

const storedMove = ({ parcel, kind, before, after }: RightMove) => ({
  ...{ parcel: parcel.id, code: parcel.code, village: parcel.village, kind },
  rightsVersion: parcel.rightsVersion.toString(),
  before: before.map((share) => ({ ...share, sharePpm: share.sharePpm.toString() })),
  after: after.map((share) => ({ ...share, sharePpm: share.sharePpm.toString() })),
});

const moveOf = ({
  parcel: id,
  code,
  village,
  kind,
  rightsVersion,
  before,
  after,
}: StoredMove): RightMove => ({
  parcel: { id, code, village, rightsVersion: BigInt(rightsVersion) },
  kind,
  before: before.map((share) => ({ ...share, ...shareOf(share) })),
  after: after.map((share) => ({ ...share, ...shareOf(share) })),
});

/** Rights as an order names them. */
export const namesOf = (rights: readonly HeldRight[]): StayingRight[] =>
  rights.map(({ parcel, kind }) => ({ code: parcel.code, kind }));

function orderOf(row: OrderRow): PartyOrder {
  const { partyVersion, moves, other, otherParty, ...order } = row;
  const { externalNo, name, region, idNumberSealed, idNumberIndex, phoneSealed, phoneIndex, ...rest } = order;
  const facts = { externalNo, name, region, idNumberSealed, idNumberIndex, phoneSealed, phoneIndex };
  const planned = other === null ? null : { id: other, externalNo, name, region };
  return {
    ...rest,
    facts,
    partyVersion: BigInt(partyVersion),
    moves: moves.map(moveOf),
    other: otherParty ?? planned,
  };
}
