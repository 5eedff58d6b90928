import type { Checks } from '@app/platform';

/** No ground is credited twice for a day, however it is called. */
export const CLAIM_CHECKS: Checks = {
  LAND_NOT_CLAIMED: `
    SELECT format('land unit %s, %s, issuance %s', q.land_unit, q.period, q.issuance) AS facts
      FROM (SELECT m.land_unit, m.period, m.issuance FROM credits.measurement m
             WHERE m.book = $1 AND m.issuance IS NOT NULL
            EXCEPT SELECT c.land_unit, c.period, c.issuance FROM credits.claim c WHERE c.book = $1) q`,
  PROJECT_LAND_NOT_CLAIMED: `
    SELECT format('project %s, land unit %s', p.code, l.land_unit) AS facts
      FROM credits.project p JOIN credits.project_land l ON l.book = p.book AND l.project = p.id
     WHERE p.book = $1 AND p.state IN ('registered', 'credited', 'closed')
       AND NOT EXISTS (SELECT FROM credits.claim c
                        WHERE c.book = l.book AND c.land_unit = l.land_unit AND c.scheme = 'ccer:' || p.code)`,
  CLAIMS_OVERLAP: `
    SELECT format('land unit %s is claimed twice on %s', u.code, q.day) AS facts
      FROM (SELECT c.land_unit, lower(c.period) AS day,
                   lag(coalesce(upper(c.period), 'infinity')) OVER (PARTITION BY c.land_unit ORDER BY lower(c.period), c.id) AS reached
              FROM credits.claim c WHERE c.book = $1) q
      JOIN registry.land_unit u ON u.book = $1 AND u.id = q.land_unit
     WHERE q.day < q.reached`,
  CLAIM_UNEXPLAINED: `
    SELECT format('land unit %s is claimed for %s by issuance %s, which issued nothing of it', u.code, c.period,
                  coalesce(i.code, c.issuance::text)) AS facts
      FROM credits.claim c
      JOIN registry.land_unit u ON u.book = c.book AND u.id = c.land_unit
      LEFT JOIN credits.issuance i ON i.book = c.book AND i.id = c.issuance
      LEFT JOIN credits.measurement m ON m.book = c.book AND m.land_unit = c.land_unit AND m.issuance = c.issuance
       AND m.period = c.period
     WHERE c.book = $1 AND c.issuance IS NOT NULL AND (c.carried OR m.id IS NULL)`,
  // New land has the days of the land it comes from, and of those that are carried no other.
  CLAIM_NOT_CARRIED: `
    WITH days AS (SELECT c.land_unit, range_agg(c.period) AS days FROM credits.claim c WHERE c.book = $1 GROUP BY 1)
    SELECT format('land unit %s: of %s, of which it is, %s were credited, of it %s', u.code, r.code, f.days,
                  coalesce(d.days, '{}')) AS facts
      FROM registry.land_unit_origin o
      JOIN days f ON f.land_unit = o.origin
      LEFT JOIN days d ON d.land_unit = o.land_unit
      JOIN registry.land_unit u ON u.book = o.book AND u.id = o.land_unit
      JOIN registry.land_unit r ON r.book = o.book AND r.id = o.origin
     WHERE o.book = $1 AND NOT coalesce(d.days, '{}') @> f.days`,
  CLAIM_CARRIED_FROM_NOWHERE: `
    WITH origin AS (
      SELECT o.land_unit, range_agg(c.period) AS days
        FROM registry.land_unit_origin o JOIN credits.claim c ON c.book = o.book AND c.land_unit = o.origin
       WHERE o.book = $1 GROUP BY 1)
    SELECT format('land unit %s carries a claim for %s that the land it comes from does not have', u.code, c.period) AS facts
      FROM credits.claim c
      JOIN registry.land_unit u ON u.book = c.book AND u.id = c.land_unit
      LEFT JOIN origin o ON o.land_unit = c.land_unit
     WHERE c.book = $1 AND c.carried AND NOT coalesce(o.days @> c.period, false)`,
};
