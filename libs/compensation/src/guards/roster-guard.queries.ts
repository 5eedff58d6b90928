import { GUARD_QUERIES } from '@app/registry';
import { REGISTRY_GUARDS, ROSTER_GUARDS, type GuardReach, type RosterGuard } from './guard.words';

/** Ground that a roster of an excluding programme and the same year pays for, or is on its way to. */
const PROGRAMME_EXCLUDED = `
  SELECT p.code AS subject, jsonb_build_object('rosterNo', min(o.no), 'programme', min(g.code), 'documentNo',
           min(x.document_no)) AS facts, ARRAY[p.code] AS parcels, '{}'::text[] AS parties
    FROM compensation.roster r
    JOIN compensation.programme_exclusion x ON x.book = r.book AND r.programme IN (x.programme, x.other)
    JOIN compensation.programme g ON g.book = r.book AND g.id = CASE WHEN x.programme = r.programme THEN x.other ELSE x.programme END
    JOIN compensation.roster_line mine ON mine.book = r.book AND mine.roster = r.id AND mine.parcel IS NOT NULL
    JOIN compensation.parcel_claim c ON c.book = r.book AND c.programme = g.id AND c.year = r.year AND c.parcel = mine.parcel
    JOIN compensation.roster o ON o.book = c.book AND o.id = c.roster
    JOIN registry.parcel p ON p.book = r.book AND p.id = mine.parcel
   WHERE r.book = $1 AND r.id = $3
   GROUP BY p.code`;

/** Somebody on a list of officials' relatives or of the public payroll. */
const LISTED_PERSON = `
  SELECT t.external_no AS subject, jsonb_build_object('lists', count(DISTINCT w.id)::text, 'kinds',
           string_agg(DISTINCT w.kind, ' ' ORDER BY w.kind), 'source', min(w.source)) AS facts, '{}'::text[] AS parcels,
         ARRAY[t.external_no] AS parties
    FROM (SELECT DISTINCT l.party FROM compensation.roster_line l WHERE l.book = $1 AND l.roster = $3) l
    JOIN registry.party t ON t.book = $1 AND t.id = l.party
    JOIN compensation.watch_entry e ON e.book = t.book AND e.id_number_index = t.id_number_index
    JOIN compensation.watch_list w ON w.book = e.book AND w.id = e.list
   GROUP BY t.external_no`;

const QUERIES: Readonly<Record<RosterGuard, string>> = {
  ...(Object.fromEntries(
    (Object.keys(REGISTRY_GUARDS) as (keyof typeof REGISTRY_GUARDS)[]).map((guard) => [
      guard,
      GUARD_QUERIES[guard],
    ]),
  ) as Record<keyof typeof REGISTRY_GUARDS, string>),
  'programme-excluded': PROGRAMME_EXCLUDED,
  'listed-person': LISTED_PERSON,
};

/** Keys of the lines a finding is about, as pairs of a party's number and a parcel's code; null stands for any. */
const HITS: Readonly<Record<GuardReach, string>> = {
  parties: `SELECT u AS party_no, NULL AS parcel_code FROM unnest(f.parties) AS u`,
  subject: `SELECT f.subject AS party_no, NULL AS parcel_code`,
  parcels: `SELECT NULL AS party_no, u AS parcel_code FROM unnest(f.parcels) AS u`,
  both: `SELECT a AS party_no, b AS parcel_code FROM unnest(f.parties) AS a, unnest(f.parcels) AS b`,
};

const MATCHES: Readonly<Record<GuardReach, string>> = {
  parties: 'l.party_no = k.party_no',
  subject: 'l.party_no = k.party_no',
  parcels: 'l.parcel_code = k.parcel_code',
  both: 'l.party_no = k.party_no AND l.parcel_code = k.parcel_code',
};

/**
 * Writes what one guard finds about a roster's lines, and which lines it is about. $1 book, $2 day, $3 roster, $4 now.
 * Evidence is kept as people look at it, the lines whole.
 */
export function guardStatement(guard: RosterGuard): string {
  const { reach, holds } = ROSTER_GUARDS[guard];
  return `
    WITH line AS MATERIALIZED (
      SELECT l.no, t.external_no AS party_no, p.code AS parcel_code
        FROM compensation.roster_line l
        JOIN registry.party t ON t.book = l.book AND t.id = l.party
        LEFT JOIN registry.parcel p ON p.book = l.book AND p.id = l.parcel
       WHERE l.book = $1::int AND l.roster = $3::uuid AND $2::date IS NOT NULL),
    found AS MATERIALIZED (SELECT * FROM (${QUERIES[guard]}) q),
    key AS MATERIALIZED (SELECT f.subject, k.* FROM found f CROSS JOIN LATERAL (${HITS[reach]}) k),
    hit AS MATERIALIZED (SELECT DISTINCT k.subject, l.no FROM key k JOIN line l ON ${MATCHES[reach]}),
    written AS (
      INSERT INTO compensation.roster_finding (book, id, roster, guard, subject, facts, parcels, parties, holds, found_at)
      SELECT $1, gen_random_uuid(), $3, '${guard}', f.subject, f.facts, f.parcels[1:50], f.parties[1:50], ${holds}, $4
        FROM found f WHERE f.subject IN (SELECT h.subject FROM hit h)
      ON CONFLICT (book, roster, guard, subject) DO NOTHING
      RETURNING id, subject)
    INSERT INTO compensation.held_line (book, finding, roster, line_no)
    SELECT $1, w.id, $3, h.no FROM written w JOIN hit h USING (subject) WHERE ${holds}`;
}
