import type { Checks } from '@app/platform';

/** What approved orders about land make, by child. */
const CHILDREN = `
  SELECT o.id, o.from_day, o.kind, o.survey_no, (c ->> 'id')::uuid AS parcel, (c ->> 'landUnit')::uuid AS land_unit,
         c ->> 'code' AS code, c -> 'facts' AS facts
    FROM registry.land_order o CROSS JOIN LATERAL jsonb_array_elements(o.children) c
   WHERE o.book = $1 AND o.state = 'approved'`;
const PARENTS = `
  SELECT o.id, o.from_day, q.parcel FROM registry.land_order o
    JOIN registry.land_order_parent q ON q.book = o.book AND q.land_order = o.id
   WHERE o.book = $1 AND o.state = 'approved'`;

/** Which land comes from which, and that none is made or lost on the way. */
export const LAND_CHECKS: Checks = {
  // Imported or founded by an order that names it; closed by an order of which it is a part, on that order's day.
  PARCEL_ORIGIN_UNEXPLAINED: `
    WITH child AS (${CHILDREN})
    SELECT format('parcel %s: neither an import nor an order brought it', p.code) AS facts
      FROM registry.parcel p
      LEFT JOIN child c ON c.id = p.founded_by AND c.parcel = p.id AND c.land_unit = p.land_unit AND c.code = p.code
     WHERE p.book = $1 AND (p.founded_by IS NOT NULL AND (c.id IS NULL OR p.import IS NOT NULL)
                            OR p.founded_by IS NULL AND p.import IS NULL)
    UNION ALL
    SELECT format('parcel %s: order %s made it and it is not there', c.code, c.id)
      FROM child c LEFT JOIN registry.parcel p ON p.book = $1 AND p.id = c.parcel
     WHERE p.founded_by IS DISTINCT FROM c.id`,
  PARCEL_FOUNDED_OTHERWISE: `
    SELECT format('parcel %s: its facts are not those of order %s that made it', p.code, c.id) AS facts
      FROM (${CHILDREN}) c
      JOIN registry.parcel p ON p.book = $1 AND p.id = c.parcel AND p.version = 0
     CROSS JOIN LATERAL jsonb_populate_record(p, c.facts) f
     WHERE to_jsonb(f) <> to_jsonb(p)`,
  PARCEL_CLOSING_UNEXPLAINED: `
    WITH parent AS (${PARENTS})
    SELECT format('parcel %s: closed on %s, order %s says %s', p.code, upper(p.valid),
                  coalesce(p.closed_by, q.id), q.from_day) AS facts
      FROM registry.parcel p
      LEFT JOIN parent q ON q.parcel = p.id
     WHERE p.book = $1 AND (p.closed_by, upper(p.valid)) IS DISTINCT FROM (q.id, q.from_day)`,
  LINEAGE_DIFFERS_FROM_ORDER: `
    WITH told AS (
      SELECT DISTINCT c.land_unit, p.land_unit AS origin, c.id AS land_order
        FROM (${CHILDREN}) c
        JOIN (${PARENTS}) q ON q.id = c.id
        JOIN registry.parcel p ON p.book = $1 AND p.id = q.parcel),
    kept AS (
      SELECT o.land_unit, o.origin, o.land_order FROM registry.land_unit_origin o WHERE o.book = $1)
    SELECT format('land unit %s from %s: %s', u.code, r.code,
                  CASE WHEN k.land_unit IS NULL THEN 'an order says so and it is not kept' ELSE 'no order says so' END) AS facts
      FROM told t FULL JOIN kept k USING (land_unit, origin, land_order)
      LEFT JOIN registry.land_unit u ON u.book = $1 AND u.id = land_unit
      LEFT JOIN registry.land_unit r ON r.book = $1 AND r.id = origin
     WHERE t.land_unit IS NULL OR k.land_unit IS NULL`,
  // By rounding each parcel may differ by a hundredth of a mu; by a new survey by what it says.
  LAND_AREA_DIFFERS: `
    SELECT format('order %s: parcels of %s hundredths of a mu became parcels of %s', o.id, b.area, a.area) AS facts
      FROM registry.land_order o
     CROSS JOIN LATERAL (
       SELECT sum(p.area_mu100) AS area, count(*) AS parcels FROM registry.land_order_parent q
         JOIN registry.parcel p ON p.book = q.book AND p.id = q.parcel
        WHERE q.book = o.book AND q.land_order = o.id) b
     CROSS JOIN LATERAL (
       SELECT sum(p.first_area_mu100) AS area, count(*) AS parcels FROM registry.parcel p
        WHERE p.book = o.book AND p.founded_by = o.id) a
     WHERE o.book = $1 AND o.state = 'approved' AND o.survey_no IS NULL
       AND coalesce(abs(a.area - b.area) > a.parcels + b.parcels, true)`,
  PLACE_UNKNOWN: `
    SELECT format('parcel %s lies in %s, which is no region', p.code, p.village) AS facts
      FROM registry.parcel p LEFT JOIN regions.region r ON r.code = p.village
     WHERE p.book = $1 AND r.code IS NULL
    UNION ALL
    SELECT format('party %s is of %s, which is no region', t.external_no, t.region)
      FROM registry.party t LEFT JOIN regions.region r ON r.code = t.region
     WHERE t.book = $1 AND r.code IS NULL`,
};
