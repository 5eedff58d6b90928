import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';

export interface SerialVerification {
  readonly ok: boolean;
  readonly issuances: number;
  readonly blocks: number;
  /** `CODE: facts`, at most some examples of each code; empty when all holds. */
  readonly findings: readonly string[];
}

const EXAMPLES = 10;

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
    SELECT format('measurement %s: measured %s, issued %s', m.id, m.grams, q.grams) AS facts
      FROM (SELECT s.measurement, sum(s.grams) AS grams
              FROM credits.issuance_share s WHERE s.book = $1 GROUP BY s.measurement) q
      JOIN credits.measurement m ON m.book = $1 AND m.id = q.measurement
     WHERE q.grams > m.grams`,
  LAND_NOT_CLAIMED: `
    SELECT format('land unit %s, %s, issuance %s', q.land_unit, q.period, q.issuance) AS facts
      FROM (SELECT m.land_unit, m.period, m.issuance FROM credits.measurement m
             WHERE m.book = $1 AND m.issuance IS NOT NULL
            EXCEPT SELECT c.land_unit, c.period, c.issuance FROM credits.claim c WHERE c.book = $1) q`,
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
