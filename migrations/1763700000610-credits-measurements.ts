import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was measured of which parcel for which year, with which inputs, and who checked it. */
export class CreditsMeasurements1763700000610 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // Half of each page stays free: every row is written again at the re-check and at issuance.
    await q.query(`
      CREATE TABLE credits.measurement (
        book            int    NOT NULL,
        id              uuid   NOT NULL,
        parcel          uuid   NOT NULL,
        land_unit       uuid   NOT NULL,
        -- A coefficient is a year's growth, so a whole calendar year is measured.
        year            int    NOT NULL CHECK (year BETWEEN 1990 AND 2200),
        period          daterange NOT NULL
          GENERATED ALWAYS AS (daterange(make_date(year, 1, 1), make_date(year, 12, 31), '[]')) STORED,
        -- The inputs as they were: parcels change, a measurement does not.
        village         text COLLATE "C" NOT NULL,
        forest_class    text   NOT NULL,
        age_group       text   NOT NULL,
        coefficient_set text COLLATE "C" NOT NULL,
        area_mu100      bigint NOT NULL CHECK (area_mu100 > 0),
        grams_per_mu    bigint NOT NULL CHECK (grams_per_mu BETWEEN 0 AND 1000000),
        grams           bigint NOT NULL,
        explanation     jsonb  NOT NULL,
        measured_by     text   NOT NULL,
        measured_at     timestamptz NOT NULL,
        rechecked_by    text,
        rechecked_at    timestamptz,
        rejected_by     text,
        rejected_at     timestamptz,
        rejection_note  text,
        issuance        uuid,
        PRIMARY KEY (book, id),
        FOREIGN KEY (book, parcel) REFERENCES registry.parcel (book, id),
        FOREIGN KEY (coefficient_set, forest_class, age_group)
          REFERENCES credits.coefficient (coefficient_set, forest_class, age_group),
        CONSTRAINT rounded_half_up_once CHECK (grams = (2 * area_mu100 * grams_per_mu + 100) / 200),
        CONSTRAINT rechecked_by_another CHECK (rechecked_by <> measured_by),
        CONSTRAINT recheck_has_a_time CHECK ((rechecked_by IS NULL) = (rechecked_at IS NULL)),
        CONSTRAINT rejection_has_a_reason
          CHECK ((rejected_by IS NULL) = (rejected_at IS NULL) AND (rejected_by IS NULL) = (rejection_note IS NULL)),
        CONSTRAINT issued_is_rechecked CHECK (issuance IS NULL OR (rechecked_at IS NOT NULL AND rejected_at IS NULL))
      ) WITH (fillfactor = 50)`);
    await q.query(`CREATE INDEX measurement_village ON credits.measurement (book, village, year)`);
    // A rejected parcel may be measured again.
    await q.query(`
      CREATE UNIQUE INDEX parcel_measured_once ON credits.measurement (book, parcel, year)
       WHERE rejected_at IS NULL`);
    await q.query(`GRANT SELECT, INSERT ON credits.measurement TO tanhui_app`);
    await q.query(`
      GRANT UPDATE (rechecked_by, rechecked_at, rejected_by, rejected_at, rejection_note, issuance)
        ON credits.measurement TO tanhui_app`);
    await q.query(`GRANT SELECT ON credits.measurement TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE credits.measurement`);
  }
}
