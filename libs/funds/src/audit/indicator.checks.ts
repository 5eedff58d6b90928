import type { Checks } from '@app/platform';

/** Of each indicator, by kind of account, what the ledger has. */
const ACCOUNTS = `
  account AS MATERIALIZED (
    SELECT k.kind, split_part(a.path, '/', 2) AS indicator, sum(a.side * (a.debits - a.credits)) AS fen
      FROM ledger.account a JOIN ledger.account_kind k ON k.id = a.kind
     WHERE a.book = $1 AND k.kind IN ('allotted', 'clearing-in', 'fund', 'reserved', 'payable', 'in-transit', 'returned',
                                      'stopped', 'paid', 'recovered', 'clearing-out')
     GROUP BY 1, 2)`;

export const INDICATOR_CHECKS: Checks = {
  INDICATOR_DIFFERS_FROM_LEDGER: `
    WITH ${ACCOUNTS},
    stated AS (
      SELECT i.id::text AS indicator,
             i.amount_fen + coalesce((SELECT sum(j.change_fen) FROM funds.adjustment j
                                       WHERE j.book = i.book AND j.indicator = i.id), 0) AS fen
        FROM funds.indicator i WHERE i.book = $1),
    counted AS (
      SELECT indicator, sum(fen) AS fen FROM account WHERE kind IN ('allotted', 'clearing-in') GROUP BY 1)
    SELECT format('indicator %s: documents %s, ledger %s', coalesce(s.indicator, c.indicator), coalesce(s.fen, 0),
                  coalesce(c.fen, 0)) AS facts
      FROM stated s FULL JOIN counted c USING (indicator) WHERE coalesce(s.fen, 0) <> coalesce(c.fen, 0)`,
  // The zero sum of an entry does not say that it stays with one indicator.
  INDICATOR_DOES_NOT_ADD_UP: `
    WITH ${ACCOUNTS}
    SELECT format('indicator %s: allotted %s, elsewhere %s', q.indicator, q.allotted, q.rest) AS facts
      FROM (SELECT indicator, coalesce(sum(fen) FILTER (WHERE kind IN ('allotted', 'clearing-in')), 0) AS allotted,
                   coalesce(sum(fen) FILTER (WHERE kind NOT IN ('allotted', 'clearing-in')), 0) AS rest
              FROM account GROUP BY 1) q
     WHERE q.allotted <> q.rest`,
  RECOVERED_DIFFERS_FROM_DECISIONS: `
    WITH ${ACCOUNTS},
    stated AS (
      SELECT y.indicator::text AS indicator, sum(y.amount_fen) AS fen
        FROM funds.year_end y WHERE y.book = $1 AND y.state = 'approved' GROUP BY 1)
    SELECT format('indicator %s: decided %s, ledger %s', coalesce(s.indicator, c.indicator), coalesce(s.fen, 0),
                  coalesce(c.fen, 0)) AS facts
      FROM stated s FULL JOIN (SELECT * FROM account WHERE kind = 'recovered') c USING (indicator)
     WHERE coalesce(s.fen, 0) <> coalesce(c.fen, 0)`,
  CARRY_OVER_BROKEN: `
    SELECT format('indicator %s of %s: carried from %s of %s, %s years, %s fen of %s', n.id, n.year, o.id, o.year,
                  n.carried_years, n.amount_fen, coalesce(y.amount_fen::text, 'no decision')) AS facts
      FROM funds.indicator n
      JOIN funds.indicator o ON o.book = n.book AND o.id = n.carried_from
      LEFT JOIN funds.year_end y ON y.book = n.book AND y.new_indicator = n.id AND y.indicator = o.id
            AND y.state = 'approved' AND y.action = 'carry-over'
     WHERE n.book = $1
       AND (n.year <> o.year + 1 OR n.fund_source <> o.fund_source OR n.project_code <> o.project_code
            OR n.source_kind <> 'carry-over' OR o.closed_at IS NULL OR y.amount_fen IS DISTINCT FROM n.amount_fen
            OR n.carried_years <> 1 + CASE WHEN o.carried_from IS NULL AND o.source_kind = 'carry-over' THEN 1
                                           ELSE o.carried_years END)`,
  CLOSED_WITHOUT_DECISION: `
    SELECT format('indicator %s: closed at %s, approved year ends %s', i.id, coalesce(i.closed_at::text, 'never'),
                  count(y.id)) AS facts
      FROM funds.indicator i
      LEFT JOIN funds.year_end y ON y.book = i.book AND y.indicator = i.id AND y.state = 'approved'
     WHERE i.book = $1 GROUP BY i.id, i.closed_at HAVING (i.closed_at IS NULL) <> (count(y.id) = 0)`,
  FILE_DIFFERS_FROM_ROWS: `
    SELECT format('import %s: %s rows of %s fen, in the book %s of %s', f.id, f.rows, f.total_fen, count(i.id),
                  coalesce(sum(i.amount_fen), 0)) AS facts
      FROM funds.indicator_import f
      LEFT JOIN funds.indicator i ON i.book = f.book AND i.import = f.id
     WHERE f.book = $1 GROUP BY f.id, f.rows, f.total_fen
    HAVING (f.rows, f.total_fen) IS DISTINCT FROM (count(i.id)::int, coalesce(sum(i.amount_fen), 0)::bigint)`,
};
