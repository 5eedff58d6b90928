import type { Checks } from '@app/platform';

/** Every day on which the shares of a parcel's right change, and what they come to from it on. */
const DAYS = `
  WITH step AS (
    SELECT s.parcel, s.kind, lower(s.valid) AS day, s.share_ppm AS ppm FROM registry.right_share s
     WHERE s.book = $1 AND NOT isempty(s.valid)
    UNION ALL
    SELECT s.parcel, s.kind, upper(s.valid), -s.share_ppm FROM registry.right_share s
     WHERE s.book = $1 AND NOT isempty(s.valid) AND NOT upper_inf(s.valid)),
  day AS (
    SELECT s.parcel, s.kind, s.day, sum(sum(s.ppm)) OVER (PARTITION BY s.parcel, s.kind ORDER BY s.day) AS total
      FROM step s GROUP BY s.parcel, s.kind, s.day)`;

/** What the orders that were approved say of a share. A correction writes days that it is not about anew, as they were. */
const ORDERED = `
  SELECT o.id, o.parcel, o.kind, (s ->> 'party')::uuid AS party, (s ->> 'sharePpm')::bigint AS ppm,
         s ->> 'documentNo' AS document_no, k.day
    FROM registry.right_order o
   CROSS JOIN LATERAL (VALUES (o.after, o.from_day), (CASE o.reason WHEN 'correction' THEN o.before END, o.to_day + 1))
                      AS k (shares, day)
   CROSS JOIN LATERAL jsonb_array_elements(k.shares) s
   WHERE o.book = $1 AND o.state = 'approved'
  UNION ALL
  SELECT o.id, (c ->> 'id')::uuid, s ->> 'kind', (s ->> 'party')::uuid, (s ->> 'sharePpm')::bigint, s ->> 'documentNo',
         o.from_day
    FROM registry.land_order o
   CROSS JOIN LATERAL jsonb_array_elements(o.children) c
   CROSS JOIN LATERAL jsonb_array_elements(c -> 'shares') s
   WHERE o.book = $1 AND o.state = 'approved'`;

const SHARE = `registry.right_share s
  JOIN registry.parcel p ON p.book = s.book AND p.id = s.parcel
  JOIN registry.party t ON t.book = s.book AND t.id = s.party`;
const NAMED = `format('parcel %s, %s right of %s from %s', p.code, s.kind, t.external_no, lower(s.valid))`;

