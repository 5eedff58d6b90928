import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Facts of a parcel change by an order that another person approves, and what held before stays known: for every day
 * what is held to be true of it, and what was held to be true of it before somebody knew better.
 */
export class ParcelOrders1763700000507 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [ORDERS, PARCELS, PAST, VIEW, AS_OF, DECIDED, APPLY]) await q.query(part);
    await q.query(`
      GRANT SELECT, INSERT ON registry.parcel_order TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, rejection) ON registry.parcel_order TO tanhui_app;
      GRANT SELECT ON registry.parcel_past TO tanhui_app;
      GRANT SELECT ON registry.parcel_order, registry.parcel_past TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP FUNCTION registry.parcel_on, registry.parcel_believed;
      DROP VIEW registry.parcel_current;
      DROP TABLE registry.parcel_past;
      ALTER TABLE registry.parcel DROP COLUMN made_by;
      DROP TABLE registry.parcel_order;
      DROP FUNCTION registry.guard_parcel_order, registry.apply_parcel_order;
      ALTER TABLE registry.parcel DROP COLUMN valid, DROP COLUMN version, DROP COLUMN facts_at;
      ${FORMER_VIEW};
      GRANT SELECT ON registry.parcel_current TO tanhui_app, tanhui_auditor`);
  }
}

/** What an order may change, in the order of the tables. */
const FACTS = `forest_class, age_group, origin, public_welfare_level, tenure, area_mu100, right_registered,
  certificate_no, scope_decision, scope, land_kind, forest_use, forest_subuse, forest_category, national_protection,
  programme, origin_detail, dominant_species, canopy100, volume_dm3, land_protection, land_tenure, tree_tenure,
  operator_kind, sink_zone, compartment, sub_compartment, patch, map_patch_no, land_parcel_code,
  real_estate_unit_no, real_estate_certificate_no, certificate_area_mu100`;
const of = (alias: string): string => FACTS.replace(/\w+/g, (column) => `${alias}.${column}`);

const ORDERS = `
  CREATE TABLE registry.parcel_order (
    book            int  NOT NULL,
    id              uuid NOT NULL,
    -- Orders of a book in the order in which they were proposed.
    no              bigint GENERATED ALWAYS AS IDENTITY,
    parcel          uuid NOT NULL,
    -- The first day of what the order says. It may lie far back: a fault is mended for the days on which it was one.
    from_day        date NOT NULL,
    reason          text NOT NULL CHECK (reason IN ('survey', 'correction', 'growth', 'land-use', 'certificate',
      'scope', 'other')),
    -- The facts that change, by column, as they were when it was proposed and as they will be.
    before          jsonb NOT NULL CHECK (jsonb_typeof(before) = 'object'),
    after           jsonb NOT NULL CHECK (jsonb_typeof(after) = 'object' AND after <> '{}'),
    evidence        text NOT NULL CHECK (length(evidence) BETWEEN 1 AND 500),
    evidence_sha256 text CHECK (evidence_sha256 ~ '^[0-9a-f]{64}$'),
    -- The parcel's when it was proposed: if it has moved on, somebody else changed its facts meanwhile.
    version         bigint NOT NULL,
    state           text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
    proposed_by     text NOT NULL,
    proposed_at     timestamptz NOT NULL,
    decided_by      text,
    decided_at      timestamptz,
    rejection       text CHECK (length(rejection) BETWEEN 1 AND 500),
    PRIMARY KEY (book, id),
    UNIQUE (book, no),
    FOREIGN KEY (book, parcel) REFERENCES registry.parcel (book, id),
    CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
    CONSTRAINT decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
      AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL)),
    -- Days are China's. Nothing waits for a day to come: so there is nothing to apply later.
    CONSTRAINT approved_on_its_day
      CHECK (state <> 'approved' OR from_day <= (decided_at AT TIME ZONE 'Asia/Shanghai')::date)
  );
  CREATE INDEX parcel_order_parcel ON registry.parcel_order (book, parcel)`;

