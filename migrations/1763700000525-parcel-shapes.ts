import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What parcels look like from above: the map files that were loaded, and a dated shape a parcel. */
export class ParcelShapes1763700000525 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [FILES, SHAPES, OVERLAPS, GUARDS]) await q.query(part);
    await q.query(`
      GRANT SELECT, INSERT ON registry.map_file, registry.parcel_shape, registry.shape_overlap TO tanhui_app;
      GRANT UPDATE (checked_to, pairs_left_out) ON registry.map_file TO tanhui_app;
      GRANT UPDATE (valid) ON registry.parcel_shape TO tanhui_app;
      GRANT SELECT ON registry.map_file, registry.parcel_shape, registry.shape_overlap TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE registry.shape_overlap;
      DROP TABLE registry.parcel_shape;
      DROP TABLE registry.map_file;
      DROP FUNCTION registry.guard_map_file, registry.guard_shape`);
  }
}

/** One row a file. The same bytes are loaded once. */
const FILES = `
  CREATE TABLE registry.map_file (
    book           int  NOT NULL REFERENCES platform.book (id),
    id             uuid NOT NULL,
    format         text NOT NULL CHECK (format IN ('geojson', 'shp')),
    -- The coordinate system it came in, as the file names it.
    crs            text NOT NULL CHECK (length(crs) BETWEEN 1 AND 100),
    sha256         text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    features       int  NOT NULL CHECK (features > 0),
    positions      int  NOT NULL CHECK (positions > 0),
    -- Features up to this one were compared with whatever lies beside them.
    checked_to     int  NOT NULL DEFAULT 0,
    -- Pairs that were left out where a shape has more neighbours than a map can rightly have.
    pairs_left_out int  NOT NULL DEFAULT 0 CHECK (pairs_left_out >= 0),
    loaded_by      text NOT NULL,
    loaded_at      timestamptz NOT NULL,
    PRIMARY KEY (book, id),
    CONSTRAINT map_file_once UNIQUE (book, sha256),
    CONSTRAINT checked_what_is_there CHECK (checked_to BETWEEN 0 AND features)
  )`;

/**
 * A shape holds from its first day until another takes its place. One that was replaced on its first day keeps an
 * empty range. Coordinates are nano-degrees of CGCS2000, longitude first; how the bytes are made up is written in
 * libs/registry/src/geometry/shape-codec.rules.ts.
 */
const SHAPES = `
  CREATE TABLE registry.parcel_shape (
    book        int  NOT NULL,
    id          uuid NOT NULL,
    parcel      uuid NOT NULL,
    file        uuid NOT NULL,
    -- Which feature of the file it was, from 1.
    feature     int  NOT NULL CHECK (feature > 0),
    valid       daterange NOT NULL CHECK (isempty(valid) OR NOT lower_inf(valid)),
    -- The area on the ellipsoid.
    area_mu100  bigint NOT NULL CHECK (area_mu100 >= 0),
    positions   int  NOT NULL CHECK (positions >= 3),
    centre_lon  bigint NOT NULL,
    centre_lat  bigint NOT NULL,
    frame       box  NOT NULL,
    shape       bytea NOT NULL CHECK (length(shape) > 0),
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (book, id),
    FOREIGN KEY (book, parcel) REFERENCES registry.parcel (book, id),
    FOREIGN KEY (book, file) REFERENCES registry.map_file (book, id),
    CONSTRAINT shape_of_one_feature UNIQUE (book, file, feature),
    CONSTRAINT shape_one_a_day EXCLUDE USING gist (book WITH =, parcel WITH =, valid WITH &&)
  );
  CREATE UNIQUE INDEX parcel_shape_current ON registry.parcel_shape (book, parcel) WHERE upper_inf(valid);
  CREATE INDEX parcel_shape_frame ON registry.parcel_shape USING gist (book, frame)`;

/** What two shapes share. Shapes do not change, so this never grows old: it counts on the days that both hold. */
const OVERLAPS = `
  CREATE TABLE registry.shape_overlap (
    book       int    NOT NULL,
    shape      uuid   NOT NULL,
    other      uuid   NOT NULL,
    area_mu100 bigint NOT NULL CHECK (area_mu100 > 0),
    PRIMARY KEY (book, shape, other),
    FOREIGN KEY (book, shape) REFERENCES registry.parcel_shape (book, id),
    FOREIGN KEY (book, other) REFERENCES registry.parcel_shape (book, id),
    CONSTRAINT pair_once CHECK (shape < other)
  );
  CREATE INDEX shape_overlap_other ON registry.shape_overlap (book, other)`;

const GUARDS = `
  CREATE FUNCTION registry.guard_map_file() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF NEW.checked_to < OLD.checked_to OR NEW.pairs_left_out < OLD.pairs_left_out THEN
      RAISE EXCEPTION 'what was compared of map file % stays compared', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER map_file_only_advances BEFORE UPDATE ON registry.map_file
    FOR EACH ROW EXECUTE FUNCTION registry.guard_map_file();

  CREATE FUNCTION registry.guard_shape() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF isempty(OLD.valid) OR NOT upper_inf(OLD.valid)
       OR NOT (isempty(NEW.valid) OR (lower(NEW.valid) = lower(OLD.valid) AND NOT upper_inf(NEW.valid))) THEN
      RAISE EXCEPTION 'a shape only ends, once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER shape_only_ends BEFORE UPDATE ON registry.parcel_shape
    FOR EACH ROW EXECUTE FUNCTION registry.guard_shape()`;
