import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Parcels are split, merged, renumbered and drawn anew by an order that another person approves: the former ones are
 * closed, the new ones lie on land units of their own that know which land they come from.
 */
export class LandOrders1763700000508 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [ORDERS, LINEAGE, SHARES, DECIDED, APPLY]) await q.query(part);
    await q.query(`
      GRANT SELECT, INSERT ON registry.land_order, registry.land_order_parent TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, rejection) ON registry.land_order TO tanhui_app;
      GRANT SELECT ON registry.land_unit_origin TO tanhui_app;
      GRANT SELECT ON registry.land_order, registry.land_order_parent, registry.land_unit_origin TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE registry.land_unit_origin;
      ALTER TABLE registry.right_share DROP COLUMN ended_by_land, DROP COLUMN made_by_land;
      ALTER TABLE registry.parcel DROP COLUMN founded_by, DROP COLUMN closed_by;
      DROP TABLE registry.land_order_parent, registry.land_order;
      DROP FUNCTION registry.guard_land_order, registry.apply_land_order;
      ${FORMER_GUARD}`);
  }
}

const ORDERS = `
  CREATE TABLE registry.land_order (
    book            int  NOT NULL REFERENCES platform.book (id),
    id              uuid NOT NULL,
    no              bigint GENERATED ALWAYS AS IDENTITY,
    kind            text NOT NULL CHECK (kind IN ('split', 'merge', 'renumber', 'redraw')),
    -- The first day of the new parcels; the former ones end on the day before.
    from_day        date NOT NULL,
    -- What is made: [{id, code, landUnit, landUnitCode, facts: {column: text}, shares: [{kind, party, sharePpm, to,
    -- documentNo}]}].
    children        jsonb NOT NULL CHECK (jsonb_typeof(children) = 'array' AND jsonb_array_length(children) BETWEEN 1 AND 100),
    -- The document of a new survey, by which the areas may differ from those before.
    survey_no       text CHECK (length(survey_no) BETWEEN 1 AND 200),
    evidence        text NOT NULL CHECK (length(evidence) BETWEEN 1 AND 500),
    evidence_sha256 text CHECK (evidence_sha256 ~ '^[0-9a-f]{64}$'),
    state           text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
    proposed_by     text NOT NULL,
    proposed_at     timestamptz NOT NULL,
    decided_by      text,
    decided_at      timestamptz,
    rejection       text CHECK (length(rejection) BETWEEN 1 AND 500),
    PRIMARY KEY (book, id),
    UNIQUE (book, no),
    CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
    CONSTRAINT decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
      AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL)),
    CONSTRAINT approved_on_its_day
      CHECK (state <> 'approved' OR from_day <= (decided_at AT TIME ZONE 'Asia/Shanghai')::date)
  );
  CREATE TABLE registry.land_order_parent (
    book           int    NOT NULL,
    land_order     uuid   NOT NULL,
    parcel         uuid   NOT NULL,
    -- The parcel's when it was proposed: if either has moved on, somebody else changed it meanwhile.
    version        bigint NOT NULL,
    rights_version bigint NOT NULL,
    PRIMARY KEY (book, land_order, parcel),
    FOREIGN KEY (book, land_order) REFERENCES registry.land_order (book, id),
    FOREIGN KEY (book, parcel) REFERENCES registry.parcel (book, id)
  );
  CREATE INDEX land_order_parent_parcel ON registry.land_order_parent (book, parcel)`;

const LINEAGE = `
  ALTER TABLE registry.parcel
    ADD founded_by uuid,
    ADD closed_by  uuid,
    ADD FOREIGN KEY (book, founded_by) REFERENCES registry.land_order (book, id),
    ADD FOREIGN KEY (book, closed_by) REFERENCES registry.land_order (book, id),
    ADD CONSTRAINT closed_by_an_order CHECK ((closed_by IS NULL) = upper_inf(valid));
  CREATE INDEX parcel_founded ON registry.parcel (book, founded_by) WHERE founded_by IS NOT NULL;
  CREATE TABLE registry.land_unit_origin (
    book       int  NOT NULL,
    land_unit  uuid NOT NULL,
    -- Some of its ground is this one's.
    origin     uuid NOT NULL,
    land_order uuid NOT NULL,
    PRIMARY KEY (book, land_unit, origin),
    FOREIGN KEY (book, land_unit) REFERENCES registry.land_unit (book, id),
    FOREIGN KEY (book, origin) REFERENCES registry.land_unit (book, id),
    FOREIGN KEY (book, land_order) REFERENCES registry.land_order (book, id),
    CONSTRAINT comes_from_another CHECK (land_unit <> origin)
  );
  CREATE INDEX land_unit_origin_origin ON registry.land_unit_origin (book, origin)`;