const PARCELS = `
  ALTER TABLE registry.parcel
    -- The days of these facts; those before stand in parcel_past. Of an import nobody knows since when it is so.
    ADD valid    daterange NOT NULL DEFAULT '(,)' CHECK (NOT isempty(valid)),
    -- Moves on with every change of the facts, so that two changes at once cannot miss each other.
    ADD version  bigint NOT NULL DEFAULT 0,
    -- When these facts were recorded, by which order; with none, when the parcel was.
    ADD facts_at timestamptz,
    ADD made_by  uuid,
    ADD FOREIGN KEY (book, made_by) REFERENCES registry.parcel_order (book, id);
  CREATE INDEX parcel_changed ON registry.parcel (book, id) WHERE version > 0`;

/** LIKE takes the columns with their types; what a parcel keeps for ever is not repeated. */
const PAST = `
  CREATE TABLE registry.parcel_past (LIKE registry.parcel);
  ALTER TABLE registry.parcel_past
    DROP COLUMN code, DROP COLUMN land_unit, DROP COLUMN village, DROP COLUMN status, DROP COLUMN rights_version,
    DROP COLUMN import, DROP COLUMN first_area_mu100, DROP COLUMN version, DROP COLUMN facts_at,
    ALTER valid DROP DEFAULT,
    ADD no            bigint GENERATED ALWAYS AS IDENTITY,
    -- Until when it was held to be true of its days; without end it still is.
    ADD superseded_at timestamptz,
    ADD PRIMARY KEY (book, id, no),
    ADD CONSTRAINT superseded_later CHECK (superseded_at >= recorded_at),
    ADD FOREIGN KEY (book, id) REFERENCES registry.parcel (book, id),
    ADD FOREIGN KEY (book, made_by) REFERENCES registry.parcel_order (book, id),
    -- Of a day one thing is true.
    ADD CONSTRAINT parcel_past_one_a_day EXCLUDE USING gist (id WITH =, valid WITH &&, book WITH =)
      WHERE (superseded_at IS NULL)`;

const SHOWN = `p.certificate_no, p.scope_decision, p.scope`;
const FORMER_VIEW = `
  CREATE VIEW registry.parcel_current AS
    SELECT p.book, p.id, p.land_unit, l.code AS land_unit_code, p.code, p.village, p.forest_class, p.age_group,
           p.origin, p.public_welfare_level, p.tenure, p.area_mu100, p.right_registered, ${SHOWN},
           lower(p.scope) AS scope_from, upper(p.scope) - 1 AS scope_to, p.status
      FROM registry.parcel p JOIN registry.land_unit l ON l.book = p.book AND l.id = p.land_unit`;

const TAXONOMY = FACTS.slice(FACTS.indexOf('land_kind'));
/** A row of parcel_current from the facts of one table; what a parcel keeps for ever comes from the parcel. */
const row = (f: string): string => `
  p.book, p.id, p.land_unit, l.code AS land_unit_code, p.code, p.village, ${f}.forest_class, ${f}.age_group,
  ${f}.origin, ${f}.public_welfare_level, ${f}.tenure, ${f}.area_mu100, ${f}.right_registered, ${f}.certificate_no,
  ${f}.scope_decision, ${f}.scope, lower(${f}.scope) AS scope_from, upper(${f}.scope) - 1 AS scope_to, p.status,
  ${TAXONOMY.replace(/\w+/g, (column) => `${f}.${column}`)}, ${f}.valid, p.version`;
const LAND = `JOIN registry.land_unit l ON l.book = p.book AND l.id = p.land_unit`;
const HELD = `registry.parcel_past h JOIN registry.parcel p ON p.book = h.book AND p.id = h.id ${LAND}`;

const VIEW = `
  CREATE OR REPLACE VIEW registry.parcel_current AS
    SELECT ${row('p')} FROM registry.parcel p ${LAND}`;

/**
 * Parcels with the facts that hold on a day; closed parcels are not among them after their last. Of one type with the
 * view, so that it takes part in the caller's plan with the columns' own collations.
 */
