import type { Checks } from '@app/platform';

/** What lies with other platforms. */
export const CUSTODY_CHECKS: Checks = {
  EXTERNAL_DIFFERS_FROM_TRANSFERS: `
    WITH outside AS (
      SELECT t.issuance, 'external/' || t.platform AS place,
             sum(CASE t.direction WHEN 'out' THEN t.grams ELSE -t.grams END) AS grams
        FROM credits.transfer t
       WHERE t.book = $1 AND t.state IN ('sent', 'confirmed', 'returned') GROUP BY 1, 2),
    block AS (
      SELECT b.issuance, b.place, sum(upper(b.serials) - lower(b.serials)) AS grams
        FROM credits.serial_block b WHERE b.book = $1 AND b.place LIKE 'external/%' GROUP BY 1, 2)
    SELECT format('%s issuance %s: serials %s, transfers %s', coalesce(b.place, o.place),
                  coalesce(b.issuance, o.issuance), coalesce(b.grams, 0), coalesce(o.grams, 0)) AS facts
      FROM block b FULL JOIN outside o ON o.issuance = b.issuance AND o.place = b.place
     WHERE coalesce(b.grams, 0) <> coalesce(o.grams, 0)`,
  TRANSFER_DIFFERS_FROM_SERIALS: `
    SELECT format('transfer %s of %s, %s: %s g, its serials %s', t.reference, t.platform, t.state, t.grams, coalesce(q.grams, 0)) AS facts
      FROM credits.transfer t
      LEFT JOIN (SELECT s.transfer, sum(upper(s.serials) - lower(s.serials)) AS grams
                   FROM credits.transfer_serials s WHERE s.book = $1 GROUP BY 1) q ON q.transfer = t.id
     WHERE t.book = $1
       AND coalesce(q.grams, 0) <> CASE WHEN t.state IN ('proposed', 'rejected') THEN 0 ELSE t.grams END`,
  TRANSFER_DIFFERS_FROM_MOVES: `
    WITH moved AS (
      SELECT v.reference, sum(upper(v.serials) - lower(v.serials)) FILTER (WHERE v.kind = 'credits.move-out') AS sent,
             sum(upper(v.serials) - lower(v.serials)) FILTER (WHERE v.kind = 'credits.move-in') AS back
        FROM credits.serial_move v
       WHERE v.book = $1 AND v.kind IN ('credits.move-out', 'credits.move-in') GROUP BY 1)
    SELECT format('transfer %s of %s, %s: %s g, moves of %s out and %s in', t.reference, t.platform, t.state, t.grams,
                  coalesce(v.sent, 0), coalesce(v.back, 0)) AS facts
      FROM credits.transfer t LEFT JOIN moved v ON v.reference = 'transfer/' || t.id
     WHERE t.book = $1 AND (coalesce(v.sent, 0), coalesce(v.back, 0)) <> (
       CASE WHEN t.direction = 'out' AND t.state IN ('sent', 'confirmed', 'failed') THEN t.grams ELSE 0 END,
       CASE WHEN t.state IN ('failed', 'returned') THEN t.grams ELSE 0 END)
    UNION ALL
    SELECT format('%s moved serials and is not there', v.reference)
      FROM moved v LEFT JOIN credits.transfer t ON t.book = $1 AND v.reference = 'transfer/' || t.id
     WHERE t.id IS NULL`,
};
