import { Injectable } from '@nestjs/common';

import { newId, type Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { EntitlementKind } from './entitlement.words';
import type { Figures } from './sentence.rules';

export interface EntitlementDraft {
  readonly programme: string;
  readonly kind: EntitlementKind;
  /** What is owed, by the words of its kind: the same thing is owed once. */
  readonly key: string;
  /** A village, or a township. */
  readonly region: string;
  readonly party: string;
  readonly parcel?: string | undefined;
  readonly quantity: bigint;
  readonly rateFen?: bigint | undefined;
  readonly figures: Figures;
  readonly amountFen: bigint;
  readonly dueOn: Day;
  /** The records it follows from. */
  readonly sources: readonly string[];
}

/** An entitlement that a roster can take. */
export interface DueEntitlement {
  readonly entitlement: string;
  readonly village: string;
  readonly party: string;
  readonly amountFen: bigint;
}

/** Not in a live line, and no objection to a line of it was right. */
const FREE = `
  NOT EXISTS (
    SELECT FROM compensation.roster_line l
      LEFT JOIN compensation.objection o ON o.book = l.book AND o.roster = l.roster AND o.line_no = l.no
     WHERE l.book = e.book AND l.entitlement = e.id
       AND (l.state IN ('included', 'objected', 'dismissed') OR o.outcome = 'upheld'))`;

@Injectable()
export class EntitlementStore {
  /** Writes what is owed: one statement, whatever the number. Returns how many were not owed before. */
  async insert(tx: Tx, drafts: readonly EntitlementDraft[]): Promise<number> {
    const added = await tx.query(
      `INSERT INTO compensation.entitlement (book, id, programme, kind, key, region, party, parcel, quantity, rate_fen,
              figures, amount_fen, due_on, year, sources, made_by, made_at)
       SELECT $1, e.id, e.programme, e.kind, e.key, e.region, e.party, e.parcel, e.quantity, e.rate, e.figures::jsonb,
              e.amount, e.due, extract(year FROM e.due)::int,
              ARRAY(SELECT s::uuid FROM unnest(string_to_array(e.sources, ' ')) AS s), $2, $3
         FROM unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::uuid[], $10::uuid[], $11::bigint[],
                     $12::bigint[], $13::text[], $14::bigint[], $15::date[], $16::text[])
              AS e (id, programme, kind, key, region, party, parcel, quantity, rate, figures, amount, due, sources)
       ON CONFLICT (book, programme, key) DO NOTHING RETURNING id`,
      [
        ...[tx.book, tx.context.actor, tx.now],
        drafts.map(() => newId()),
        drafts.map(({ programme }) => programme),
        drafts.map(({ kind }) => kind),
        drafts.map(({ key }) => key),
        drafts.map(({ region }) => region),
        drafts.map(({ party }) => party),
        drafts.map(({ parcel }) => parcel ?? null),
        drafts.map(({ quantity }) => quantity.toString()),
        drafts.map(({ rateFen }) => rateFen?.toString() ?? null),
        drafts.map(({ figures }) => JSON.stringify(figures)),
        drafts.map(({ amountFen }) => amountFen.toString()),
        drafts.map(({ dueOn }) => dueOn),
        drafts.map(({ sources }) => sources.join(' ')),
      ],
    );
    return added.length;
  }

  /** What is due in a region by the day and stands in no roster, in the order of the lines. */
  async due(
    tx: Tx,
    query: { programme: string; kind: EntitlementKind; region: string; asOf: Day },
  ): Promise<DueEntitlement[]> {
    const rows = await tx.query<{ id: string; region: string; party: string; amount_fen: string }>(
      `SELECT e.id, e.region, e.party, e.amount_fen
         FROM compensation.entitlement e
         JOIN registry.party t ON t.book = e.book AND t.id = e.party
        WHERE e.book = $1 AND e.programme = $2 AND e.kind = $3 AND starts_with(e.region, $4) AND e.due_on <= $5::date
          AND ${FREE}
        ORDER BY e.region, t.external_no COLLATE "C", e.key`,
      [tx.book, query.programme, query.kind, query.region, query.asOf],
    );
    return rows.map((row) => ({
      entitlement: row.id,
      village: row.region,
      party: row.party,
      amountFen: BigInt(row.amount_fen),
    }));
  }
}