const FORMER_GUARD = `
  CREATE OR REPLACE FUNCTION registry.guard_right_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF lower(NEW.valid) <> lower(OLD.valid) OR upper_inf(NEW.valid) OR NEW.ended_by IS NULL
       OR OLD.ended_by IS NOT NULL OR upper(NEW.valid) > coalesce(upper(OLD.valid), 'infinity') THEN
      RAISE EXCEPTION 'a share only ends, once, by an order' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$`;

/** A share ends by an order about the right or by one about the land. */
const SHARES = `
  ALTER TABLE registry.right_share
    ADD made_by_land  uuid,
    ADD ended_by_land uuid,
    ADD FOREIGN KEY (book, made_by_land) REFERENCES registry.land_order (book, id),
    ADD FOREIGN KEY (book, ended_by_land) REFERENCES registry.land_order (book, id),
    ADD CONSTRAINT ended_by_one_order CHECK (ended_by IS NULL OR ended_by_land IS NULL);
  CREATE OR REPLACE FUNCTION registry.guard_right_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF lower(NEW.valid) <> lower(OLD.valid) OR upper_inf(NEW.valid)
       OR coalesce(NEW.ended_by, NEW.ended_by_land) IS NULL OR coalesce(OLD.ended_by, OLD.ended_by_land) IS NOT NULL
       OR upper(NEW.valid) > coalesce(upper(OLD.valid), 'infinity') THEN
      RAISE EXCEPTION 'a share only ends, once, by an order' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$`;

const DECIDED = `
  CREATE FUNCTION registry.guard_land_order() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF TG_TABLE_NAME = 'land_order_parent' THEN
      PERFORM FROM registry.land_order o WHERE o.book = NEW.book AND o.id = NEW.land_order AND o.state = 'proposed';
      IF FOUND THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'INSERT' THEN
      IF NEW.state = 'proposed' THEN RETURN NEW; END IF;
    ELSIF OLD.state = 'proposed' THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an order about land is proposed first and decided once' USING ERRCODE = 'restrict_violation';
  END $$;
  CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE ON registry.land_order
    FOR EACH ROW EXECUTE FUNCTION registry.guard_land_order();
  CREATE TRIGGER named_before BEFORE INSERT ON registry.land_order_parent
    FOR EACH ROW EXECUTE FUNCTION registry.guard_land_order()`;

/** What a parcel is told in, as in the migration before this one. */
const FACTS = `forest_class, age_group, origin, public_welfare_level, tenure, area_mu100, right_registered,
  certificate_no, scope_decision, scope, land_kind, forest_use, forest_subuse, forest_category, national_protection,
  programme, origin_detail, dominant_species, canopy100, volume_dm3, land_protection, land_tenure, tree_tenure,
  operator_kind, sink_zone, compartment, sub_compartment, patch, map_patch_no, land_parcel_code,
  real_estate_unit_no, real_estate_certificate_no, certificate_area_mu100`;
const of = (alias: string): string => FACTS.replace(/\w+/g, (column) => `${alias}.${column}`);

