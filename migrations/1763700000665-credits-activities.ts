import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was done to a parcel's forest, which may weigh its growth within bounds by a decision; and the hours of tending, which
 * weigh nothing: no gram is made of them.
 */
export class CreditsActivities1763700000665 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE credits.activity (
        book           int  NOT NULL,
        id             uuid NOT NULL,
        parcel         uuid NOT NULL,
        -- 森林抚育, 毛竹低产林改造, 大径材培育.
        kind           text NOT NULL CHECK (kind IN ('tending', 'bamboo-improvement', 'large-timber')),
        done_on        date NOT NULL,
        area_mu100     bigint NOT NULL CHECK (area_mu100 > 0),
        evidence       text NOT NULL CHECK (length(evidence) BETWEEN 1 AND 500),
        -- The order that changed the parcel's class or age group for it.
        parcel_order   text CHECK (length(parcel_order) BETWEEN 1 AND 100),
        -- What the growth of these years is multiplied by; a million is one.
        multiplier_ppm bigint CHECK (multiplier_ppm BETWEEN 800000 AND 1200000 AND multiplier_ppm <> 1000000),
        years          int4range CHECK (NOT isempty(years) AND NOT lower_inf(years) AND NOT upper_inf(years)),
        state          text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
        proposed_by    text NOT NULL,
        proposed_at    timestamptz NOT NULL,
        decided_by     text,
        decided_at     timestamptz,
        rejection      text CHECK (length(rejection) BETWEEN 1 AND 500),
        PRIMARY KEY (book, id),
        FOREIGN KEY (book, parcel) REFERENCES registry.parcel (book, id),
        CONSTRAINT multiplier_has_years CHECK ((multiplier_ppm IS NULL) = (years IS NULL)),
        CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
        CONSTRAINT decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
          AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL)),
        CONSTRAINT one_multiplier_a_year EXCLUDE USING gist (parcel WITH =, years WITH &&, book WITH =)
          WHERE (state = 'approved' AND multiplier_ppm IS NOT NULL)
      );
      CREATE INDEX activity_parcel ON credits.activity (book, parcel, done_on);
      CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE ON credits.activity
        FOR EACH ROW EXECUTE FUNCTION credits.guard_decided();

      CREATE TABLE credits.tending_log (
        book        int  NOT NULL,
        id          uuid NOT NULL,
        party       uuid NOT NULL,
        done_on     date NOT NULL,
        minutes     int  NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
        work        text NOT NULL CHECK (work IN ('weeding', 'thinning', 'pruning', 'planting', 'patrol', 'other')),
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (book, id),
        CONSTRAINT recorded_once UNIQUE (book, party, done_on, work),
        FOREIGN KEY (book, party) REFERENCES registry.party (book, id)
      );

      GRANT SELECT, INSERT ON credits.activity, credits.tending_log TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, rejection) ON credits.activity TO tanhui_app;
      GRANT SELECT ON credits.activity, credits.tending_log TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE credits.tending_log, credits.activity`);
  }
}