const AS_OF = `
  CREATE FUNCTION registry.parcel_on(book int, day date) RETURNS SETOF registry.parcel_current
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT ${row('p')} FROM registry.parcel p ${LAND} WHERE p.book = $1 AND p.valid @> $2
    UNION ALL
    SELECT ${row('h')} FROM ${HELD} WHERE h.book = $1 AND h.superseded_at IS NULL AND h.valid @> $2
  $$;

  -- What was held to be true of the day at an instant, before somebody knew better.
  CREATE FUNCTION registry.parcel_believed(book int, day date, at timestamptz)
    RETURNS SETOF registry.parcel_current LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT ${row('p')} FROM registry.parcel p ${LAND}
     WHERE p.book = $1 AND p.valid @> $2 AND coalesce(p.facts_at, p.recorded_at) <= $3
    UNION ALL
    SELECT ${row('h')} FROM ${HELD}
     WHERE h.book = $1 AND h.valid @> $2 AND h.recorded_at <= $3 AND coalesce(h.superseded_at > $3, true)
  $$;
  REVOKE ALL ON FUNCTION registry.parcel_on, registry.parcel_believed FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION registry.parcel_on, registry.parcel_believed TO tanhui_app, tanhui_auditor`;

const DECIDED = `
  CREATE FUNCTION registry.guard_parcel_order() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF TG_OP = 'INSERT' AND NEW.state = 'proposed' THEN RETURN NEW; END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'proposed' THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'order % is proposed first and decided once', NEW.id USING ERRCODE = 'restrict_violation';
  END $$;
  CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE ON registry.parcel_order
    FOR EACH ROW EXECUTE FUNCTION registry.guard_parcel_order()`;

/**
 * To approve an order is to change the parcel: nothing else can, for the application has no right to its facts. All
 * that was held of the day and later ones is kept as superseded; the pieces that differ take its place.
 */
const APPLY = `
  CREATE FUNCTION registry.apply_parcel_order() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE
    p    registry.parcel;
    days daterange := daterange(NEW.from_day, NULL);
  BEGIN
    SELECT * INTO STRICT p FROM registry.parcel q WHERE q.book = NEW.book AND q.id = NEW.parcel FOR NO KEY UPDATE;
    IF p.version <> NEW.version OR NOT upper_inf(p.valid) THEN
      RAISE EXCEPTION 'parcel % was changed since order % was proposed', p.code, NEW.id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'parcel_order_version';
    END IF;

    -- Later pieces of the past: superseded, and written again from the order's day on.
    WITH gone AS (
      UPDATE registry.parcel_past h SET superseded_at = NEW.decided_at
       WHERE h.book = NEW.book AND h.id = NEW.parcel AND h.superseded_at IS NULL AND h.valid && days
      RETURNING h AS held)
    INSERT INTO registry.parcel_past (book, id, ${FACTS}, valid, recorded_at, made_by)
    SELECT NEW.book, NEW.parcel, ${of('f')}, k.valid, NEW.decided_at, k.made_by
      FROM gone g
     CROSS JOIN LATERAL (VALUES ((g.held).valid - days, (g.held).made_by, '{}'::jsonb),
                                ((g.held).valid * days, NEW.id, NEW.after)) AS k (valid, made_by, after)
     CROSS JOIN LATERAL jsonb_populate_record(g.held, k.after) f
     WHERE NOT isempty(k.valid)
     ORDER BY lower(k.valid) NULLS FIRST;

    -- The newest facts as they were held until now, and for the days before the order's as they still are.
    INSERT INTO registry.parcel_past (book, id, ${FACTS}, valid, recorded_at, made_by, superseded_at)
    SELECT p.book, p.id, ${of('p')}, k.valid, k.recorded_at, p.made_by, k.superseded_at
      FROM (VALUES (p.valid, coalesce(p.facts_at, p.recorded_at), NEW.decided_at),
                   (p.valid - days, NEW.decided_at, NULL)) AS k (valid, recorded_at, superseded_at)
     WHERE NOT isempty(k.valid);

    UPDATE registry.parcel q
       SET (${FACTS}) = (SELECT ${of('f')} FROM jsonb_populate_record(p, NEW.after) f),
           valid = p.valid * days, version = p.version + 1, facts_at = NEW.decided_at, made_by = NEW.id
     WHERE q.book = p.book AND q.id = p.id;
    RETURN NULL;
  END $$;
  CREATE TRIGGER approved AFTER UPDATE OF state ON registry.parcel_order
    FOR EACH ROW WHEN (NEW.state = 'approved') EXECUTE FUNCTION registry.apply_parcel_order()`;
