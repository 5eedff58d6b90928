import type { Checks } from '@app/platform';

/** What two books say of one agreement. Each book asks for itself, and looks at the other. */
export const AGREEMENT_CHECKS: Checks = {
  AGREEMENT_TERMS_DIFFER: `
    SELECT format('agreement %s: here %s fen, there %s', a.id, a.amount_fen, o.amount_fen) AS facts
      FROM funds.agreement a JOIN funds.agreement o ON o.id = a.id AND o.book <> a.book
     WHERE a.book = $1
       AND (o.agreement_no, o.purpose, o.payer_book, o.recipient_book, o.amount_fen, o.valid)
           <> (a.agreement_no, a.purpose, a.payer_book, a.recipient_book, a.amount_fen, a.valid)`,
  // What was remitted and waits to be received is no difference; what was received must have been remitted so.
  AGREEMENT_SIDES_DIFFER: `
    SELECT format('agreement %s, transfer %s: remitted %s, received %s', r.agreement, r.no,
                  coalesce(p.amount_fen::text, 'nothing'), r.amount_fen) AS facts
      FROM funds.agreement a
      JOIN funds.agreement_transfer r ON r.agreement = a.id AND r.book = a.recipient_book
      LEFT JOIN funds.agreement_transfer p ON p.agreement = r.agreement AND p.no = r.no AND p.book = a.payer_book
     WHERE a.book = $1 AND p.amount_fen IS DISTINCT FROM r.amount_fen`,
  BENEFIT_SIDES_DIFFER: `
    SELECT format('agreement %s, benefit %s: here %s, there %s', h.agreement, h.no, h.valued_fen, t.valued_fen) AS facts
      FROM funds.agreement_benefit h
      JOIN funds.agreement_benefit t ON t.agreement = h.agreement AND t.no = h.no AND t.book <> h.book
     WHERE h.book = $1 AND (h.kind, h.valued_fen, h.given_on) <> (t.kind, t.valued_fen, t.given_on)`,
  CLEARING_DIFFERS_FROM_TRANSFERS: `
    WITH account AS (
      SELECT a.path, a.side * (a.debits - a.credits) AS fen
        FROM ledger.account a JOIN ledger.account_kind k ON k.id = a.kind
       WHERE a.book = $1 AND k.kind IN ('clearing-in', 'clearing-out')),
    stated AS (
      SELECT format('clearing-%s/%s/%s', CASE WHEN t.remitted_by IS NULL THEN 'out' ELSE 'in' END, t.indicator,
                    t.agreement) AS path, sum(t.amount_fen) AS fen
        FROM funds.agreement_transfer t WHERE t.book = $1 GROUP BY 1)
    SELECT format('%s: transfers %s, ledger %s', coalesce(s.path, c.path), coalesce(s.fen, 0), coalesce(c.fen, 0))
           AS facts
      FROM stated s FULL JOIN account c USING (path) WHERE coalesce(s.fen, 0) <> coalesce(c.fen, 0)`,
};