/** Who holds which right to a parcel, and by what. */
export const RIGHT_CHECKS: Checks = {
  SHARES_ABOVE_WHOLE: `
    ${DAYS}
    SELECT format('parcel %s: the %s shares reach %s of 1000000 ppm on %s', p.code, d.kind, d.total, d.day) AS facts
      FROM day d JOIN registry.parcel p ON p.book = $1 AND p.id = d.parcel
     WHERE d.total > 1000000`,
  SHARE_TWICE: `
    SELECT format('parcel %s: %s has the %s right twice on %s', p.code, t.external_no, q.kind, q.day) AS facts
      FROM (SELECT s.parcel, s.party, s.kind, lower(s.valid) AS day,
                   max(coalesce(upper(s.valid), 'infinity')) OVER (
                     PARTITION BY s.parcel, s.kind, s.party ORDER BY lower(s.valid), s.id
                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
              FROM registry.right_share s WHERE s.book = $1 AND NOT isempty(s.valid)) q
      JOIN registry.parcel p ON p.book = $1 AND p.id = q.parcel
      JOIN registry.party t ON t.book = $1 AND t.id = q.party
     WHERE q.day < q.reached`,
  // One of import, order about the right, order about the land; and that one says this very share.
  SHARE_UNEXPLAINED: `
    WITH ordered AS MATERIALIZED (${ORDERED})
    SELECT ${NAMED} || format(': %s ppm by %s is what neither an import nor an approved order says', s.share_ppm,
             s.document_no) AS facts
      FROM ${SHARE}
      LEFT JOIN registry.import i ON i.book = s.book AND i.id = s.import AND i.kind = 'rights'
      LEFT JOIN ordered o ON o.id = coalesce(s.made_by, s.made_by_land) AND o.parcel = s.parcel AND o.kind = s.kind
       AND o.party = s.party AND o.ppm = s.share_ppm AND o.document_no = s.document_no
       AND (s.corrected_by IS NOT NULL OR o.day = lower(s.valid))
     WHERE s.book = $1
       AND (num_nonnulls(s.import, s.made_by, s.made_by_land) <> 1 OR i.id IS NULL AND o.id IS NULL)`,
  // What an order ended has the order's day as its end, unless a later correction was about that day.
  SHARE_END_UNEXPLAINED: `
    SELECT ${NAMED} || format(' to %s: no approved order ends it on that day', upper(s.valid)) AS facts
      FROM ${SHARE}
      LEFT JOIN registry.right_order o ON o.book = s.book AND o.id = s.ended_by AND o.state = 'approved'
       AND (o.parcel, o.kind) = (s.parcel, s.kind)
      LEFT JOIN registry.land_order l ON l.book = s.book AND l.id = s.ended_by_land AND l.state = 'approved'
       AND EXISTS (SELECT FROM registry.land_order_parent q
                    WHERE q.book = l.book AND q.land_order = l.id AND q.parcel = s.parcel)
     WHERE s.book = $1 AND coalesce(s.ended_by, s.ended_by_land) IS NOT NULL AND (coalesce(o.id, l.id) IS NULL
       OR s.corrected_by IS NULL AND coalesce(o.from_day, l.from_day) IS DISTINCT FROM upper(s.valid))`,
  SHARE_CORRECTED_UNEXPLAINED: `
    SELECT format('parcel %s, %s right of %s: corrected to %s without an approved correction and what was believed before',
                  p.code, s.kind, t.external_no, s.valid) AS facts
      FROM ${SHARE}
     WHERE s.book = $1 AND (s.corrected_by IS NOT NULL AND NOT EXISTS (
         SELECT FROM registry.right_order o
           JOIN registry.right_share_past h ON h.book = o.book AND h.share = s.id AND h.superseded_by = o.id
          WHERE o.book = s.book AND o.id = s.corrected_by AND o.reason = 'correction' AND o.state = 'approved'
            AND (o.parcel, o.kind) = (s.parcel, s.kind) AND s.valid <@ h.valid)
       OR s.corrected_by IS NULL AND EXISTS (
         SELECT FROM registry.right_share_past h WHERE h.book = s.book AND h.share = s.id))`,
  // After the newest order about a right, on its day, just those hold it whom the order names.
  HOLDERS_DIFFER_FROM_ORDER: `
    WITH newest AS (
      SELECT DISTINCT ON (o.parcel, o.kind) o.*
        FROM registry.right_order o JOIN registry.parcel p ON p.book = o.book AND p.id = o.parcel
       WHERE o.book = $1 AND o.state = 'approved' AND p.closed_by IS NULL
       ORDER BY o.parcel, o.kind, o.rights_version DESC)
    SELECT format('parcel %s, %s right on %s: holders are not those of order %s', p.code, o.kind, o.from_day, o.id) AS facts
      FROM newest o
      JOIN registry.parcel p ON p.book = o.book AND p.id = o.parcel
     WHERE EXISTS (
             SELECT FROM jsonb_array_elements(o.after) a
              WHERE NOT EXISTS (
                SELECT FROM registry.right_share s
                 WHERE s.book = o.book AND s.parcel = o.parcel AND s.kind = o.kind AND s.valid @> o.from_day
                   AND s.party = (a ->> 'party')::uuid AND s.share_ppm = (a ->> 'sharePpm')::bigint
                   AND s.document_no = a ->> 'documentNo'))
        OR EXISTS (
             SELECT FROM registry.right_share s
              WHERE s.book = o.book AND s.parcel = o.parcel AND s.kind = o.kind AND s.valid @> o.from_day
                AND (s.import IS NULL OR s.recorded_at < o.decided_at)
                AND NOT EXISTS (
                  SELECT FROM jsonb_array_elements(o.after) a
                   WHERE s.party = (a ->> 'party')::uuid AND s.share_ppm = (a ->> 'sharePpm')::bigint
                     AND s.document_no = a ->> 'documentNo'))`,
  // Whoever is no more keeps only what its order names, and what goes on as it was on new land or by a correction.
  CLOSED_PARTY_HOLDS: `
    SELECT ${NAMED} || format(': its holder is no more since %s, and no order lets it keep that', t.closed_on) AS facts
      FROM ${SHARE}
      JOIN registry.party_order o ON o.book = t.book AND o.id = t.changed_by
     WHERE s.book = $1 AND t.closed_on IS NOT NULL AND NOT isempty(s.valid)
       AND coalesce(upper(s.valid) > greatest(t.closed_on, (o.decided_at AT TIME ZONE 'Asia/Shanghai')::date), true)
       AND s.made_by_land IS NULL AND NOT EXISTS (
         SELECT FROM registry.right_order c WHERE c.book = s.book AND c.id = s.made_by AND c.reason = 'correction')
       AND NOT o.staying @> jsonb_build_array(jsonb_build_object('code', p.code, 'kind', s.kind))`,
};
