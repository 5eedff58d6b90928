import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Development zones and the like that manage towns and villages of a county without being a level of the tree: whose
 * hands a place is in on a day lies over the tree, dated, each change with its document. Reference data, of no book.
 */
export class ManagingBodies1763700000301 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public`);
    for (const part of [BODIES, AREAS, GUARD]) await q.query(part);
    await q.query(`
      GRANT SELECT, INSERT ON regions.managing_body, regions.managed_area TO tanhui_app;
      GRANT UPDATE (valid, ended_by_document) ON regions.managed_area TO tanhui_app;
      GRANT SELECT ON regions.managing_body, regions.managed_area TO tanhui_auditor`);
    // Named in the census of Ankang. What each manages, the decrees say: nobody has read them here.
    await q.query(`
      INSERT INTO regions.managing_body (code, name, region, source)
      SELECT v.code, v.name, '610902', '安康市人口普查资料；管理范围以批复为准'
        FROM (VALUES ('gaoxin', '高新区'), ('hengkou', '恒口示范区'), ('yinghu', '瀛湖')) AS v (code, name)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE regions.managed_area, regions.managing_body;
      DROP FUNCTION regions.guard_managed_area`);
  }
}

const BODIES = `
  CREATE TABLE regions.managing_body (
    code   text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9-]{1,31}$'),
    name   text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    -- The region in which all it manages lies.
    region text COLLATE "C" NOT NULL REFERENCES regions.region (code),
    source text NOT NULL CHECK (length(source) BETWEEN 1 AND 200),
    UNIQUE (code, region)
  )`;

const AREAS = `
  CREATE TABLE regions.managed_area (
    -- The place with all below it; what has a row of its own below goes by that.
    region            text COLLATE "C" NOT NULL REFERENCES regions.region (code),
    body              text COLLATE "C" NOT NULL,
    body_region       text COLLATE "C" NOT NULL,
    valid             daterange NOT NULL CHECK (NOT isempty(valid) AND NOT lower_inf(valid)),
    document_no       text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
    ended_by_document text CHECK (length(ended_by_document) BETWEEN 1 AND 200),
    recorded_by       text NOT NULL,
    recorded_at       timestamptz NOT NULL,
    PRIMARY KEY (region, valid),
    FOREIGN KEY (body, body_region) REFERENCES regions.managing_body (code, region),
    CONSTRAINT lies_where_the_body_is CHECK (starts_with(region, body_region) AND region <> body_region),
    CONSTRAINT ends_by_a_document CHECK (upper_inf(valid) = (ended_by_document IS NULL)),
    CONSTRAINT in_one_hand_a_day EXCLUDE USING gist (region WITH =, valid WITH &&)
  );
  CREATE INDEX managed_area_body ON regions.managed_area (body)`;

const GUARD = `
  CREATE FUNCTION regions.guard_managed_area() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF lower(NEW.valid) <> lower(OLD.valid) OR NOT upper_inf(OLD.valid) THEN
      RAISE EXCEPTION 'what a body manages only ends, once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER only_ends BEFORE UPDATE ON regions.managed_area
    FOR EACH ROW EXECUTE FUNCTION regions.guard_managed_area()`;
