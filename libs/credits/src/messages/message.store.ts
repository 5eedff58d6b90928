import { Injectable } from '@nestjs/common';

import type { Database, Tx } from '@app/platform';
import type { MessageFacts } from './message.words';

/** Whose messages are meant: those addressed to one of these. */
export interface Addressees {
  readonly parties?: readonly string[];
  readonly cards?: readonly string[];
  /** Messages to villages in these regions; `withParties` also those to the parties that live there. */
  readonly regions?: readonly string[];
  readonly withParties?: boolean;
}

export interface StoredMessage extends MessageFacts {
  readonly id: string;
  readonly reversal: string;
  /** One of the three. */
  readonly party: { readonly id: string; readonly externalNo: string; readonly name: string } | null;
  readonly region: string | null;
  readonly card: string | null;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

type Grams = 'lostGrams' | 'holdingGrams' | 'bufferGrams' | 'voidGrams' | 'owedGrams' | 'stoodInGrams';
type Row = Omit<StoredMessage, Grams> & Readonly<Record<Grams, string>>;

export interface MessagePage {
  /** The id after which the page begins. */
  readonly after?: string;
  readonly count: number;
}

const SIZE = (range: string) => `upper(${range}) - lower(${range})`;
const ADDRESSED = `(n.party = ANY ($2::uuid[]) OR n.card = ANY ($3::uuid[])
  OR EXISTS (SELECT FROM unnest($4::text[]) own WHERE starts_with(n.region, own) OR ($5 AND starts_with(p.region, own))))`;
const columnsOf = ({ parties = [], cards = [], regions = [], withParties = false }: Addressees) => [
  parties,
  cards,
  regions,
  withParties,
];

/** The only code that writes messages. */
@Injectable()
export class MessageStore {
  /** Tells everybody whom a reversal touches, once: its rows are there, its replacements too. */
  async tell(tx: Tx, reversal: string): Promise<number> {
    let told = 0;
    for (const sql of [PARTIES, VILLAGES, CARDS]) {
      told += await tx.execute(sql, [tx.book, reversal, tx.now]);
    }
    return told;
  }

  /** The newest first. */
  async list(
    from: Pick<Database, 'query'>,
    book: number,
    to: Addressees,
    { after, count }: MessagePage,
  ): Promise<StoredMessage[]> {
    const rows = await from.query<Row>(
      `SELECT n.id, n.kind, n.reversal, v.kind AS "reversalKind", v.day::text AS day, n.region, n.card, n.parcels, n.parties,
              CASE WHEN p.id IS NOT NULL
                   THEN jsonb_build_object('id', p.id, 'externalNo', p.external_no, 'name', p.name) END AS party,
              n.lost_grams AS "lostGrams", n.holding_grams AS "holdingGrams", n.buffer_grams AS "bufferGrams",
              n.void_grams AS "voidGrams", n.owed_grams AS "owedGrams", n.stood_in_grams AS "stoodInGrams",
              n.created_at AS "createdAt", n.read_at AS "readAt"
         FROM credits.message n
         JOIN credits.reversal v ON v.book = n.book AND v.id = n.reversal
         LEFT JOIN registry.party p ON p.book = n.book AND p.id = n.party
        WHERE n.book = $1 AND ${ADDRESSED}
          AND ($6::uuid IS NULL OR (n.created_at, n.id) <
               (SELECT a.created_at, a.id FROM credits.message a WHERE a.book = $1 AND a.id = $6))
        ORDER BY n.created_at DESC, n.id DESC LIMIT $7`,
      [book, ...columnsOf(to), after ?? null, count],
    );
    return rows.map((row) => ({
      ...row,
      ...{ lostGrams: BigInt(row.lostGrams), holdingGrams: BigInt(row.holdingGrams) },
      ...{ bufferGrams: BigInt(row.bufferGrams), voidGrams: BigInt(row.voidGrams) },
      ...{ owedGrams: BigInt(row.owedGrams), stoodInGrams: BigInt(row.stoodInGrams) },
    }));
  }

