import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sample plots (样地) and the rounds in which they are measured again: where a county's own growth comes from. */
export class CreditsSurveys1763700000664 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE credits.sample_plot (
        book         int  NOT NULL REFERENCES platform.book (id),
        id           uuid NOT NULL,
        code         text COLLATE "C" NOT NULL CHECK (length(code) BETWEEN 1 AND 40),
        village      text COLLATE "C" NOT NULL,
        forest_class text NOT NULL,
        age_group    text NOT NULL,
        origin       text NOT NULL,
        area_m2      bigint NOT NULL CHECK (area_m2 BETWEEN 1 AND 1000000),
        recorded_by  text NOT NULL,
        recorded_at  timestamptz NOT NULL,
        PRIMARY KEY (book, id),
        CONSTRAINT sample_plot_code UNIQUE (book, code)
      );
      CREATE TABLE credits.survey_round (
        book        int  NOT NULL REFERENCES platform.book (id),
        id          uuid NOT NULL,
        code        text COLLATE "C" NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9.-]{0,39}$'),
        document_no text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
        state       text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
        proposed_by text NOT NULL,
        proposed_at timestamptz NOT NULL,
        decided_by  text,
        decided_at  timestamptz,
        rejection   text CHECK (length(rejection) BETWEEN 1 AND 500),
        PRIMARY KEY (book, id),
        CONSTRAINT survey_round_code UNIQUE (book, code),
        CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
        CONSTRAINT decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
          AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL))
      );
      CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE ON credits.survey_round
        FOR EACH ROW EXECUTE FUNCTION credits.guard_decided();
      CREATE TABLE credits.plot_measurement (
        book        int  NOT NULL,
        round       uuid NOT NULL,
        plot        uuid NOT NULL,
        measured_on date NOT NULL,
        -- As found: a plot does not shrink.
        area_m2     bigint NOT NULL CHECK (area_m2 BETWEEN 1 AND 1000000),
        -- Standing volume in thousandths of a m³, and culms for bamboo.
        volume_dm3  bigint NOT NULL CHECK (volume_dm3 BETWEEN 0 AND 1000000000),
        culms       int CHECK (culms BETWEEN 0 AND 1000000),
        PRIMARY KEY (book, round, plot),
        FOREIGN KEY (book, round) REFERENCES credits.survey_round (book, id),
        FOREIGN KEY (book, plot) REFERENCES credits.sample_plot (book, id)
      );
      CREATE INDEX plot_measurement_plot ON credits.plot_measurement (book, plot, measured_on);

      GRANT SELECT, INSERT ON credits.sample_plot, credits.survey_round, credits.plot_measurement TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, rejection) ON credits.survey_round TO tanhui_app;
      GRANT SELECT ON credits.sample_plot, credits.survey_round, credits.plot_measurement TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE credits.plot_measurement, credits.survey_round, credits.sample_plot`);
  }
}
