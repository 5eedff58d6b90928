import { Injectable } from '@nestjs/common';

import { Database, findingsOf, lineOfFinding, type Checks } from '@app/platform';

export interface RosterVerification {
  readonly ok: boolean;
  /** `CODE: facts`, at most some examples of each code; empty when all holds. */
  readonly findings: readonly string[];
}

/**
 * Each check finds rows that should not be there, in one statement, so that a book in use is compared with itself
 * at one instant. For the same reason they read the ledger and the payment lines beside the rosters.
 */
const CHECKS: Checks = {
  // A void roster keeps the figures of its notice, while its lines have left the payment.
  ROSTER_DIFFERS_FROM_LINES: `
    SELECT format('roster %s: %s lines of %s fen, due %s of %s to %s; in it %s of %s, due %s of %s to %s', r.no,
                  r.lines, r.total_fen, r.due_lines, r.due_fen, r.due_parties, coalesce(q.lines, 0),
                  coalesce(q.fen, 0), coalesce(q.due_lines, 0), coalesce(q.due_fen, 0), coalesce(q.due_parties, 0))
           AS facts
      FROM compensation.roster r
      LEFT JOIN (
        SELECT l.roster, count(*) AS lines, sum(l.amount_fen) AS fen,
               count(*) FILTER (WHERE l.state = 'included') AS due_lines,
               coalesce(sum(l.amount_fen) FILTER (WHERE l.state = 'included'), 0) AS due_fen,
               count(DISTINCT l.party) FILTER (WHERE l.state = 'included') AS due_parties
          FROM compensation.roster_line l WHERE l.book = $1 GROUP BY l.roster) q ON q.roster = r.id
     WHERE r.book = $1
       AND ((q.lines, q.fen) IS DISTINCT FROM (r.lines::bigint, r.total_fen::numeric)
            OR r.due_fen IS NOT NULL AND r.state <> 'void'
               AND (q.due_lines, q.due_fen, q.due_parties)
                   IS DISTINCT FROM (r.due_lines::bigint, r.due_fen::numeric, r.due_parties::bigint))`,
  // Of a roster whose lock is under way some slices are posted and nothing has a payment line.
  PAYMENT_DIFFERS_FROM_LINES: `
    WITH line AS (
      SELECT format('payable/%s/%s/%s', r.indicator, r.id, l.party) AS path, sum(l.amount_fen) AS fen
        FROM compensation.roster_line l JOIN compensation.roster r ON r.book = l.book AND r.id = l.roster
       WHERE l.book = $1 AND l.state = 'included' AND r.state = 'locked' GROUP BY 1),
    payment AS (
      SELECT format('payable/%s/%s/%s', b.fund, l.source_id, l.party) AS path, sum(l.amount_fen) AS fen
        FROM disbursement.payment_line l
        JOIN disbursement.payment_basis b ON b.book = l.book AND b.id = l.basis
       WHERE l.book = $1 AND b.kind = 'roster' GROUP BY 1),
    posted AS (
      SELECT a.path, -sum(p.amount) AS fen
        FROM ledger.entry e
        JOIN ledger.entry_kind k ON k.id = e.kind
        JOIN ledger.posting p ON p.book = e.book AND p.seq = e.seq
        JOIN ledger.account a ON a.book = p.book AND a.id = p.account
       WHERE e.book = $1 AND k.kind = 'compensation.lock' AND a.path LIKE 'payable/%'
         AND split_part(a.path, '/', 3) NOT IN (
           SELECT r.id::text FROM compensation.roster r WHERE r.book = $1 AND r.state = 'locking')
       GROUP BY a.path)
    SELECT format('%s: lines %s, payment %s, locked %s', path, coalesce(l.fen, 0), coalesce(p.fen, 0),
                  coalesce(k.fen, 0)) AS facts
      FROM line l FULL JOIN payment p USING (path) FULL JOIN posted k USING (path)
     WHERE coalesce(l.fen, 0) <> coalesce(p.fen, 0) OR coalesce(l.fen, 0) <> coalesce(k.fen, 0)`,
  PAYEE_DIFFERS_FROM_PAYMENT: `
    WITH payee AS (
      SELECT y.roster, y.party, y.amount_fen, y.payment_line
        FROM compensation.roster_payee y JOIN compensation.roster r ON r.book = y.book AND r.id = y.roster
       WHERE y.book = $1 AND r.state = 'locked'),
    payment AS (
      SELECT l.id, l.source_id, l.party, l.amount_fen
        FROM disbursement.payment_line l
        JOIN disbursement.payment_basis b ON b.book = l.book AND b.id = l.basis
       WHERE l.book = $1 AND b.kind = 'roster')
    SELECT format('roster %s party %s: payee %s, payment line %s', coalesce(y.roster, p.source_id),
                  coalesce(y.party, p.party), coalesce(y.amount_fen, 0), coalesce(p.amount_fen, 0)) AS facts
      FROM payee y FULL JOIN payment p ON p.id = y.payment_line
     WHERE (y.roster, y.party, y.amount_fen) IS DISTINCT FROM (p.source_id, p.party, p.amount_fen)`,
  // Whatever a lock and a payout do, money that was reserved stays with its roster until a release gives it back:
  // that of a void roster out of what is reserved, later only what was stopped.
  ROSTER_DIFFERS_FROM_LEDGER: `
    WITH account AS (
      SELECT split_part(a.path, '/', 2) AS indicator, split_part(a.path, '/', 3) AS roster,
             sum(a.credits - a.debits) AS fen, sum(a.debits) FILTER (WHERE k.kind = 'stopped') AS released
        FROM ledger.account a JOIN ledger.account_kind k ON k.id = a.kind
       WHERE a.book = $1 AND k.kind IN ('reserved', 'payable', 'in-transit', 'returned', 'stopped', 'paid')
       GROUP BY 1, 2),
    stated AS (
      SELECT r.indicator::text AS indicator, r.id::text AS roster, r.due_fen AS fen
        FROM compensation.roster r WHERE r.book = $1 AND r.reserved_at IS NOT NULL AND r.state <> 'void')
    SELECT format('roster %s of indicator %s: due %s, ledger %s and %s released', roster, indicator,
                  coalesce(s.fen, 0), coalesce(a.fen, 0), coalesce(a.released, 0)) AS facts
      FROM stated s FULL JOIN account a USING (indicator, roster)
     WHERE coalesce(s.fen, 0) <> coalesce(a.fen, 0) + coalesce(a.released, 0)`,
  // Reckoned again from the figures, by another hand than the one that wrote it.
  ENTITLEMENT_DIFFERS_FROM_FIGURES: `
    SELECT format('entitlement %s (%s): %s fen, its figures give %s', e.key, e.kind, e.amount_fen,
                  compensation.entitlement_fen(e.kind, e.figures)) AS facts
      FROM compensation.entitlement e
     WHERE e.book = $1
       AND NOT coalesce(e.amount_fen - compensation.entitlement_fen(e.kind, e.figures)
                        BETWEEN 0 AND CASE e.kind WHEN 'dividend' THEN 1 ELSE 0 END, false)`,
  LINE_DIFFERS_FROM_ENTITLEMENT: `
    SELECT format('roster %s line %s: %s fen to %s, entitlement %s: %s fen to %s', l.roster, l.no, l.amount_fen, l.party,
                  e.key, e.amount_fen, e.party) AS facts
      FROM compensation.roster_line l
      JOIN compensation.entitlement e ON e.book = l.book AND e.id = l.entitlement
     WHERE l.book = $1 AND (l.amount_fen, l.party, l.programme) <> (e.amount_fen, e.party, e.programme)`,
  ENTITLEMENT_PAID_TWICE: `
    SELECT format('entitlement %s: in %s live lines', l.entitlement, count(*)) AS facts
      FROM compensation.roster_line l
     WHERE l.book = $1 AND l.entitlement IS NOT NULL AND l.state IN ('included', 'objected', 'dismissed')
     GROUP BY l.entitlement HAVING count(*) > 1`,
  // The share of a parcel, the deduction and the quality of its line, once more.
  LINE_DIFFERS_FROM_FIGURES: `
    SELECT format('roster %s line %s: %s fen of the parcel, its figures give %s', l.roster, l.no, l.parcel_fen,
                  div(2 * l.area_mu100::numeric * (l.fen_per_mu - l.deduction_fen_per_mu) * l.quality_ppm + 100000000,
                      200000000)) AS facts
      FROM compensation.roster_line l
     WHERE l.book = $1 AND l.entitlement IS NULL
       AND (l.parcel_fen <> div(2 * l.area_mu100::numeric * (l.fen_per_mu - l.deduction_fen_per_mu) * l.quality_ppm
                                + 100000000, 200000000)
            OR abs(l.amount_fen - l.parcel_fen::numeric * l.share_ppm / 1000000) > 1)`,
  // An objection takes its line out of that roster for good. One that is out has no payment: see the lines above.
  OBJECTED_LINE_INCLUDED: `
    SELECT format('roster %s line %s: %s objections, and included', l.roster, l.no, count(*)) AS facts
      FROM compensation.objection o
      JOIN compensation.roster_line l ON l.book = o.book AND l.roster = o.roster AND l.no = o.line_no
     WHERE o.book = $1 AND l.state = 'included' GROUP BY l.roster, l.no`,
  // What a guard holds is not paid until two people let it go.
  HELD_LINE_INCLUDED: `
    SELECT format('roster %s line %s: held by %s, and included', l.roster, l.no, string_agg(DISTINCT f.guard, ' '))
           AS facts
      FROM compensation.held_line h
      JOIN compensation.roster_finding f ON f.book = h.book AND f.id = h.finding AND f.state <> 'released'
      JOIN compensation.roster_line l ON l.book = h.book AND l.roster = h.roster AND l.no = h.line_no
     WHERE h.book = $1 AND l.state = 'included' GROUP BY l.roster, l.no`,
  FINDING_RELEASED_WRONGLY: `
    SELECT format('finding %s of roster %s: released by its proposer or by the maker of the roster', f.id, r.no) AS facts
      FROM compensation.roster_finding f JOIN compensation.roster r ON r.book = f.book AND r.id = f.roster
     WHERE f.book = $1 AND f.state = 'released'
       AND (f.decided_by = f.proposed_by OR r.made_by IN (f.decided_by, f.proposed_by))`,
};

/** Compares rosters with their lines, what is locked and paid of them with the ledger and the payment lines. */
@Injectable()
export class RosterAudit {
  static readonly checks = CHECKS;

  constructor(private readonly database: Database) {}

  async execute(book: number): Promise<RosterVerification> {
    const findings = await findingsOf(this.database, book, CHECKS);
    return { ok: findings.length === 0, findings: findings.map(lineOfFinding) };
  }
}
