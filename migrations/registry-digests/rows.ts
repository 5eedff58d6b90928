/**
 * What of a row is in its digest, as one text that depends on no setting of the session: instants as microseconds, days
 * as their number, bytes in hexadecimals. What changes later is read from where the former value is kept.
 */
const instant = (column: string): string => `(extract(epoch FROM ${column}) * 1000000)::bigint`;
const days = (column: string): string =>
  `isempty(${column}), lower(${column}) - date '2000-01-01', upper(${column}) - date '2000-01-01'`;
const bytes = (column: string): string => `encode(${column}, 'hex')`;
const columns = (row: string, names: string): string => names.replace(/\w+/g, (name) => `${row}.${name}`);
const sha256 = (...parts: readonly string[]): string =>
  `sha256(convert_to(ROW(${parts.join(', ')})::text, 'UTF8'))`;

/** A parcel's facts without its scope, in the order of the table. */
const FACTS = `forest_class, age_group, origin, public_welfare_level, tenure, area_mu100, right_registered,
  certificate_no, scope_decision, land_kind, forest_use, forest_subuse, forest_category, national_protection, programme,
  origin_detail, dominant_species, canopy100, volume_dm3, land_protection, land_tenure, tree_tenure, operator_kind,
  sink_zone, compartment, sub_compartment, patch, map_patch_no, land_parcel_code, real_estate_unit_no,
  real_estate_certificate_no, certificate_area_mu100`;

/** The digest of a row: `r` is the row, `f` the facts with which it came. */
type Digest = (r: string, f: string) => string;

const parcel: Digest = (r, f) =>
  sha256(
    columns(r, 'book, id, land_unit, code, village, first_area_mu100, import, founded_by'),
    instant(`${r}.recorded_at`),
    columns(f, FACTS),
    days(`${f}.scope`),
  );
const landUnit: Digest = (r) => sha256(columns(r, 'book, id, code'), instant(`${r}.recorded_at`));
const party: Digest = (r, f) =>
  sha256(
    columns(r, 'book, id, external_no, kind, import'),
    instant(`${r}.recorded_at`),
    columns(f, 'name, region'),
    ...['id_number_sealed', 'id_number_index', 'phone_sealed', 'phone_index'].map((name) =>
      bytes(`${f}.${name}`),
    ),
  );
const account: Digest = (r) =>
  sha256(
    columns(r, 'book, id, party, bank, last4, holder_name, evidence, recorded_by'),
    instant(`${r}.recorded_at`),
    bytes(`${r}.number_sealed`),
    bytes(`${r}.number_index`),
  );
const firstDays = (r: string): string => days(`coalesce(${r}.first_valid, ${r}.valid)`);
const share: Digest = (r) =>
  sha256(
    columns(r, 'book, id, parcel, party, kind, share_ppm, document_no, import, made_by, made_by_land'),
    instant(`${r}.recorded_at`),
    firstDays(r),
  );
const consent: Digest = (r) =>
  sha256(
    columns(r, 'book, id, party, share_ppm, channel, document_no, witness, recorded_by, import'),
    instant(`${r}.signed_at`),
    instant(`${r}.recorded_at`),
    days(`${r}.valid`),
  );
const payee: Digest = (r) =>
  sha256(
    columns(r, 'book, id, party, payee, reason, document_no, payee_order, party_order'),
    instant(`${r}.recorded_at`),
    firstDays(r),
  );

interface DigestedTable {
  readonly table: string;
  readonly digest: Digest;
  /** Where the facts stand with which a row came that was changed since. */
  readonly former?: string;
}

export const DIGESTED: readonly DigestedTable[] = [
  {
    ...{ table: 'parcel', digest: parcel },
    former: `SELECT h.* FROM registry.parcel_past h
      WHERE h.book = r.book AND h.id = r.id AND h.superseded_at IS NOT NULL AND upper_inf(h.valid)
      ORDER BY h.no LIMIT 1`,
  },
  { table: 'land_unit', digest: landUnit },
  {
    ...{ table: 'party', digest: party },
    former: `SELECT h.* FROM registry.party_past h WHERE h.book = r.book AND h.party = r.id AND h.version = 0`,
  },
  { table: 'bank_account', digest: account },
  { table: 'right_share', digest: share },
  { table: 'consent', digest: consent },
  { table: 'payee', digest: payee },
];

/** A digest a row, some thousand rows a piece: a column beside them would cost an import several times as much. */
export const CAME = `
  CREATE TABLE registry.came (
    book     int    NOT NULL REFERENCES platform.book (id),
    no       bigint GENERATED ALWAYS AS IDENTITY,
    relation text   NOT NULL,
    -- The import in whose transaction they came.
    import   uuid,
    ids      uuid[]  NOT NULL,
    digests  bytea[] NOT NULL,
    -- Since when they are vouched for, by the wall clock.
    kept_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (book, no),
    FOREIGN KEY (book, import) REFERENCES registry.import (book, id),
    CONSTRAINT a_digest_a_row CHECK (cardinality(ids) = cardinality(digests) AND cardinality(ids) > 0)
  );
  -- Digests do not get smaller.
  ALTER TABLE registry.came ALTER digests SET STORAGE EXTERNAL, ALTER ids SET STORAGE EXTERNAL;
  CREATE INDEX came_import ON registry.came (book, import) WHERE import IS NOT NULL`;

