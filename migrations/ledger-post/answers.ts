/**
 * Which of these ids had an answer before, and which, by what is asked: were they posted, refused. Id by id, each by the index of ids: "= ANY" may be planned as a
 * walk over the whole book. The first half of a body is its identity.
 */
export const ANSWERS_BEFORE_IN_SQL = `
  CREATE FUNCTION ledger.answers_before(p_book int, p_posted boolean, p_refused boolean, p_ids uuid[],
    p_bodies bytea[])
    RETURNS TABLE (i bigint, code text, facts jsonb)
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT q.i,
           CASE WHEN substr(q.body, 1, 16) = substr(p_bodies[q.i], 1, 16) THEN q.code ELSE 'KEY_REUSED' END,
           CASE WHEN substr(q.body, 1, 16) = substr(p_bodies[q.i], 1, 16)
                THEN coalesce(q.facts, jsonb_build_object('seq', q.seq::text))
                ELSE jsonb_build_object('body', encode(q.body, 'hex')) END
      FROM (SELECT u.i, e.seq, e.body, 'REPLAYED' AS code, NULL::jsonb AS facts
              FROM unnest(p_ids) WITH ORDINALITY AS u (id, i)
             CROSS JOIN LATERAL (SELECT x.seq, x.body FROM ledger.entry x
                                  WHERE x.book = p_book AND x.id = u.id OFFSET 0) e
             WHERE p_posted
            UNION ALL
            SELECT u.i, NULL, r.body, r.code, r.facts
              FROM unnest(p_ids) WITH ORDINALITY AS u (id, i)
             CROSS JOIN LATERAL (SELECT x.body, x.code, x.facts FROM ledger.refusal x
                                  WHERE x.book = p_book AND x.id = u.id OFFSET 0) r
             WHERE p_refused) q
  $$`;
