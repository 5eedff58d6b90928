import type { MigrationInterface, QueryRunner } from 'typeorm';

import { BACKFILL, PARCELS_INSERTED, PARCELS_UPDATED, TRIGGERS, VIEWS } from './one-book/land-triggers';

/**
 * The land of a book by the day it was recorded: what came into a class and what left it, why, and where. Triggers keep
 * the sums beside the parcels; nobody writes them by hand, and a day that is over is never written again.
 */
export class CreditsOneBookLand1763700000690 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [LAND, OTHERS, VIEWS, PARCELS_INSERTED, PARCELS_UPDATED, TRIGGERS, BACKFILL])
      await q.query(part);
    await q.query(`
      GRANT SELECT ON credits.land_change, credits.payable_change, credits.volume_change, credits.land_now,
        credits.volume_now, credits.payable_step TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TRIGGER one_book_inserted ON registry.parcel;
      DROP TRIGGER one_book_updated ON registry.parcel;
      DROP FUNCTION credits.one_book_parcels_inserted, credits.one_book_parcels_updated;
      DROP VIEW credits.land_now, credits.volume_now, credits.payable_step;
      DROP TABLE credits.land_change, credits.payable_change, credits.volume_change;
      DROP FUNCTION credits.day_of(timestamptz)`);
  }
}

/** One row a place, key and cause of a statement, at each level: a county is read without its villages. */
const LAND = `
  CREATE FUNCTION credits.day_of(p_at timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (p_at AT TIME ZONE 'Asia/Shanghai')::date;

  CREATE TABLE credits.land_change (
    book           int    NOT NULL REFERENCES platform.book (id),
    id             bigint GENERATED ALWAYS AS IDENTITY,
    -- County, township or village: 6, 9 or 12 digits.
    region         text COLLATE "C" NOT NULL,
    -- The day it was recorded on, by the book's clock.
    day            date   NOT NULL,
    forest_class   text   NOT NULL,
    age_group      text   NOT NULL,
    origin         text   NOT NULL,
    -- A parcel's, or closed when later parcels took its place.
    status         text   NOT NULL,
    registered     boolean NOT NULL,
    cause          text   NOT NULL CHECK (cause IN ('opening', 'new', 'closed', 'reopened', 'moved', 'reclassified',
      'aged', 'area', 'split', 'merge', 'renumber', 'redraw', 'status', 'registration', 'mended')),
    parcels_in     bigint NOT NULL,
    parcels_out    bigint NOT NULL,
    area_in_mu100  bigint NOT NULL,
    area_out_mu100 bigint NOT NULL,
    PRIMARY KEY (book, id),
    CONSTRAINT in_and_out_are_apart CHECK (least(parcels_in, parcels_out, area_in_mu100, area_out_mu100) >= 0)
  );
  CREATE INDEX land_change_region ON credits.land_change (book, region, day)`;

const OTHERS = `
  -- Area that may be paid for: it begins and ends with its scope, so a row may be of a day that is to come.
  CREATE TABLE credits.payable_change (
    book         int    NOT NULL REFERENCES platform.book (id),
    id           bigint GENERATED ALWAYS AS IDENTITY,
    region       text COLLATE "C" NOT NULL,
    day          date   NOT NULL,
    forest_class text   NOT NULL,
    -- More or less.
    area_mu100   bigint NOT NULL,
    PRIMARY KEY (book, id)
  );
  CREATE INDEX payable_change_region ON credits.payable_change (book, region, day);

  -- Land whose volume and species are known, more or less of it.
  CREATE TABLE credits.volume_change (
    book         int    NOT NULL REFERENCES platform.book (id),
    id           bigint GENERATED ALWAYS AS IDENTITY,
    region       text COLLATE "C" NOT NULL,
    day          date   NOT NULL,
    forest_class text   NOT NULL,
    age_group    text   NOT NULL,
    origin       text   NOT NULL,
    species      text   NOT NULL,
    area_mu100   bigint NOT NULL,
    volume_dm3   bigint NOT NULL,
    PRIMARY KEY (book, id)
  );
  CREATE INDEX volume_change_region ON credits.volume_change (book, region, day)`;
