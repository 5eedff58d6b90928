import type { Checks } from '@app/platform';

/** The parcel as it was known when it was measured, on the last day of the year. */
const SAME = (row: string): string => `
  (${row}.area_mu100, ${row}.forest_class, ${row}.age_group, ${row}.origin)
    = (m.area_mu100, m.forest_class, m.age_group, m.origin) AND ${row}.valid @> (upper(m.period) - 1)`;

/** What was measured: by which inputs, of which facts, and what was published of it. */
export const MEASURING_CHECKS: Checks = {
  STATEMENT_DIFFERS: `
    SELECT format('%s: %s parcels %s grams, lines %s %s, measured %s %s', s.no, s.parcels, s.grams, l.parcels, l.grams,
                  m.parcels, m.grams) AS facts
      FROM credits.statement s
      LEFT JOIN LATERAL (SELECT sum(q.parcels) AS parcels, sum(q.grams) AS grams, sum(q.area_mu100) AS area
                           FROM credits.statement_line q WHERE q.book = s.book AND q.statement = s.id) l ON true
      LEFT JOIN LATERAL (SELECT count(*) AS parcels, sum(q.grams) AS grams, sum(q.area_mu100) AS area
                           FROM credits.measurement q WHERE q.book = s.book AND q.statement = s.id) m ON true
     WHERE s.book = $1 AND ((l.parcels, l.grams, l.area) IS DISTINCT FROM (s.parcels::bigint, s.grams::numeric, s.area_mu100::numeric)
        OR (m.parcels, m.grams, m.area) IS DISTINCT FROM (s.parcels::bigint, s.grams::numeric, s.area_mu100::numeric))`,
  // The grams follow from the inputs by the formula, the inputs are those of the set, and the explanation says the same.
  MEASUREMENT_DIFFERS_FROM_INPUTS: `
    SELECT format('parcel %s, %s: %s g, its inputs give %s', p.code, m.year, m.grams, g.grams) AS facts
      FROM credits.measurement m
      JOIN registry.parcel p ON p.book = m.book AND p.id = m.parcel
      LEFT JOIN credits.coefficient c ON c.owner = m.set_owner AND c.coefficient_set = m.coefficient_set AND c.forest_class = m.forest_class
       AND c.age_group = m.age_group AND c.origin = m.origin
      LEFT JOIN credits.growth w ON m.method_kind = 'stock-change' AND w.owner = m.set_owner AND w.coefficient_set = m.coefficient_set
       AND w.forest_class = m.forest_class AND w.age_group = m.age_group AND w.origin = m.origin
      LEFT JOIN credits.species_parameter f ON f.owner = w.owner AND f.coefficient_set = w.coefficient_set AND f.species = w.species
     CROSS JOIN LATERAL (SELECT CASE m.method_kind WHEN 'stock-change'
         THEN credits.stock_grams(m.area_mu100, w.growth_milli, f.density_milli, f.expansion_milli, f.root_milli,
                f.carbon_milli, m.multiplier_ppm)
         ELSE div(2::numeric * m.area_mu100 * c.grams_per_mu_year * m.multiplier_ppm + 100000000, 200000000)::bigint END) g (grams)
     WHERE m.book = $1 AND (m.grams IS DISTINCT FROM g.grams OR m.grams_per_mu IS DISTINCT FROM c.grams_per_mu_year
       OR (m.explanation ->> 'grams', m.explanation ->> 'areaMu100', m.explanation ->> 'gramsPerMu')
          IS DISTINCT FROM (m.grams::text, m.area_mu100::text, m.grams_per_mu::text)
       OR m.multiplier_ppm <> 1000000 AND NOT EXISTS (
            SELECT FROM credits.activity a
             WHERE a.book = m.book AND a.parcel = m.parcel AND a.state = 'approved' AND a.years @> m.year
               AND a.multiplier_ppm = m.multiplier_ppm))`,
  MEASUREMENT_DIFFERS_FROM_PARCEL: `
    SELECT format('parcel %s, %s: measured as %s hundredths of a mu of %s, %s, %s, which it was not known to be', p.code, m.year,
                  m.area_mu100, m.forest_class, m.age_group, m.origin) AS facts
      FROM credits.measurement m
      JOIN registry.parcel p ON p.book = m.book AND p.id = m.parcel
     WHERE m.book = $1 AND ((p.land_unit, p.village) <> (m.land_unit, m.village)
       OR NOT (${SAME('p')} AND coalesce(p.facts_at, p.recorded_at) <= m.measured_at)
          AND NOT EXISTS (
            SELECT FROM registry.parcel_past h
             WHERE h.book = m.book AND h.id = m.parcel AND ${SAME('h')} AND h.recorded_at <= m.measured_at
               AND coalesce(h.superseded_at >= m.measured_at, true)))`,
};
