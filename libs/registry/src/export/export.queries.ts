import type { Day } from '@app/kernel';
import type { ImportKind } from '../import/import-kind';
import { CONSENT_CELLS, PARCEL_CELLS, PARTY_CELLS, RIGHT_CELLS } from './cells.sql';

/** $1 book, $2 regions the reader may see, $3 region asked for or '', $4 day or null: then all that is recorded. */
const inScope = (region: string): string =>
  `EXISTS (SELECT FROM unnest($2::text[]) s WHERE starts_with(${region}, s)) AND starts_with(${region}, $3)`;
const onDay = (valid: string): string => `($4::date IS NULL OR ${valid} @> $4::date)`;
const cellsOf = (cells: Readonly<Record<string, string>>): string =>
  `ARRAY[${Object.values(cells)
    .map((cell) => `coalesce(${cell}, '')`)
    .join(', ')}] AS cells`;

/** What a party has under seal, and its account on the day. */
export interface SealedCells {
  readonly idNumber: Buffer | null;
  readonly phone: Buffer | null;
  readonly bank: string | null;
  readonly account: Buffer | null;
  readonly holder: string | null;
}

export interface ExportedRow extends SealedCells {
  readonly cells: string[];
}

/** Without a day the parcels there are now, and nothing of those that became others. */
const parcels = (day: Day | undefined): string =>
  day === undefined
    ? '(SELECT * FROM registry.parcel_current WHERE upper_inf(valid))'
    : 'registry.parcel_on($1, $4::date)';

const PARTY = 'p.book, p.id, p.external_no, p.kind';
const FACTS = ['name', 'region', 'id_number_sealed', 'phone_sealed'];
const factsOf = (alias: string): string => FACTS.map((fact) => `${alias}.${fact}`).join(', ');

/** Without a day the parties there are now; nobody who is no more. */
const parties = (day: Day | undefined): string =>
  day === undefined
    ? '(SELECT * FROM registry.party WHERE closed_on IS NULL)'
    : `(SELECT ${PARTY}, ${factsOf('p')} FROM registry.party p
         WHERE p.book = $1 AND coalesce(p.facts_from <= $4::date, true) AND coalesce(p.closed_on > $4::date, true)
        UNION ALL
        SELECT ${PARTY}, ${factsOf('o')} FROM registry.party_past o
          JOIN registry.party p ON p.book = o.book AND p.id = o.party
         WHERE o.book = $1 AND o.valid @> $4::date)`;

/** The rows of a kind of file, in an order that never changes. */
export function exportQuery(kind: ImportKind, day: Day | undefined): string {
  switch (kind) {
    case 'parties':
      return `
    SELECT ${cellsOf(PARTY_CELLS)}, t.id_number_sealed AS "idNumber", t.phone_sealed AS phone, a.bank,
           a.number_sealed AS account, a.holder_name AS holder
      FROM ${parties(day)} t
      LEFT JOIN registry.bank_account a ON a.book = t.book AND a.party = t.id
            AND CASE WHEN $4::date IS NULL THEN upper_inf(a.valid) ELSE a.valid @> $4::date END
     WHERE t.book = $1 AND ${inScope('t.region')}
     ORDER BY t.external_no`;
    case 'parcels':
      return `
    SELECT ${cellsOf(PARCEL_CELLS)}
      FROM ${parcels(day)} p
     WHERE p.book = $1 AND ${inScope('p.village')} AND ($4::date IS NULL OR true)
     ORDER BY p.code`;
    case 'rights':
      return `
    SELECT ${cellsOf(RIGHT_CELLS)}
      FROM registry.right_current r
      JOIN ${parcels(day)} p ON p.book = r.book AND p.id = r.parcel
      JOIN ${day === undefined ? parties(day) : 'registry.party'} t ON t.book = r.book AND t.id = r.party
     WHERE r.book = $1 AND ${inScope('p.village')} AND ${onDay('r.valid')}
     ORDER BY p.code, r.kind COLLATE "C", t.external_no, lower(r.valid)`;
    case 'consents':
      return `
    SELECT ${cellsOf(CONSENT_CELLS)}
      FROM registry.consent c
      JOIN ${parties(day)} t ON t.book = c.book AND t.id = c.party
     WHERE c.book = $1 AND c.revoked_at IS NULL AND ${inScope('t.region')} AND ${onDay('c.valid')}
     ORDER BY t.external_no, lower(c.valid)`;
  }
}
