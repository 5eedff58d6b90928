import type { Checks } from '@app/platform';

/** A household consents for at most ten years at a time. */
const TERM_DAYS_MAX = 3_653;
const dayOf = (instant: string): string => `(${instant} AT TIME ZONE 'Asia/Shanghai')::date`;

/** Each version of a party: the facts, and the order that brought them; none for those of an import. */
const VERSIONS = `
  SELECT t.id AS party, t.version, t.name, t.region, t.id_number_index, t.phone_index, t.changed_by AS made_by,
         t.facts_from AS day, t.closed_on
    FROM registry.party t WHERE t.book = $1
  UNION ALL
  SELECT h.party, h.version, h.name, h.region, h.id_number_index, h.phone_index, h.made_by,
         CASE WHEN NOT isempty(h.valid) THEN lower(h.valid) END, NULL
    FROM registry.party_past h WHERE h.book = $1`;

/** Who parties are, what was known of them, who is paid for them and what they let be sold. Names are not told. */
export const PARTY_CHECKS: Checks = {
  PARTY_FACTS_UNEXPLAINED: `
    WITH fact AS (${VERSIONS})
    SELECT format('party %s version %s: %s', t.external_no, f.version,
                  CASE WHEN f.made_by IS NULL THEN 'no import and no order brought it'
                       ELSE 'its facts are not those of order ' || f.made_by END) AS facts
      FROM fact f
      JOIN registry.party t ON t.book = $1 AND t.id = f.party
      LEFT JOIN registry.party_order o ON o.book = $1 AND o.id = f.made_by AND o.state = 'approved'
       AND CASE f.version WHEN 0 THEN o.event = 'split' AND o.other = f.party
                          ELSE o.event <> 'split' AND o.party = f.party END
     WHERE CASE WHEN f.made_by IS NULL THEN f.version > 0 OR t.import IS NULL
                ELSE o.id IS NULL OR (f.name, f.region, f.id_number_index, f.phone_index)
                       IS DISTINCT FROM (o.name, o.region, o.id_number_index, o.phone_index)
                     OR f.day <> o.day END
        OR f.closed_on IS NOT NULL AND coalesce(o.event NOT IN ('merge', 'close') OR o.day <> f.closed_on, true)`,
  PARTY_TIME_NOT_WHOLE: `
    WITH kept AS (
      SELECT h.party, h.version, h.valid, lead(lower(h.valid)) OVER w AS next, lead(h.party) OVER w IS NULL AS last
        FROM registry.party_past h WHERE h.book = $1 AND NOT isempty(h.valid)
      WINDOW w AS (PARTITION BY h.party ORDER BY h.version)),
    versions AS (
      SELECT h.party, count(*) AS n, min(h.version) AS least, max(h.version) AS most
        FROM registry.party_past h WHERE h.book = $1 GROUP BY 1)
    SELECT format('party %s: version %s, %s former ones are kept', t.external_no, t.version, coalesce(v.n, 0)) AS facts
      FROM registry.party t LEFT JOIN versions v ON v.party = t.id
     WHERE t.book = $1 AND (coalesce(v.n, 0), coalesce(v.least, 0), coalesce(v.most, t.version - 1))
           IS DISTINCT FROM (t.version, 0::bigint, t.version - 1)
    UNION ALL
    SELECT format('party %s: its facts of %s are followed by those from %s', t.external_no, k.valid,
                  CASE WHEN k.last THEN t.facts_from ELSE k.next END)
      FROM kept k JOIN registry.party t ON t.book = $1 AND t.id = k.party
     WHERE upper(k.valid) IS DISTINCT FROM CASE WHEN k.last THEN t.facts_from ELSE k.next END`,
  CONSENT_OUTSIDE_TERMS: `
    SELECT format('consent %s of party %s: %s, signed on %s, recorded on %s', c.id, t.external_no, c.valid,
                  ${dayOf('c.signed_at')}, ${dayOf('c.recorded_at')}) AS facts
      FROM registry.consent c JOIN registry.party t ON t.book = c.book AND t.id = c.party
     WHERE c.book = $1 AND (upper_inf(c.valid) OR c.signed_at > c.recorded_at OR c.revoked_at < c.recorded_at
       OR (c.channel = 'paper') <> (c.import IS NOT NULL)
       OR c.channel = 'online' AND (lower(c.valid) <> ${dayOf('c.signed_at')} OR c.signed_at <> c.recorded_at
          OR upper(c.valid) - 1 > lower(c.valid) + ${TERM_DAYS_MAX}))`,
  CONSENT_TWICE: `
    SELECT format('party %s: two consents are in force on %s', t.external_no, q.day) AS facts
      FROM (SELECT c.party, lower(c.valid) AS day,
                   lag(upper(c.valid)) OVER (PARTITION BY c.party ORDER BY lower(c.valid), c.id) AS reached
              FROM registry.consent c WHERE c.book = $1 AND c.revoked_at IS NULL) q
      JOIN registry.party t ON t.book = $1 AND t.id = q.party
     WHERE q.day < q.reached`,
  CONSENT_OF_CLOSED_PARTY: `
    SELECT format('party %s is no more since %s and its consent %s is not revoked', t.external_no, t.closed_on, c.id) AS facts
      FROM registry.consent c JOIN registry.party t ON t.book = c.book AND t.id = c.party
     WHERE c.book = $1 AND t.closed_on IS NOT NULL AND c.revoked_at IS NULL`,
  // One account a day, each of a former one's days followed by the next; that of an import from its day on.
  ACCOUNT_TIME_NOT_WHOLE: `
    SELECT format('account %s of party %s: its days %s are followed by %s', q.id, t.external_no, q.valid,
                  coalesce(q.later::text, 'nothing')) AS facts
      FROM (SELECT a.id, a.party, a.valid, a.evidence, a.recorded_at, lead(a.valid) OVER w AS later
              FROM registry.bank_account a WHERE a.book = $1 AND NOT isempty(a.valid)
            WINDOW w AS (PARTITION BY a.party ORDER BY lower(a.valid), a.id)) q
      JOIN registry.party t ON t.book = $1 AND t.id = q.party
     WHERE upper(q.valid) IS DISTINCT FROM lower(q.later) OR lower(q.valid) <> ${dayOf('q.recorded_at')}
    UNION ALL
    SELECT format('party %s: it had accounts and has none', t.external_no)
      FROM registry.party t
     WHERE t.book = $1 AND t.id IN (
       SELECT a.party FROM registry.bank_account a WHERE a.book = $1
        GROUP BY a.party HAVING NOT bool_or(upper_inf(a.valid)))`,
  PAYEE_UNEXPLAINED: `
    SELECT format('party %s: %s is paid in its place on %s, which no approved order says', t.external_no, o.external_no,
                  y.valid) AS facts
      FROM registry.payee y
      JOIN registry.party t ON t.book = y.book AND t.id = y.party
      JOIN registry.party o ON o.book = y.book AND o.id = y.payee
     WHERE y.book = $1 AND (NOT EXISTS (
         SELECT FROM registry.payee_order r
          WHERE r.book = y.book AND r.id = y.payee_order AND r.state = 'approved'
            AND (r.party, r.payee, r.reason, r.document_no) = (y.party, y.payee, y.reason, y.document_no)
            AND (isempty(y.valid) OR lower(y.valid) >= r.from_day
                 AND (y.ended_by IS NOT NULL OR upper(y.valid) - 1 IS NOT DISTINCT FROM r.to_day))
         UNION ALL
         SELECT FROM registry.party_order r
          WHERE r.book = y.book AND r.id = y.party_order AND r.state = 'approved'
            AND (r.party, r.other, r.event, y.reason) = (y.party, y.payee, 'merge', 'merged'))
       OR y.ended_by IS NOT NULL AND NOT EXISTS (
         SELECT FROM registry.payee_order r
          WHERE r.book = y.book AND r.id = y.ended_by AND r.state = 'approved' AND r.party = y.party))`,
  PAYEE_TWICE: `
    SELECT format('party %s: two are paid in its place on %s', t.external_no, q.day) AS facts
      FROM (SELECT y.party, lower(y.valid) AS day,
                   lag(coalesce(upper(y.valid), 'infinity')) OVER (PARTITION BY y.party ORDER BY lower(y.valid), y.id) AS reached
              FROM registry.payee y WHERE y.book = $1 AND NOT isempty(y.valid)) q
      JOIN registry.party t ON t.book = $1 AND t.id = q.party
     WHERE q.day < q.reached`,
};
