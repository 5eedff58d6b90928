/** Sums by village, spread over the levels. */
export const INTO_SUMS = `
    INSERT INTO credits.grams_change (book, region, day, year, forest_class, state, detail, grams)
    SELECT k.book, left(k.village, level.digits), k.day, k.year, k.forest_class, k.state, k.detail, sum(k.grams)
      FROM keyed k CROSS JOIN (VALUES (6), (9), (12)) AS level (digits)
     GROUP BY k.book, left(k.village, level.digits), k.day, k.year, k.forest_class, k.state, k.detail
    HAVING sum(k.grams) <> 0
     ORDER BY 2`;

/** Of an issuance its shares are joined as they come; of moves the view is asked for their numbers. */
export const ISSUED = `
  CREATE FUNCTION credits.one_book_issued() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
  BEGIN
    WITH keyed AS (
      SELECT a.book, m.village, credits.day_of(i.issued_at) AS day, m.year, m.forest_class, q.state, '' AS detail,
             sum(q.grams) AS grams
        FROM added a
        JOIN credits.issuance_line l ON l.book = a.book AND l.issuance = a.issuance AND l.party = a.party
        JOIN credits.issuance i ON i.book = a.book AND i.id = a.issuance
        JOIN credits.measurement m ON m.book = a.book AND m.id = a.measurement
       CROSS JOIN LATERAL (SELECT greatest(0, a.first_serial + a.grams
                             - greatest(a.first_serial, l.first_serial + l.grams - l.buffer_grams)) AS buffer) b
       CROSS JOIN LATERAL (VALUES ('holding', a.grams - b.buffer), ('buffer', b.buffer)) AS q (state, grams)
       WHERE q.grams > 0
       GROUP BY a.book, m.village, credits.day_of(i.issued_at), m.year, m.forest_class, q.state)
    ${INTO_SUMS};
    RETURN NULL;
  END $$`;
