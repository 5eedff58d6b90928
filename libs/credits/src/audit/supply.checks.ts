import type { Checks } from '@app/platform';

/** What was reserved, sold and retired, of whom and with whose consent. */
export const SUPPLY_CHECKS: Checks = {
  RETIRED_SERIALS_ELSEWHERE: `
    SELECT format('serials %s of issuance %s are not at %s', q.serials, q.issuance, q.place) AS facts
      FROM (SELECT r.issuance, r.serials, 'retired/' || r.card AS place FROM credits.retired_serials r
             WHERE r.book = $1
            EXCEPT SELECT b.issuance, b.serials, b.place FROM credits.serial_block b WHERE b.book = $1) q`,
  MEMORANDUM_LEFT: `
    SELECT format('%s serials %s of a memorandum issuance are at %s', i.code, b.serials, b.place) AS facts
      FROM credits.serial_block b JOIN credits.issuance i ON i.book = b.book AND i.id = b.issuance
     WHERE b.book = $1 AND i.grade = 'G0' AND b.place !~ '^(holding|buffer|cancelled)/'`,
  RESERVATION_DIFFERS_FROM_SUPPLY: `
    SELECT format('order %s: %s g, its suppliers gave %s', r.order_id, r.grams, coalesce(q.grams, 0)) AS facts
      FROM credits.reservation r
      LEFT JOIN (SELECT s.order_id, sum(s.grams) AS grams FROM credits.supply s WHERE s.book = $1 GROUP BY 1) q
        ON q.order_id = r.order_id
     WHERE r.book = $1 AND r.grams <> coalesce(q.grams, 0)`,
  RESERVED_SERIALS_DIFFER: `
    WITH held AS (
      SELECT split_part(b.place, '/', 2) AS order_id, b.party, b.issuance, sum(upper(b.serials) - lower(b.serials)) AS grams
        FROM credits.serial_block b WHERE b.book = $1 AND starts_with(b.place, 'reserved-grams/') GROUP BY 1, 2, 3),
    told AS (
      SELECT s.order_id::text AS order_id, s.party, s.issuance, s.grams
        FROM credits.supply s JOIN credits.reservation r ON r.book = s.book AND r.order_id = s.order_id
       WHERE s.book = $1 AND r.state = 'reserved')
    SELECT format('order %s, issuance %s: %s g are supplied, %s in serials', order_id, issuance, coalesce(t.grams, 0),
                  coalesce(h.grams, 0)) AS facts
      FROM told t FULL JOIN held h USING (order_id, party, issuance)
     WHERE coalesce(t.grams, 0) <> coalesce(h.grams, 0)`,
  // On the card, retired from it, or gone from it by a move. What was gone before the history began has none.
  CARD_SERIALS_DIFFER: `
    WITH held AS (
      SELECT q.card, q.party, q.issuance, sum(q.grams) AS grams
        FROM (SELECT split_part(b.place, '/', 2) AS card, b.party, b.issuance, upper(b.serials) - lower(b.serials) AS grams
                FROM credits.serial_block b
               WHERE b.book = $1 AND (starts_with(b.place, 'card/') OR starts_with(b.place, 'retired/'))
              UNION ALL
              SELECT split_part(v.from_place, '/', 2), v.party, v.issuance, upper(v.serials) - lower(v.serials)
                FROM credits.serial_move v
               WHERE v.book = $1 AND starts_with(v.from_place, 'card/') AND NOT starts_with(v.to_place, 'retired/')) q
       GROUP BY 1, 2, 3),
    told AS (
      SELECT r.card::text AS card, s.party, s.issuance, sum(s.grams) AS grams
        FROM credits.supply s JOIN credits.reservation r ON r.book = s.book AND r.order_id = s.order_id
       WHERE s.book = $1 AND r.card IS NOT NULL GROUP BY 1, 2, 3)
    SELECT format('card %s, issuance %s: %s g were supplied, %s are or were there', card, issuance, coalesce(t.grams, 0),
                  coalesce(h.grams, 0)) AS facts
      FROM told t FULL JOIN held h USING (card, party, issuance)
     WHERE coalesce(t.grams, 0) <> coalesce(h.grams, 0)
       AND (coalesce(h.grams, 0) > coalesce(t.grams, 0)
            OR NOT EXISTS (SELECT FROM credits.serial_move v WHERE v.book = $1 AND v.kind = 'credits.begin'))`,
  // Nothing is sold unasked: of every gram that left its holder a consent was in force and recorded before.
  SOLD_WITHOUT_CONSENT: `
    SELECT format('%s: party %s supplied %s g on %s without a consent', q.what, t.external_no, q.grams, q.at) AS facts
      FROM (SELECT 'order ' || s.order_id AS what, s.book, s.party, s.grams, r.reserved_at AS at
              FROM credits.supply s JOIN credits.reservation r ON r.book = s.book AND r.order_id = s.order_id
             WHERE s.book = $1
            UNION ALL
            SELECT 'transfer ' || f.reference, f.book, f.party, f.grams, f.decided_at FROM credits.transfer f
             WHERE f.book = $1 AND f.direction = 'out' AND f.state IN ('sent', 'confirmed', 'failed')) q
      JOIN registry.party t ON t.book = q.book AND t.id = q.party
     WHERE NOT EXISTS (
       SELECT FROM registry.consent c
        WHERE c.book = q.book AND c.party = q.party AND c.valid @> (q.at AT TIME ZONE 'Asia/Shanghai')::date
          AND greatest(c.signed_at, c.recorded_at) <= q.at AND coalesce(c.revoked_at >= q.at, true))`,
  RETIRED_WITHOUT_RETIREMENT: `
    SELECT format('serials %s of issuance %s are at %s, and no retirement says so', q.serials, q.issuance, q.place) AS facts
      FROM (SELECT b.issuance, b.serials, b.place FROM credits.serial_block b
             WHERE b.book = $1 AND starts_with(b.place, 'retired/')
            EXCEPT SELECT r.issuance, r.serials, 'retired/' || r.card FROM credits.retired_serials r WHERE r.book = $1) q`,
  RETIREMENT_DIFFERS_FROM_MOVES: `
    SELECT format('retirement %s: no move brought serials %s of %s to card %s', r.reference, r.serials, i.code, r.card) AS facts
      FROM credits.retired_serials r JOIN credits.issuance i ON i.book = r.book AND i.id = r.issuance
      LEFT JOIN LATERAL (
        SELECT v.id FROM credits.serial_move v
         WHERE v.issuance = r.issuance AND v.serials && r.serials AND v.book = r.book AND v.serials @> r.serials
           AND v.to_place = 'retired/' || r.card
           AND (v.kind = 'credits.begin' OR v.reference = left('retirement/' || r.reference, 200)) LIMIT 1) v ON true
     WHERE r.book = $1 AND v.id IS NULL
    UNION ALL
    SELECT format('retirement %s has no serials', q.reference)
      FROM credits.retirement q
     WHERE q.book = $1 AND NOT EXISTS (
       SELECT FROM credits.retired_serials r WHERE r.book = q.book AND r.reference = q.reference)`,
};
