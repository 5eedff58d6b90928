import { Injectable } from '@nestjs/common';

import { Database, findingsOf, lineOfFinding, type Checks } from '@app/platform';

export interface PaymentVerification {
  readonly ok: boolean;
  /** `CODE: facts`, at most some examples of each code; empty when all holds. */
  readonly findings: readonly string[];
}

/**
 * Each check finds rows that should not be there, in one statement, so that a book in use is compared with itself
 * at one instant. For the same reason they read the ledger's accounts beside the lines.
 */
const CHECKS: Checks = {
  // A payable without a basis is not yet this lib's: whoever posts it opens the basis when all of it is there.
  LINES_DIFFER_FROM_LEDGER: `
    WITH account AS (
      SELECT a.path, a.side * (a.debits - a.credits) AS fen
        FROM ledger.account a JOIN ledger.account_kind k ON k.id = a.kind
       WHERE a.book = $1
         AND (k.kind IN ('in-transit', 'returned', 'paid', 'in-transit-market', 'returned-market')
              OR k.kind IN ('payable', 'payable-market') AND split_part(a.path, '/', 3) IN (
                SELECT b.source_id::text FROM disbursement.payment_basis b WHERE b.book = $1))),
    stated AS (
      SELECT CASE b.rail || ' ' || l.state
               WHEN 'fiscal pending' THEN format('payable/%s/%s/%s', b.fund, l.source_id, l.party)
               WHEN 'fiscal in-transit' THEN format('in-transit/%s/%s/%s', b.fund, l.source_id, l.batch)
               WHEN 'fiscal returned' THEN format('returned/%s/%s/%s', b.fund, l.source_id, l.batch)
               WHEN 'fiscal paid' THEN format('paid/%s/%s', b.fund, l.source_id)
               WHEN 'market pending' THEN format('payable-market/%s/%s', l.party, l.source_id)
               WHEN 'market in-transit' THEN format('in-transit-market/%s', l.batch)
               WHEN 'market returned' THEN format('returned-market/%s', l.batch)
             END AS path, sum(l.due_fen) AS fen
        FROM disbursement.payment_line l
        JOIN disbursement.payment_basis b ON b.book = l.book AND b.id = l.basis
       WHERE l.book = $1 AND l.state <> 'stopped' AND b.rail || ' ' || l.state <> 'market paid'
       GROUP BY 1)
    SELECT format('%s: lines %s, ledger %s', coalesce(s.path, a.path), coalesce(s.fen, 0), coalesce(a.fen, 0))
           AS facts
      FROM stated s FULL JOIN account a USING (path) WHERE coalesce(s.fen, 0) <> coalesce(a.fen, 0)`,
  // A release takes stopped money back to its indicator: what ever came in is compared, not what is left.
  STOPPED_DIFFERS_FROM_LEDGER: `
    WITH account AS (
      SELECT a.path, a.credits AS fen
        FROM ledger.account a JOIN ledger.account_kind k ON k.id = a.kind
       WHERE a.book = $1 AND k.kind = 'stopped'),
    stated AS (
      SELECT format('stopped/%s/%s', b.fund, l.source_id) AS path,
             sum(l.amount_fen - CASE l.state WHEN 'stopped' THEN 0 ELSE l.due_fen END) AS fen
        FROM disbursement.payment_line l
        JOIN disbursement.payment_basis b ON b.book = l.book AND b.id = l.basis
       WHERE l.book = $1 GROUP BY 1)
    SELECT format('%s: lines %s, ledger %s', coalesce(s.path, a.path), coalesce(s.fen, 0), coalesce(a.fen, 0))
           AS facts
      FROM stated s FULL JOIN account a USING (path) WHERE coalesce(s.fen, 0) <> coalesce(a.fen, 0)`,
  LINE_OUT_TWICE: `
    SELECT format('payment line %s: %s attempts paid, %s without a last word', q.line, q.paid, q.waiting) AS facts
      FROM (SELECT x.line, count(*) FILTER (WHERE x.result = 'S') AS paid,
                   count(*) FILTER (WHERE coalesce(x.result, 'P') = 'P') AS waiting
              FROM disbursement.batch_line x WHERE x.book = $1 GROUP BY x.line) q
     WHERE q.paid + q.waiting > 1`,
  BATCH_DIFFERS_FROM_LINES: `
    SELECT format('batch %s: %s lines of %s fen, in it %s of %s', t.no, t.lines, t.total_fen, coalesce(q.lines, 0),
                  coalesce(q.fen, 0)) AS facts
      FROM disbursement.batch t
      LEFT JOIN (SELECT x.batch, count(*) AS lines, sum(x.amount_fen) AS fen
                   FROM disbursement.batch_line x WHERE x.book = $1 GROUP BY x.batch) q ON q.batch = t.id
     WHERE t.book = $1 AND (q.lines, q.fen) IS DISTINCT FROM (t.lines::bigint, t.total_fen::numeric)`,
  LINES_EXCEED_BASIS: `
    SELECT format('basis %s of %s %s: total %s, counted %s, lines %s', b.id, b.kind, b.source_id, b.total_fen,
                  b.lines_fen, coalesce(q.fen, 0)) AS facts
      FROM disbursement.payment_basis b
      LEFT JOIN (SELECT l.basis, sum(l.amount_fen) AS fen
                   FROM disbursement.payment_line l WHERE l.book = $1 GROUP BY l.basis) q ON q.basis = b.id
     WHERE b.book = $1 AND (coalesce(q.fen, 0) > b.total_fen OR coalesce(q.fen, 0) <> b.lines_fen)`,
  LINE_CONTRADICTS_BATCH: `
    SELECT format('payment line %s: %s, %s fen; batch %s, %s: result %s, %s fen', l.id, l.state, l.due_fen,
                  coalesce(t.no, 'none'), coalesce(t.state, 'none'), coalesce(x.result, 'none'),
                  coalesce(x.amount_fen, 0)) AS facts
      FROM disbursement.payment_line l
      LEFT JOIN disbursement.batch_line x ON x.book = l.book AND x.batch = l.batch AND x.line = l.id
      LEFT JOIN disbursement.batch t ON t.book = l.book AND t.id = l.batch
     WHERE l.book = $1 AND l.batch IS NOT NULL
       AND (x.amount_fen IS DISTINCT FROM l.due_fen OR NOT coalesce(CASE
              WHEN x.result = 'S' THEN l.state = 'paid' AND t.state IN ('submitted', 'done')
              WHEN x.result = 'F' THEN l.state IN ('returned', 'stopped') AND t.state IN ('submitted', 'done')
              WHEN x.result = 'P' THEN l.state = 'in-transit' AND t.state = 'submitted'
              WHEN l.state = 'pending' THEN t.state IN ('planned', 'submitting')
              ELSE l.state = 'in-transit' AND t.state IN ('submitting', 'submitted') END, false))`,
  // A line that no batch holds may be planned: all its attempts so far must have been refused.
  LINE_FORGETS_BATCH: `
    SELECT format('payment line %s: %s, without a batch; in batch %s its result is %s', l.id, l.state, x.batch,
                  coalesce(x.result, 'none')) AS facts
      FROM disbursement.payment_line l
      JOIN disbursement.batch_line x ON x.book = l.book AND x.line = l.id AND x.result IS DISTINCT FROM 'F'
     WHERE l.book = $1 AND l.batch IS NULL`,
};

/** Compares what the payment lines say of money with the ledger, and with the batches and bases they belong to. */
@Injectable()
export class PaymentAudit {
  static readonly checks = CHECKS;

  constructor(private readonly database: Database) {}

  async execute(book: number): Promise<PaymentVerification> {
    const findings = await findingsOf(this.database, book, CHECKS);
    return { ok: findings.length === 0, findings: findings.map(lineOfFinding) };
  }
}
