import { Injectable } from '@nestjs/common';

import { Database, findingsOf, lineOfFinding, type Checks } from '@app/platform';

export interface CardVerification {
  readonly ok: boolean;
  /** `CODE: facts`, at most some examples of each code; empty when all holds. */
  readonly findings: readonly string[];
}

/**
 * Each check finds rows that should not be there, in one statement, so that a book in use is compared with itself
 * at one instant. For the same reason they read the ledger's accounts beside the rows.
 */
const CHECKS: Checks = {
  CARD_DIFFERS_FROM_LEDGER: `
    WITH account AS (
      SELECT a.path, sum(a.side * (a.debits - a.credits)) AS grams FROM ledger.account a
       WHERE a.book = $1 AND (a.path LIKE 'card/%' OR a.path LIKE 'retired/%') GROUP BY a.path),
    stated AS (
      SELECT 'card/' || c.id AS path, c.grams - c.retired_grams - c.refunded_grams AS grams
        FROM cards.card c WHERE c.book = $1
      UNION ALL SELECT 'retired/' || c.id, c.retired_grams FROM cards.card c WHERE c.book = $1)
    SELECT format('%s: stated %s, ledger %s', coalesce(s.path, a.path), coalesce(s.grams, 0), coalesce(a.grams, 0))
           AS facts
      FROM stated s FULL JOIN account a USING (path) WHERE coalesce(s.grams, 0) <> coalesce(a.grams, 0)`,
  UNSPLIT_DIFFERS_FROM_LEDGER: `
    WITH account AS (
      SELECT a.path, a.side * (a.debits - a.credits) AS fen FROM ledger.account a
       WHERE a.book = $1 AND a.path LIKE 'unsplit/%'),
    stated AS (
      SELECT 'unsplit/' || o.id AS path, o.amount_fen - o.refunded_fen AS fen
        FROM cards.card_order o WHERE o.book = $1 AND o.state IN ('paid', 'late'))
    SELECT format('%s: stated %s, ledger %s', coalesce(s.path, a.path), coalesce(s.fen, 0), coalesce(a.fen, 0))
           AS facts
      FROM stated s FULL JOIN account a USING (path) WHERE coalesce(s.fen, 0) <> coalesce(a.fen, 0)`,
  ORDER_WITHOUT_ITS_GRAMS: `
    SELECT format('order %s keeps %s g, its suppliers %s g', o.no, o.grams - o.refunded_grams,
                  coalesce(s.grams, 0)) AS facts
      FROM cards.card_order o
      LEFT JOIN (SELECT supply_id, sum(kept_grams) AS grams FROM cards.order_supplier WHERE book = $1
                  GROUP BY supply_id) s ON s.supply_id = o.supply_id
     WHERE o.book = $1 AND o.state IN ('paid', 'split') AND o.grams - o.refunded_grams <> coalesce(s.grams, 0)`,
  SETTLEMENT_DIFFERS_FROM_ORDERS: `
    SELECT format('settlement %s: lines %s, orders %s', t.no, coalesce(l.fen, 0), coalesce(s.fen, 0)) AS facts
      FROM cards.settlement t
      LEFT JOIN (SELECT settlement, sum(amount_fen) AS fen FROM cards.settlement_line WHERE book = $1
                  GROUP BY settlement) l ON l.settlement = t.id
      LEFT JOIN (SELECT settlement, sum(suppliers_fen + nontax_fen) AS fen FROM cards.order_split WHERE book = $1
                  GROUP BY settlement) s ON s.settlement = t.id
     WHERE t.book = $1 AND t.state = 'closed' AND coalesce(l.fen, 0) <> coalesce(s.fen, 0)`,
  CERTIFIED_DIFFERS_FROM_RETIRED: `
    SELECT format('card %s: certified %s, certificates %s, their retirements %s', c.id, c.certified_grams,
                  coalesce(t.grams, 0), coalesce(r.grams, 0)) AS facts
      FROM cards.card c
      LEFT JOIN (SELECT card_id, sum(grams) AS grams FROM cards.certificate WHERE book = $1 GROUP BY card_id) t
           ON t.card_id = c.id
      LEFT JOIN (SELECT card_id, sum(grams) AS grams FROM cards.retirement
                  WHERE book = $1 AND certificate IS NOT NULL GROUP BY card_id) r ON r.card_id = c.id
     WHERE c.book = $1
       AND (c.certified_grams, c.certified_grams) IS DISTINCT FROM (coalesce(t.grams, 0), coalesce(r.grams, 0))`,
};

/** Compares what this lib states of grams and money with the ledger, and its statements with each other. */
@Injectable()
export class CardAudit {
  static readonly checks = CHECKS;

  constructor(private readonly database: Database) {}

  async execute(book: number): Promise<CardVerification> {
    const findings = await findingsOf(this.database, book, CHECKS);
    return { ok: findings.length === 0, findings: findings.map(lineOfFinding) };
  }
}
