import type { Checks } from '@app/platform';

/** A parcel’s facts when an issuance was made: those that were the newest then. */
const NEWEST_THEN = (facts: string): string => `
  EXISTS (SELECT FROM registry.parcel p
           WHERE p.book = m.book AND p.id = m.parcel AND coalesce(p.facts_at, p.recorded_at) <= i.issued_at AND ${facts.replaceAll('$', 'p')}
          UNION ALL
          SELECT FROM registry.parcel_past h
           WHERE h.book = m.book AND h.id = m.parcel AND h.superseded_at >= i.issued_at AND h.recorded_at <= i.issued_at
             AND upper_inf(h.valid) AND ${facts.replaceAll('$', 'h')})`;

/** What was issued of which measurement, to whom and by which right, with which buffer and grade. */
export const ISSUING_CHECKS: Checks = {
  LINES_DIFFER_FROM_ISSUANCE: `
    SELECT format('%s: %s grams and %s buffer, lines %s and %s', i.code, i.grams, i.buffer_grams, q.grams, q.buffer)
           AS facts
      FROM credits.issuance i
      LEFT JOIN (SELECT l.issuance, sum(l.grams) AS grams, sum(l.buffer_grams) AS buffer
                   FROM credits.issuance_line l WHERE l.book = $1 GROUP BY l.issuance) q ON q.issuance = i.id
     WHERE i.book = $1 AND (q.grams, q.buffer) IS DISTINCT FROM (i.grams::numeric, i.buffer_grams::numeric)`,
  SHARES_DIFFER_FROM_LINE: `
    SELECT format('issuance %s party %s: line %s, parcels %s', l.issuance, l.party, l.grams, q.grams) AS facts
      FROM credits.issuance_line l
      LEFT JOIN (SELECT s.issuance, s.party, sum(s.grams) AS grams
                   FROM credits.issuance_share s WHERE s.book = $1 GROUP BY s.issuance, s.party) q
        ON q.issuance = l.issuance AND q.party = l.party
     WHERE l.book = $1 AND q.grams IS DISTINCT FROM l.grams::numeric`,
  PARCEL_ISSUED_ABOVE_MEASURED: `
    SELECT format('measurement %s: measured %s less %s, issued %s', m.id, m.grams, m.discount_grams, q.grams) AS facts
      FROM (SELECT s.measurement, sum(s.grams) AS grams
              FROM credits.issuance_share s WHERE s.book = $1 GROUP BY s.measurement) q
      JOIN credits.measurement m ON m.book = $1 AND m.id = q.measurement
     WHERE q.grams > m.grams - m.discount_grams`,
  RETURNED_DIFFERS: `
    SELECT format('issuance %s: returned %s, to parties %s', q.issuance, q.grams, q.credited) AS facts
      FROM (SELECT l.issuance, sum(l.returned_grams) AS credited,
                   (SELECT coalesce(sum(r.grams), 0) FROM credits.buffer_return r
                     WHERE r.book = $1 AND r.issuance = l.issuance AND r.state = 'approved') AS grams
              FROM credits.issuance_line l WHERE l.book = $1 GROUP BY l.issuance) q
     WHERE q.grams <> q.credited`,
  // The right that a share cites held on the last day of the period, as it was known when the grams were issued.
  RIGHT_NOT_THERE: `
    SELECT format('%s, parcel %s: %s has %s ppm of the %s right by %s, which it did not have on %s', i.code, p.code,
                  t.external_no, s.share_ppm, s.right_kind, s.document_no, upper(m.period) - 1) AS facts
      FROM credits.issuance_share s
      JOIN credits.issuance i ON i.book = s.book AND i.id = s.issuance
      JOIN credits.measurement m ON m.book = s.book AND m.id = s.measurement
      JOIN registry.parcel p ON p.book = m.book AND p.id = m.parcel
      JOIN registry.party t ON t.book = s.book AND t.id = s.party
     WHERE s.book = $1 AND NOT EXISTS (
       SELECT FROM registry.right_share r
        WHERE r.book = s.book AND r.parcel = m.parcel AND r.party = s.party AND r.kind = s.right_kind
          AND r.share_ppm = s.share_ppm AND r.document_no = s.document_no AND r.recorded_at <= i.issued_at
          AND (r.valid @> (upper(m.period) - 1) OR r.ended_by_land IS NOT NULL AND lower(r.valid) < upper(m.period)
            OR EXISTS (SELECT FROM registry.right_share_past h
                        WHERE h.book = r.book AND h.share = r.id AND h.valid @> (upper(m.period) - 1)
                          AND h.superseded_at >= i.issued_at)))`,
  // Each has the whole grams of its part, and one more at most. Where the shares are the whole, all grams are shared out,
  // the odd ones by the largest remainder, then by the order of external numbers.
  SHARES_NOT_AS_ROUNDED: `
    WITH part AS (
      SELECT s.measurement, s.party, s.grams, t.external_no, m.grams - m.discount_grams AS total, s.share_ppm,
             div((m.grams - m.discount_grams)::numeric * s.share_ppm, 1000000) AS whole,
             mod((m.grams - m.discount_grams)::numeric * s.share_ppm, 1000000) AS remainder
        FROM credits.issuance_share s
        JOIN credits.measurement m ON m.book = s.book AND m.id = s.measurement
        JOIN registry.party t ON t.book = s.book AND t.id = s.party
       WHERE s.book = $1),
    ranked AS (
      SELECT p.*, sum(p.share_ppm) OVER w AS ppm, p.total - sum(p.whole) OVER w AS odd,
             row_number() OVER (PARTITION BY p.measurement ORDER BY p.remainder DESC, p.external_no COLLATE "C") AS rank
        FROM part p WINDOW w AS (PARTITION BY p.measurement))
    SELECT format('measurement %s: %s of %s g with %s ppm, by the rounding %s', r.measurement, r.external_no, r.total,
                  r.share_ppm, r.whole + (r.ppm = 1000000 AND r.rank <= r.odd)::int) || format(', found %s', r.grams) AS facts
      FROM ranked r
     WHERE r.ppm > 1000000 OR CASE WHEN r.ppm = 1000000 THEN r.grams <> r.whole + (r.rank <= r.odd)::int
                                   ELSE r.grams NOT BETWEEN r.whole AND r.whole + (r.remainder > 0)::int END`,
  ISSUED_MEASUREMENT_DIFFERS: `
    SELECT format('measurement %s: of issuance %s, its shares are of %s', m.id, m.issuance, coalesce(q.issuances, 'none')) AS facts
      FROM credits.measurement m
      LEFT JOIN (SELECT s.measurement, string_agg(DISTINCT s.issuance::text, ', ') AS issuances
                   FROM credits.issuance_share s WHERE s.book = $1 GROUP BY 1) q ON q.measurement = m.id
     WHERE m.book = $1 AND m.issuance::text IS DISTINCT FROM q.issuances
    UNION ALL
    SELECT format('%s: %s left out for uncertainty, of its measurements %s', i.code, i.discount_grams, coalesce(q.grams, 0))
      FROM credits.issuance i
      LEFT JOIN (SELECT m.issuance, sum(m.discount_grams) AS grams FROM credits.measurement m
                  WHERE m.book = $1 GROUP BY 1) q ON q.issuance = i.id
     WHERE i.book = $1 AND i.discount_grams <> coalesce(q.grams, 0)`,
  ISSUANCE_SETS_DIFFER: `
    SELECT format('%s: %s g in %s parcels are said to be measured with %s, its measurements say %s in %s', i.code,
                  coalesce(u.grams, 0), coalesce(u.parcels, 0), coalesce(u.coefficient_set, q.coefficient_set),
                  coalesce(q.grams, 0), coalesce(q.parcels, 0)) AS facts
      FROM (SELECT * FROM credits.issuance_set t WHERE t.book = $1) u
      FULL JOIN (
        SELECT s.issuance, m.coefficient_set, m.set_owner, m.method_kind, count(DISTINCT m.id) AS parcels, sum(s.grams) AS grams
          FROM credits.issuance_share s JOIN credits.measurement m ON m.book = s.book AND m.id = s.measurement
         WHERE s.book = $1 GROUP BY 1, 2, 3, 4) q
        ON q.issuance = u.issuance AND q.coefficient_set = u.coefficient_set
      JOIN credits.issuance i ON i.book = $1 AND i.id = coalesce(u.issuance, q.issuance)
     WHERE (u.set_owner, u.method_kind, u.parcels, u.grams)
           IS DISTINCT FROM (q.set_owner, q.method_kind, q.parcels, q.grams)`,
  BUFFER_NOT_ITS_SHARE: `
    SELECT format('%s, party %s: %s g of %s are kept back, %s ppm are %s', i.code, t.external_no, l.buffer_grams, l.grams,
                  c.buffer_ppm, div(2::numeric * l.grams * c.buffer_ppm + 1000000, 2000000)) AS facts
      FROM credits.issuance_line l
      JOIN credits.issuance i ON i.book = l.book AND i.id = l.issuance
      JOIN credits.coefficient_set c ON c.owner = i.set_owner AND c.version = i.coefficient_set
      JOIN registry.party t ON t.book = l.book AND t.id = l.party
     WHERE l.book = $1 AND l.buffer_grams <> div(2::numeric * l.grams * c.buffer_ppm + 1000000, 2000000)`,
  // G0 for state forest and land whose right is not registered, then only what a scheme recognised.
  GRADE_UNEXPLAINED: `
    SELECT format('%s: its grade is %s', i.code, i.grade) AS facts
      FROM credits.issuance i
     WHERE i.book = $1 AND (substring(i.code FROM '-(g[0-3])') IS DISTINCT FROM lower(i.grade)
       OR i.grade = 'G0' AND EXISTS (SELECT FROM credits.grade_change g WHERE g.book = i.book AND g.issuance = i.id))
    UNION ALL
    SELECT format('%s is %s and holds parcel %s, of the state or without a registered right when it was issued', i.code, i.grade,
                  q.code)
      FROM credits.measurement m
      JOIN credits.issuance i ON i.book = m.book AND i.id = m.issuance AND i.grade <> 'G0'
      JOIN registry.parcel q ON q.book = m.book AND q.id = m.parcel
     WHERE m.book = $1 AND NOT ${NEWEST_THEN(`$.tenure <> 'state' AND $.right_registered`)}`,
};
