import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { REVERSED } from '../credits.paths';

export interface SerialVerification {
  readonly ok: boolean;
  readonly issuances: number;
  readonly blocks: number;
  /** `CODE: facts`, at most some examples of each code; empty when all holds. */
  readonly findings: readonly string[];
}

const EXAMPLES = 10;

/** The move before, as long as it moved all of these serials: runs are split and never joined. */
const lastMove = (row: string): string => `
  SELECT CASE WHEN h.serials @> ${row}.serials THEN h.to_place ELSE 'another part' END AS to_place
    FROM credits.serial_move h
   WHERE h.book = ${row}.book AND h.issuance = ${row}.issuance AND h.serials && ${row}.serials`;
/** Where serials lie before their first move: the low end of the party's run is free, the high end the buffer's. */
const began = (row: string): string => `CASE
  WHEN upper(${row}.serials) <= l.first_serial + l.grams - l.buffer_grams THEN 'holding/' || l.party
  WHEN lower(${row}.serials) >= l.first_serial + l.grams - l.buffer_grams THEN 'buffer/' || i.code END`;

/**
 * Each check finds rows that should not be there, in one statement: a book in use is compared with itself at one
 * instant. For the same reason the first reads the ledger's accounts beside the blocks instead of asking the
 * ledger for one balance after the other.
 */
const CHECKS: Readonly<Record<string, string>> = {
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
  LINES_DIFFER_FROM_ISSUANCE: `
    SELECT format('%s: %s grams and %s buffer, lines %s and %s', i.code, i.grams, i.buffer_grams, q.grams, q.buffer)
           AS facts
      FROM credits.issuance i
      LEFT JOIN (SELECT l.issuance, sum(l.grams) AS grams, sum(l.buffer_grams) AS buffer
                   FROM credits.issuance_line l WHERE l.book = $1 GROUP BY l.issuance) q ON q.issuance = i.id
     WHERE i.book = $1 AND (q.grams, q.buffer) IS DISTINCT FROM (i.grams::numeric, i.buffer_grams::numeric)`,
  SHARES_DIFFER_FROM_LINE: `
    SELECT format('issuance %s party %s: line %s, parcels %s', l.issuance, l.party, l.grams, q.grams) AS facts
      FROM credits.issuance_line l
      LEFT JOIN (SELECT s.issuance, s.party, sum(s.grams) AS grams
                   FROM credits.issuance_share s WHERE s.book = $1 GROUP BY s.issuance, s.party) q
        ON q.issuance = l.issuance AND q.party = l.party
     WHERE l.book = $1 AND q.grams IS DISTINCT FROM l.grams::numeric`,
  PARCEL_ISSUED_ABOVE_MEASURED: `
    SELECT format('measurement %s: measured %s less %s, issued %s', m.id, m.grams, m.discount_grams, q.grams) AS facts
      FROM (SELECT s.measurement, sum(s.grams) AS grams
              FROM credits.issuance_share s WHERE s.book = $1 GROUP BY s.measurement) q
      JOIN credits.measurement m ON m.book = $1 AND m.id = q.measurement
     WHERE q.grams > m.grams - m.discount_grams`,
  RETURNED_DIFFERS: `
    SELECT format('issuance %s: returned %s, to parties %s', q.issuance, q.grams, q.credited) AS facts
      FROM (SELECT l.issuance, sum(l.returned_grams) AS credited,
                   (SELECT coalesce(sum(r.grams), 0) FROM credits.buffer_return r
                     WHERE r.book = $1 AND r.issuance = l.issuance AND r.state = 'approved') AS grams
              FROM credits.issuance_line l WHERE l.book = $1 GROUP BY l.issuance) q
     WHERE q.grams <> q.credited`,
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
  LAND_NOT_CLAIMED: `
    SELECT format('land unit %s, %s, issuance %s', q.land_unit, q.period, q.issuance) AS facts
      FROM (SELECT m.land_unit, m.period, m.issuance FROM credits.measurement m
             WHERE m.book = $1 AND m.issuance IS NOT NULL
            EXCEPT SELECT c.land_unit, c.period, c.issuance FROM credits.claim c WHERE c.book = $1) q`,
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
  PROJECT_LAND_NOT_CLAIMED: `
    SELECT format('project %s, land unit %s', p.code, l.land_unit) AS facts
      FROM credits.project p JOIN credits.project_land l ON l.book = p.book AND l.project = p.id
     WHERE p.book = $1 AND p.state IN ('registered', 'credited', 'closed')
       AND NOT EXISTS (SELECT FROM credits.claim c
                        WHERE c.book = l.book AND c.land_unit = l.land_unit AND c.scheme = 'ccer:' || p.code)`,
  MEMORANDUM_LEFT: `
    SELECT format('%s serials %s of a memorandum issuance are at %s', i.code, b.serials, b.place) AS facts
      FROM credits.serial_block b JOIN credits.issuance i ON i.book = b.book AND i.id = b.issuance
     WHERE b.book = $1 AND i.grade = 'G0' AND b.place !~ '^(holding|buffer|cancelled)/'`,
  RETIRED_SERIALS_ELSEWHERE: `
    SELECT format('serials %s of issuance %s are not at %s', q.serials, q.issuance, q.place) AS facts
      FROM (SELECT r.issuance, r.serials, 'retired/' || r.card AS place FROM credits.retired_serials r
             WHERE r.book = $1
            EXCEPT SELECT b.issuance, b.serials, b.place FROM credits.serial_block b WHERE b.book = $1) q`,
};

/** Recomputes where every gram is from its serials and compares with the ledger, the issuances and the land. */
@Injectable()
export class SerialAudit {
  constructor(private readonly database: Database) {}

  async execute(book: number): Promise<SerialVerification> {
    const findings: string[] = [];
    for (const [code, sql] of Object.entries(CHECKS)) {
      const rows = await this.database.query<{ facts: string }>(
        `WITH finding AS MATERIALIZED (${sql}) SELECT facts FROM finding LIMIT ${EXAMPLES}`,
        [book],
      );
      findings.push(...rows.map(({ facts }) => `${code}: ${facts}`));
    }
    const [counted] = await this.database.query<{ issuances: number; blocks: number }>(
      `SELECT (SELECT count(*)::int FROM credits.issuance WHERE book = $1) AS issuances,
              (SELECT count(*)::int FROM credits.serial_block WHERE book = $1) AS blocks`,
      [book],
    );
    return {
      ok: findings.length === 0,
      issuances: counted?.issuances ?? 0,
      blocks: counted?.blocks ?? 0,
      findings,
    };
  }
}