  /** When it was read first; undefined when no such message is theirs. */
  async read(tx: Tx, id: string, to: Addressees): Promise<Date | undefined> {
    const own = `SELECT n.id FROM credits.message n LEFT JOIN registry.party p ON p.book = n.book AND p.id = n.party
                  WHERE n.book = $1 AND n.id = $6 AND ${ADDRESSED}`;
    const given = [tx.book, ...columnsOf(to), id];
    await tx.execute(
      `UPDATE credits.message m SET read_at = $7 WHERE m.book = $1 AND m.read_at IS NULL AND m.id = (${own})`,
      [...given, tx.now],
    );
    const rows = await tx.query<{ readAt: Date }>(
      `SELECT m.read_at AS "readAt" FROM credits.message m WHERE m.book = $1 AND m.id = (${own})`,
      given,
    );
    return rows[0]?.readAt;
  }
}

/** What each party lost, however many parcels it lay on, and what of its buffer was taken in others' stead. */
const PARTIES = `
  INSERT INTO credits.message (book, kind, reversal, party, parcels, lost_grams, holding_grams, buffer_grams, void_grams,
         owed_grams, stood_in_grams, created_at)
  SELECT $1, CASE WHEN sum(q.lost) > 0 THEN 'own-loss' ELSE 'stood-in' END, $2, q.party, count(DISTINCT q.parcel),
         sum(q.lost), sum(q.holding), sum(q.buffer), sum(q.void), sum(q.owed), sum(q.stood_in), $3
    FROM (SELECT s.party, m.parcel, s.lost_grams AS lost, s.holding_grams AS holding, s.buffer_grams AS buffer,
                 s.void_grams AS void, s.owed_grams AS owed, 0 AS stood_in
            FROM credits.reversal_share s JOIN credits.measurement m ON m.book = s.book AND m.id = s.measurement
           WHERE s.book = $1 AND s.reversal = $2
          UNION ALL
          SELECT r.by_party, NULL, 0, 0, 0, 0, 0, ${SIZE('r.by_serials')}
            FROM credits.replacement r WHERE r.book = $1 AND r.reversal = $2) q
   GROUP BY q.party`;

const VILLAGES = `
  INSERT INTO credits.message (book, kind, reversal, region, parcels, parties, lost_grams, holding_grams, buffer_grams,
         void_grams, owed_grams, created_at)
  SELECT $1, 'village-loss', $2, p.village, count(DISTINCT p.id), count(DISTINCT s.party), sum(s.lost_grams),
         sum(s.holding_grams), sum(s.buffer_grams), sum(s.void_grams), sum(s.owed_grams), $3
    FROM credits.reversal_share s
    JOIN credits.measurement m ON m.book = s.book AND m.id = s.measurement
    JOIN registry.parcel p ON p.book = m.book AND p.id = m.parcel
   WHERE s.book = $1 AND s.reversal = $2 GROUP BY p.village`;

/**
 * The cards on which lost grams lie, used or not. A lost gram that stood in for another is that other's loss, which may
 * have stood in itself.
 */
const CARDS = `
  WITH RECURSIVE hit (issuance, run) AS (
    SELECT r.issuance, r.serials FROM credits.reversed_serials r
     WHERE r.book = $1 AND r.reversal = $2 AND r.fate = 'owed'
    UNION
    SELECT r.issuance, int8range(lower(r.serials) + lower(x.part) - lower(r.by_serials),
                                 lower(r.serials) + upper(x.part) - lower(r.by_serials))
      FROM hit h
      JOIN credits.replacement r ON r.book = $1 AND r.by_issuance = h.issuance AND r.by_serials && h.run
       AND NOT (r.by_issuance = r.issuance AND r.by_serials = r.serials)
     CROSS JOIN LATERAL (SELECT r.by_serials * h.run AS part) x),
  lost AS (
    SELECT substring(b.place FROM '^(?:card|retired)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$')::uuid AS card,
           ${SIZE('b.serials * h.run')} AS grams
      FROM hit h JOIN credits.serial_block b ON b.book = $1 AND b.issuance = h.issuance AND b.serials && h.run)
  INSERT INTO credits.message (book, kind, reversal, card, lost_grams, owed_grams, created_at)
  SELECT $1, 'card-loss', $2, l.card, sum(l.grams), sum(l.grams), $3
    FROM lost l WHERE l.card IS NOT NULL GROUP BY l.card`;
