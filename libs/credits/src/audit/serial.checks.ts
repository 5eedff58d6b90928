import type { Checks } from '@app/platform';

/** The move before, as long as it moved all of these serials: runs are split and never joined. */
const lastMove = (row: string): string => `
  SELECT CASE WHEN h.serials @> ${row}.serials THEN h.to_place ELSE 'another part' END AS to_place
    FROM credits.serial_move h
   WHERE h.book = ${row}.book AND h.issuance = ${row}.issuance AND h.serials && ${row}.serials`;
/** Where serials lie before their first move: the low end of the party's run is free, the high end the buffer's. */
const began = (row: string): string => `CASE
  WHEN upper(${row}.serials) <= l.first_serial + l.grams - l.buffer_grams THEN 'holding/' || l.party
  WHEN lower(${row}.serials) >= l.first_serial + l.grams - l.buffer_grams THEN 'buffer/' || i.code END`;

/** Where every gram is: its block, its party’s run, its account, and its way there. */
export const SERIAL_CHECKS: Checks = {
  SERIALS_DIFFER_FROM_LEDGER: `
    WITH block AS (
      SELECT i.asset, b.place, sum(upper(b.serials) - lower(b.serials)) AS grams
        FROM credits.serial_block b JOIN credits.issuance i ON i.book = b.book AND i.id = b.issuance
       WHERE b.book = $1 GROUP BY i.asset, b.place),
    account AS (
      SELECT s.code AS asset, a.path AS place, a.side * (a.debits - a.credits) AS grams
        FROM ledger.account a JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
       WHERE a.book = $1 AND s.code LIKE 'CO2E/%' AND a.path NOT LIKE 'issued/%')
    SELECT format('%s %s: serials %s, ledger %s', coalesce(b.place, a.place), coalesce(b.asset, a.asset),
                  coalesce(b.grams, 0), coalesce(a.grams, 0)) AS facts
      FROM block b FULL JOIN account a ON a.asset = b.asset AND a.place = b.place
     WHERE coalesce(b.grams, 0) <> coalesce(a.grams, 0)`,
  ISSUED_DIFFERS_FROM_LEDGER: `
    SELECT format('%s: issued %s, ledger %s', i.code, i.grams, coalesce(a.debits - a.credits, 0)) AS facts
      FROM credits.issuance i
      LEFT JOIN ledger.asset s ON s.book = i.book AND s.code = i.asset
      LEFT JOIN ledger.account a ON a.book = i.book AND a.asset = s.id AND a.path = 'issued/' || i.code
     WHERE i.book = $1 AND i.grams <> coalesce(a.debits - a.credits, 0)`,
  SERIALS_NOT_COMPLETE: `
    SELECT format('%s: %s grams, serials %s to %s, %s in blocks', i.code, i.grams, q.first, q.last, q.grams) AS facts
      FROM credits.issuance i
      LEFT JOIN LATERAL (
        SELECT sum(upper(b.serials) - lower(b.serials)) AS grams, min(lower(b.serials)) AS first,
               max(upper(b.serials)) - 1 AS last
          FROM credits.serial_block b WHERE b.book = i.book AND b.issuance = i.id) q ON true
     WHERE i.book = $1 AND (q.grams, q.first, q.last) IS DISTINCT FROM (i.grams::numeric, 1::bigint, i.grams)`,
  SERIALS_OF_ANOTHER_PARTY: `
    SELECT format('%s serials %s lie outside the run of their party', i.code, b.serials) AS facts
      FROM credits.serial_block b
      JOIN credits.issuance i ON i.book = b.book AND i.id = b.issuance
      JOIN credits.issuance_line l ON l.book = b.book AND l.issuance = b.issuance AND l.party = b.party
     WHERE b.book = $1 AND NOT int8range(l.first_serial, l.first_serial + l.grams) @> b.serials`,
  SERIALS_NOT_WHERE_THEY_MOVED: `
    SELECT format('%s serials %s are at %s, their history says %s', i.code, b.serials, b.place,
                  coalesce(v.to_place, ${began('b')}, 'nothing of all of them')) AS facts
      FROM credits.serial_block b
      JOIN credits.issuance i ON i.book = b.book AND i.id = b.issuance
      JOIN credits.issuance_line l ON l.book = b.book AND l.issuance = b.issuance AND l.party = b.party
      LEFT JOIN LATERAL (${lastMove('b')} ORDER BY h.id DESC LIMIT 1) v ON true
     WHERE b.book = $1 AND coalesce(v.to_place, ${began('b')}) IS DISTINCT FROM b.place`,
  MOVES_NOT_IN_A_CHAIN: `
    SELECT format('move %s of %s serials %s is from %s, the one before was to %s', n.id, i.code, n.serials, n.from_place,
                  coalesce(v.to_place, ${began('n')}, 'no one place')) AS facts
      FROM credits.serial_move n
      JOIN credits.issuance i ON i.book = n.book AND i.id = n.issuance
      JOIN credits.issuance_line l ON l.book = n.book AND l.issuance = n.issuance AND l.party = n.party
      LEFT JOIN LATERAL (${lastMove('n')} AND h.id < n.id ORDER BY h.id DESC LIMIT 1) v ON true
     WHERE n.book = $1 AND n.from_place IS NOT NULL
       AND coalesce(v.to_place, ${began('n')}) IS DISTINCT FROM n.from_place`,
  // What moved serials is an entry of the ledger. Of what lay somewhere when the history began, nobody knows which.
  MOVE_WITHOUT_ENTRY: `
    SELECT format('%s %s moved serials, and the ledger has no such entry', q.kind, q.reference) AS facts
      FROM (SELECT v.kind, v.reference FROM credits.serial_move v WHERE v.book = $1 AND v.from_place IS NOT NULL
            EXCEPT
            SELECT k.kind, e.reference FROM ledger.entry e JOIN ledger.entry_kind k ON k.id = e.kind
             WHERE e.book = $1 AND k.owner = 'credits') q`,
};
