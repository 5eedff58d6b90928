import type { Checks } from '@app/platform';
import { STORED_FACTS } from '../parcel-facts/parcel-facts.rules';

const factsOf = (alias: string): string => STORED_FACTS.map((fact) => `${alias}.${fact}`).join(', ');
/** A row of JSON read as a parcel's facts, with what an order says put over them. */
const withOrder = (row: string, after: string): string =>
  `jsonb_populate_record(NULL::registry.parcel, ${row} || coalesce(${after}, '{}'))`;
/** The facts in which two rows differ, by column. */
const differing = (a: string, b: string): string =>
  `concat_ws(', ', ${STORED_FACTS.map((fact) => `CASE WHEN ${a}.${fact} IS DISTINCT FROM ${b}.${fact} THEN '${fact}' END`).join(', ')})`;

/** What was newest of a parcel, one after the other: each is the one before with its order put over it. */
const CHAIN = `
  WITH held AS (
    SELECT p.id, NULL::bigint AS no, p.made_by, p.closed_by IS NOT NULL AS closed, ${factsOf('p')}
      FROM registry.parcel p WHERE p.book = $1 AND p.version > 0
    UNION ALL
    SELECT h.id, h.no, h.made_by, false, ${factsOf('h')}
      FROM registry.parcel_past h WHERE h.book = $1 AND h.superseded_at IS NOT NULL AND upper_inf(h.valid)),
  chain AS (
    SELECT h.*, lag(to_jsonb(h)) OVER (PARTITION BY h.id ORDER BY h.no NULLS LAST) AS former FROM held h)`;

/** What was and is known of parcels, by which orders. */
export const PARCEL_CHECKS: Checks = {
  PARCEL_FACTS_UNEXPLAINED: `
    ${CHAIN}
    SELECT format('parcel %s: %s is not what was before with order %s', p.code, ${differing('c', 'f')},
                  coalesce(c.made_by::text, 'none')) AS facts
      FROM chain c
      JOIN registry.parcel p ON p.book = $1 AND p.id = c.id
      LEFT JOIN registry.parcel_order o ON o.book = $1 AND o.id = c.made_by AND o.parcel = c.id AND o.state = 'approved'
       AND NOT c.closed
     CROSS JOIN LATERAL ${withOrder('c.former', 'o.after')} f
     WHERE c.former IS NOT NULL AND (${factsOf('c')}) IS DISTINCT FROM (${factsOf('f')})`,
  // Of days that are over: what was newest once, or that with an order put over it.
  PARCEL_PAST_UNEXPLAINED: `
    SELECT format('parcel %s: what was true of %s was never held and no order says it', p.code, h.valid) AS facts
      FROM registry.parcel_past h
      JOIN registry.parcel p ON p.book = h.book AND p.id = h.id
      LEFT JOIN registry.parcel_order o ON o.book = h.book AND o.id = h.made_by AND o.parcel = h.id AND o.state = 'approved'
     WHERE h.book = $1 AND h.superseded_at IS NULL AND NOT EXISTS (
       SELECT FROM registry.parcel_past k
        CROSS JOIN LATERAL ${withOrder('to_jsonb(k)', 'CASE WHEN k.made_by IS DISTINCT FROM h.made_by THEN o.after END')} f
        WHERE k.book = h.book AND k.id = h.id AND k.superseded_at IS NOT NULL AND k.valid @> h.valid
          AND (${factsOf('h')}) IS NOT DISTINCT FROM (${factsOf('f')}))`,
  PARCEL_AREA_UNEXPLAINED: `
    SELECT format('parcel %s: it came into the book with %s hundredths of a mu and has %s without an order', p.code,
                  p.first_area_mu100, coalesce(h.area_mu100, p.area_mu100)) AS facts
      FROM registry.parcel p
      LEFT JOIN LATERAL (
        SELECT k.area_mu100 FROM registry.parcel_past k
         WHERE k.book = p.book AND k.id = p.id AND k.superseded_at IS NOT NULL AND upper_inf(k.valid) AND p.version > 0
         ORDER BY k.no LIMIT 1) h ON true
     WHERE p.book = $1 AND coalesce(h.area_mu100, p.area_mu100) <> p.first_area_mu100`,
  // The days of a parcel's facts follow one another without a gap, from its first day to its last.
  PARCEL_TIME_NOT_WHOLE: `
    WITH piece AS (
      SELECT p.id, p.valid, true AS newest FROM registry.parcel p WHERE p.book = $1
      UNION ALL
      SELECT h.id, h.valid, false FROM registry.parcel_past h WHERE h.book = $1 AND h.superseded_at IS NULL),
    seen AS (
      SELECT q.*, lead(q.valid) OVER w AS later, lag(q.id) OVER w IS NULL AS first FROM piece q
      WINDOW w AS (PARTITION BY q.id ORDER BY lower(q.valid) NULLS FIRST, q.newest))
    SELECT format('parcel %s: its facts of %s are followed by %s', p.code, s.valid, coalesce(s.later::text, 'nothing'))
           AS facts
      FROM seen s
      JOIN registry.parcel p ON p.book = $1 AND p.id = s.id
      LEFT JOIN registry.land_order l ON l.book = $1 AND l.id = p.founded_by
     WHERE s.newest IS DISTINCT FROM (s.later IS NULL)
        OR s.later IS NOT NULL AND upper(s.valid) IS DISTINCT FROM lower(s.later)
        OR s.first AND lower(s.valid) IS DISTINCT FROM l.from_day`,
  PARCEL_VERSION_DIFFERS: `
    WITH told AS (
      SELECT o.parcel, count(*) AS orders FROM registry.parcel_order o
       WHERE o.book = $1 AND o.state = 'approved' GROUP BY 1),
    kept AS (
      SELECT h.id, count(*) AS held FROM registry.parcel_past h
       WHERE h.book = $1 AND h.superseded_at IS NOT NULL AND upper_inf(h.valid) GROUP BY 1)
    SELECT format('parcel %s: version %s, %s orders changed or closed it, %s former facts are kept', p.code, p.version,
                  coalesce(t.orders, 0) + (p.closed_by IS NOT NULL)::int, coalesce(k.held, 0)) AS facts
      FROM registry.parcel p LEFT JOIN told t ON t.parcel = p.id LEFT JOIN kept k ON k.id = p.id
     WHERE p.book = $1 AND (p.version <> coalesce(t.orders, 0) + (p.closed_by IS NOT NULL)::int
                            OR p.version <> coalesce(k.held, 0))`,
};
