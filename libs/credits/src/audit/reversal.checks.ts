import type { Checks } from '@app/platform';
import { REVERSED } from '../credits.paths';

/** What was lost, and what stands in for it. */
export const REVERSAL_CHECKS: Checks = {
  LOST_DIFFERS_FROM_REVERSAL: `
    SELECT format('reversal %s measurement %s: %s of the share, %s in serials', s.reversal, s.measurement,
                  concat_ws('+', s.holding_grams + s.buffer_grams, s.void_grams, s.owed_grams),
                  concat_ws('+', coalesce(q.cancelled, 0), coalesce(q.void, 0), coalesce(q.owed, 0))) AS facts
      FROM credits.reversal_share s
      LEFT JOIN LATERAL (
        SELECT sum(upper(r.serials) - lower(r.serials)) FILTER (WHERE r.fate = 'cancelled') AS cancelled,
               sum(upper(r.serials) - lower(r.serials)) FILTER (WHERE r.fate = 'void') AS void,
               sum(upper(r.serials) - lower(r.serials)) FILTER (WHERE r.fate = 'owed') AS owed
          FROM credits.reversed_serials r
         WHERE r.book = s.book AND r.reversal = s.reversal AND r.measurement = s.measurement AND r.party = s.party) q ON true
     WHERE s.book = $1 AND (s.holding_grams + s.buffer_grams, s.void_grams, s.owed_grams)
           IS DISTINCT FROM (coalesce(q.cancelled, 0), coalesce(q.void, 0), coalesce(q.owed, 0))`,
  LOST_OUTSIDE_THE_LAND: `
    SELECT format('%s of issuance %s did not grow on the parcel of reversal %s', r.serials, r.issuance, r.reversal) AS facts
      FROM credits.reversed_serials r
      JOIN credits.issuance_share s ON s.book = r.book AND s.measurement = r.measurement AND s.party = r.party
      JOIN credits.reversal v ON v.book = r.book AND v.id = r.reversal
     WHERE r.book = $1 AND (v.state <> 'approved' OR s.issuance <> r.issuance
           OR NOT int8range(s.first_serial, s.first_serial + s.grams) @> r.serials)`,
  REVERSED_SERIALS_ELSEWHERE: `
    WITH told AS (
      SELECT r.issuance, r.serials, '${REVERSED}' || r.reversal AS place FROM credits.reversed_serials r
       WHERE r.book = $1 AND r.fate = 'cancelled'
      UNION ALL
      SELECT p.by_issuance, p.by_serials, '${REVERSED}' || p.reversal FROM credits.replacement p WHERE p.book = $1),
    sums AS (
      SELECT t.issuance, t.place, range_agg(t.serials) AS runs FROM told t GROUP BY 1, 2),
    blocks AS (
      SELECT b.issuance, b.place, range_agg(b.serials) AS runs FROM credits.serial_block b
       WHERE b.book = $1 AND starts_with(b.place, '${REVERSED}') GROUP BY 1, 2)
    SELECT format('%s: issuance %s has there %s, reversals say %s', coalesce(b.place, s.place),
                  coalesce(b.issuance, s.issuance), b.runs, s.runs) AS facts
      FROM sums s FULL JOIN blocks b ON b.issuance = s.issuance AND b.place = s.place
     WHERE b.runs IS DISTINCT FROM s.runs`,
  REPLACED_AND_NOT_OWED: `
    SELECT format('%s of issuance %s are replaced and not owed', p.serials, p.issuance) AS facts
      FROM credits.replacement p
      LEFT JOIN LATERAL (
        SELECT range_agg(r.serials) AS owed FROM credits.reversed_serials r
         WHERE r.book = p.book AND r.issuance = p.issuance AND r.reversal = p.reversal AND r.fate = 'owed'
           AND r.serials && p.serials) q ON true
     WHERE p.book = $1 AND NOT coalesce(q.owed @> p.serials, false)`,
  LOST_AND_NOT_TOLD: `
    SELECT format('reversal %s took %s g of party %s, who was told of %s', coalesce(s.reversal, n.reversal),
                  coalesce(s.grams, 0), coalesce(s.party, n.party), coalesce(n.grams, 0)) AS facts
      FROM (SELECT l.reversal, l.party, sum(l.lost_grams) AS grams FROM credits.reversal_share l
             WHERE l.book = $1 GROUP BY 1, 2) s
      FULL JOIN (SELECT m.reversal, m.party, sum(m.lost_grams) AS grams FROM credits.message m
                  WHERE m.book = $1 AND m.kind = 'own-loss' GROUP BY 1, 2) n
        ON n.reversal = s.reversal AND n.party = s.party
     WHERE coalesce(s.grams, 0) <> coalesce(n.grams, 0)`,
  REVERSAL_MISSING: `
    SELECT DISTINCT format('reversal %s is not there or not approved, and serials were lost by it', q.reversal) AS facts
      FROM (SELECT r.reversal FROM credits.reversed_serials r WHERE r.book = $1
            UNION SELECT s.reversal FROM credits.reversal_share s WHERE s.book = $1
            UNION SELECT p.reversal FROM credits.replacement p WHERE p.book = $1) q
     WHERE NOT EXISTS (SELECT FROM credits.reversal v WHERE v.book = $1 AND v.id = q.reversal AND v.state = 'approved')`,
};