/** To approve an order is to close and to make: nothing else writes where land comes from. */
const APPLY = `
  CREATE FUNCTION registry.apply_land_order() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE
    parents  uuid[];
    place    text;
    before   bigint;
    after    bigint;
    children int := jsonb_array_length(NEW.children);
  BEGIN
    PERFORM FROM registry.parcel p JOIN registry.land_order_parent o ON o.book = p.book AND o.parcel = p.id
      WHERE o.book = NEW.book AND o.land_order = NEW.id ORDER BY p.id FOR NO KEY UPDATE OF p;
    SELECT array_agg(p.id), min(p.village), sum(p.area_mu100) INTO parents, place, before
      FROM registry.parcel p JOIN registry.land_order_parent o ON o.book = p.book AND o.parcel = p.id
     WHERE o.book = NEW.book AND o.land_order = NEW.id AND p.version = o.version
       AND p.rights_version = o.rights_version AND upper_inf(p.valid)
       AND coalesce(lower(p.valid) < NEW.from_day, true);
    IF coalesce(cardinality(parents), 0) <> (SELECT count(*) FROM registry.land_order_parent o
         WHERE o.book = NEW.book AND o.land_order = NEW.id) OR parents IS NULL THEN
      RAISE EXCEPTION 'a parcel was changed since order % was proposed', NEW.id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'land_order_version';
    END IF;
    IF (CASE NEW.kind WHEN 'split' THEN cardinality(parents) <> 1 OR children < 2
                      WHEN 'merge' THEN cardinality(parents) < 2 OR children <> 1
                      WHEN 'renumber' THEN cardinality(parents) <> 1 OR children <> 1
                      ELSE cardinality(parents) < 2 OR children < 2 END) THEN
      RAISE EXCEPTION 'order % does not have the parcels of a %', NEW.id, NEW.kind USING ERRCODE = 'check_violation';
    END IF;
    SELECT sum((c -> 'facts' ->> 'area_mu100')::bigint) INTO after FROM jsonb_array_elements(NEW.children) c;
    IF NEW.survey_no IS NULL AND abs(before - after) > cardinality(parents) + children THEN
      RAISE EXCEPTION 'order % makes % of % hundredths of a mu without a new survey', NEW.id, after, before
        USING ERRCODE = 'check_violation', CONSTRAINT = 'land_order_area';
    END IF;

    INSERT INTO registry.land_unit (book, id, code, recorded_at)
    SELECT NEW.book, (c ->> 'landUnit')::uuid, c ->> 'landUnitCode', NEW.decided_at
      FROM jsonb_array_elements(NEW.children) c;
    INSERT INTO registry.parcel (book, id, land_unit, code, village, ${FACTS}, first_area_mu100, status, valid,
           founded_by, recorded_at)
    SELECT NEW.book, (c ->> 'id')::uuid, (c ->> 'landUnit')::uuid, c ->> 'code', place, ${of('f')}, f.area_mu100,
           coalesce(s.status, 'reserve'), daterange(NEW.from_day, NULL), NEW.id, NEW.decided_at
      FROM jsonb_array_elements(NEW.children) c
     CROSS JOIN LATERAL jsonb_populate_record(NULL::registry.parcel, c -> 'facts') f
     CROSS JOIN (SELECT CASE WHEN min(p.status) = max(p.status) THEN min(p.status) END AS status
                   FROM registry.parcel p WHERE p.book = NEW.book AND p.id = ANY (parents)) s;

    -- What was held of the former ones, that they go on, is kept as superseded.
    INSERT INTO registry.parcel_past (book, id, ${FACTS}, valid, recorded_at, made_by, superseded_at)
    SELECT p.book, p.id, ${of('p')}, p.valid, coalesce(p.facts_at, p.recorded_at), p.made_by, NEW.decided_at
      FROM registry.parcel p WHERE p.book = NEW.book AND p.id = ANY (parents);
    UPDATE registry.parcel p
       SET valid = p.valid - daterange(NEW.from_day, NULL), version = p.version + 1, facts_at = NEW.decided_at,
           closed_by = NEW.id
     WHERE p.book = NEW.book AND p.id = ANY (parents);

    UPDATE registry.right_share r SET valid = daterange(lower(r.valid), NEW.from_day), ended_by_land = NEW.id
     WHERE r.book = NEW.book AND r.parcel = ANY (parents) AND coalesce(upper(r.valid) > NEW.from_day, true);
    INSERT INTO registry.right_share (book, id, parcel, party, kind, share_ppm, valid, document_no, recorded_at,
           made_by_land)
    SELECT NEW.book, gen_random_uuid(), (c ->> 'id')::uuid, s.party, s.kind, s."sharePpm",
           daterange(NEW.from_day, s."to", '[]'), s."documentNo", NEW.decided_at, NEW.id
      FROM jsonb_array_elements(NEW.children) c
     CROSS JOIN LATERAL jsonb_to_recordset(c -> 'shares')
           AS s (kind text, party uuid, "sharePpm" bigint, "to" date, "documentNo" text);

    INSERT INTO registry.land_unit_origin (book, land_unit, origin, land_order)
    SELECT DISTINCT NEW.book, (c ->> 'landUnit')::uuid, p.land_unit, NEW.id
      FROM jsonb_array_elements(NEW.children) c CROSS JOIN registry.parcel p
     WHERE p.book = NEW.book AND p.id = ANY (parents);
    RETURN NULL;
  END $$;
  CREATE TRIGGER approved AFTER UPDATE OF state ON registry.land_order
    FOR EACH ROW WHEN (NEW.state = 'approved') EXECUTE FUNCTION registry.apply_land_order()`;
