import type { MigrationInterface, QueryRunner } from 'typeorm';

import { INTO_SUMS, ISSUED } from './one-book/issued-trigger';

/**
 * Grams by the village they grew in and the state they are in, by the day on which they came there: what an issuance put
 * where, and every move since.
 */
export class CreditsOneBookGrams1763700000693 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [CHANGES, VIEWS, ISSUED, MOVED, TRIGGERS, BACKFILL]) await q.query(part);
    await q.query(`
      GRANT SELECT ON credits.grams_change, credits.grams_issued, credits.grams_moved, credits.grams_now
        TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TRIGGER one_book_issued ON credits.issuance_share;
      DROP TRIGGER one_book_moved ON credits.serial_move;
      DROP FUNCTION credits.one_book_issued, credits.one_book_moved;
      DROP VIEW credits.grams_issued, credits.grams_moved, credits.grams_now;
      DROP TABLE credits.grams_change;
      DROP INDEX credits.issuance_share_serials`);
  }
}

const CHANGES = `
  CREATE TABLE credits.grams_change (
    book         int    NOT NULL REFERENCES platform.book (id),
    id           bigint GENERATED ALWAYS AS IDENTITY,
    region       text COLLATE "C" NOT NULL,
    day          date   NOT NULL,
    -- The year that grew.
    year         int    NOT NULL,
    forest_class text   NOT NULL,
    -- First segment of the place; the second tells why grams were cancelled and where others went.
    state        text   NOT NULL,
    detail       text COLLATE "C" NOT NULL,
    -- More or less.
    grams        bigint NOT NULL CHECK (grams <> 0),
    PRIMARY KEY (book, id)
  );
  CREATE INDEX grams_change_region ON credits.grams_change (book, region, day);
  -- From a serial to the parcel it grew on.
  CREATE INDEX issuance_share_serials ON credits.issuance_share (book, issuance, first_serial)`;

/** A party's serials are one run, the free ones first, those of the buffer last. */
const VIEWS = `
  CREATE VIEW credits.grams_issued AS
    SELECT s.book, m.village, credits.day_of(i.issued_at) AS day, m.year, m.forest_class, q.state, q.grams
      FROM credits.issuance_share s
      JOIN credits.issuance_line l ON l.book = s.book AND l.issuance = s.issuance AND l.party = s.party
      JOIN credits.issuance i ON i.book = s.book AND i.id = s.issuance
      JOIN credits.measurement m ON m.book = s.book AND m.id = s.measurement
     CROSS JOIN LATERAL (SELECT greatest(0, s.first_serial + s.grams
                           - greatest(s.first_serial, l.first_serial + l.grams - l.buffer_grams)) AS buffer) b
     CROSS JOIN LATERAL (VALUES ('holding', s.grams - b.buffer), ('buffer', b.buffer)) AS q (state, grams)
     WHERE q.grams > 0;

  -- The part of each move that grew on one parcel. What was moved before the history began came from its holding.
  CREATE VIEW credits.grams_moved AS
    SELECT v.book, v.id, m.village, credits.day_of(v.moved_at) AS day, m.year, m.forest_class,
           coalesce(v.from_place, 'holding/' || v.party) AS from_place, v.to_place,
           least(upper(v.serials), s.first_serial + s.grams) - greatest(lower(v.serials), s.first_serial) AS grams
      FROM credits.serial_move v
      JOIN credits.issuance_share s ON s.book = v.book AND s.issuance = v.issuance
       AND s.first_serial < upper(v.serials)
       AND s.first_serial >= (SELECT max(x.first_serial) FROM credits.issuance_share x
            WHERE x.book = v.book AND x.issuance = v.issuance AND x.first_serial <= lower(v.serials))
      JOIN credits.measurement m ON m.book = s.book AND m.id = s.measurement;

  -- Where the serials are, by the parcel they grew on: what the sums must come to, however they came there.
  CREATE VIEW credits.grams_now AS
    SELECT b.book, m.village, m.year, m.forest_class, split_part(b.place, '/', 1) AS state,
           CASE WHEN b.place LIKE 'cancelled/%' OR b.place LIKE 'external/%' THEN split_part(b.place, '/', 2) ELSE '' END
             AS detail,
           least(upper(b.serials), s.first_serial + s.grams) - greatest(lower(b.serials), s.first_serial) AS grams
      FROM credits.measurement m
      JOIN credits.issuance_share s ON s.book = m.book AND s.measurement = m.id
      JOIN credits.serial_block b ON b.book = s.book AND b.party = s.party AND b.issuance = s.issuance
       AND b.serials && int8range(s.first_serial, s.first_serial + s.grams)
     WHERE m.issuance IS NOT NULL`;

const ISSUED_ROWS = (where: string): string => `keyed AS (
      SELECT g.book, g.village, g.day, g.year, g.forest_class, g.state, '' AS detail, sum(g.grams) AS grams
        FROM credits.grams_issued g ${where}
       GROUP BY g.book, g.village, g.day, g.year, g.forest_class, g.state)`;

const MOVED_ROWS = (where: string): string => `keyed AS (
      SELECT g.book, g.village, g.day, g.year, g.forest_class, split_part(p.place, '/', 1) AS state,
             CASE WHEN p.place LIKE 'cancelled/%' OR p.place LIKE 'external/%' THEN split_part(p.place, '/', 2) ELSE '' END
               AS detail, sum(p.sign * g.grams) AS grams
        FROM credits.grams_moved g
       CROSS JOIN LATERAL (VALUES (-1, g.from_place), (1, g.to_place)) AS p (sign, place) ${where}
       GROUP BY g.book, g.village, g.day, g.year, g.forest_class, split_part(p.place, '/', 1), 7)`;

const MOVED = `
  CREATE FUNCTION credits.one_book_moved() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
  BEGIN
    WITH ${MOVED_ROWS('WHERE (g.book, g.id) IN (SELECT a.book, a.id FROM added a)')}
    ${INTO_SUMS};
    RETURN NULL;
  END $$`;

const TRIGGERS = `
  CREATE TRIGGER one_book_issued AFTER INSERT ON credits.issuance_share
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION credits.one_book_issued();
  CREATE TRIGGER one_book_moved AFTER INSERT ON credits.serial_move
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION credits.one_book_moved()`;

const BACKFILL = `
  WITH ${ISSUED_ROWS('')} ${INTO_SUMS};
  WITH ${MOVED_ROWS('')} ${INTO_SUMS}`;