/** Kept when the rows come, whoever writes them. */
export const keeping = ({ table, digest }: DigestedTable): string => `
  CREATE FUNCTION registry.keep_${table}() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
  BEGIN
    INSERT INTO registry.came (book, relation, import, ids, digests)
    SELECT r.book, '${table}', nullif(current_setting('registry.import', true), '')::uuid, array_agg(r.id ORDER BY r.id),
           array_agg(${digest('r', 'r')} ORDER BY r.id)
      FROM added r GROUP BY r.book;
    RETURN NULL;
  END $$;
  CREATE TRIGGER as_it_came AFTER INSERT ON registry.${table}
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION registry.keep_${table}()`;

/** What the rows that are there now give; `condition` is about `r`. */
const made = ({ table, digest, former }: DigestedTable, condition: string): string => {
  const of = (f: string): string =>
    `SELECT r.book, '${table}'::text AS relation, r.id, ${digest('r', f)} AS made`;
  const asItIs = `${of('r')} FROM registry.${table} r WHERE ${condition}`;
  if (former === undefined) return asItIs;
  return `${asItIs} AND r.version = 0
      UNION ALL
      ${of('f')} FROM registry.${table} r LEFT JOIN LATERAL (${former}) f ON true WHERE ${condition} AND r.version > 0`;
};

/** Of each row of a book the digest that was kept when it came, and the one made of what stands there now. */
export const ROW_DIGESTS = `
  CREATE FUNCTION registry.row_digests(p_book int)
    RETURNS TABLE (relation text, id uuid, import uuid, kept bytea, made bytea) LANGUAGE sql STABLE AS $$
    WITH kept AS (
      SELECT c.relation, u.id, c.import, u.digest
        FROM registry.came c CROSS JOIN LATERAL unnest(c.ids, c.digests) AS u (id, digest) WHERE c.book = p_book),
    made AS (
      ${DIGESTED.map((table) => made(table, 'r.book = p_book')).join('\n      UNION ALL\n      ')})
    SELECT coalesce(k.relation, m.relation), coalesce(k.id, m.id), k.import, k.digest, m.made
      FROM kept k FULL JOIN made m ON m.relation = k.relation AND m.id = k.id
  $$`;

/** Of an import: its own row, then the digests of all that came with it, in the order in which they came. */
export const IMPORT_DIGESTS = `
  CREATE VIEW registry.import_digest AS
    WITH came AS (
      SELECT c.book, c.import, string_agg(u.digest, ''::bytea ORDER BY c.no, u.no) AS digests
        FROM registry.came c CROSS JOIN LATERAL unnest(c.digests) WITH ORDINALITY AS u (digest, no)
       WHERE c.import IS NOT NULL GROUP BY c.book, c.import)
    SELECT i.book, i.id, i.kind, i.digest AS kept,
           sha256(${sha256(columns('i', 'book, id, kind, sha256, rows, imported_by'), instant('i.imported_at'))}
                  || coalesce(c.digests, '')) AS made
      FROM registry.import i LEFT JOIN came c ON c.book = i.book AND c.import = i.id`;

/** Of what was there before: as if it came today, each row with the import that wrote it. */
const IMPORT_OF: Readonly<Record<string, string>> = {
  ...{
    parcel: 'r.import',
    party: 'r.import',
    right_share: 'r.import',
    consent: 'r.import',
    payee: 'NULL::uuid',
  },
  bank_account: `(SELECT i.id FROM registry.import i WHERE i.book = r.book AND 'import/' || i.id = r.evidence)`,
  land_unit: `(SELECT p.import FROM registry.parcel p WHERE p.book = r.book AND p.land_unit = r.id
                ORDER BY p.recorded_at, p.id LIMIT 1)`,
};
export const filling = (one: DigestedTable): string => `
  INSERT INTO registry.came (book, relation, import, ids, digests)
  SELECT q.book, q.relation, q.import, array_agg(q.id ORDER BY q.id), array_agg(q.made ORDER BY q.id)
    FROM (SELECT m.*, ${IMPORT_OF[one.table]!} AS import,
                 (row_number() OVER (PARTITION BY m.book ORDER BY m.id) - 1) / 5000 AS piece
            FROM (${made(one, 'true')}) m JOIN registry.${one.table} r ON r.book = m.book AND r.id = m.id) q
   GROUP BY q.book, q.relation, q.import, q.piece`;
