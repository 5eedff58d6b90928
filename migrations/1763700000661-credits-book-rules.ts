import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a county decides about its credits, from a day on: proposed by one, decided by another, never changed. */
export class CreditsBookRules1763700000661 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE credits.book_rule (
        book        int  NOT NULL REFERENCES platform.book (id),
        id          uuid NOT NULL,
        -- Days of public comment; years until an unused buffer returns; discount by uncertainty; method by class.
        kind        text NOT NULL
          CHECK (kind IN ('comment-days', 'buffer-return', 'uncertainty-discount', 'measuring-method')),
        valid_from  date NOT NULL,
        value       jsonb NOT NULL,
        document_no text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
        source      text NOT NULL CHECK (length(source) BETWEEN 1 AND 500),
        state       text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
        proposed_by text NOT NULL,
        proposed_at timestamptz NOT NULL,
        decided_by  text,
        decided_at  timestamptz,
        rejection   text CHECK (length(rejection) BETWEEN 1 AND 500),
        PRIMARY KEY (book, id),
        CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
        CONSTRAINT decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
          AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL)),
        CONSTRAINT value_of_the_kind CHECK (CASE kind
          WHEN 'comment-days' THEN (value ->> 'days')::int BETWEEN 0 AND 90
          WHEN 'buffer-return' THEN (value ->> 'years')::int BETWEEN 1 AND 100
          WHEN 'uncertainty-discount' THEN jsonb_typeof(value -> 'steps') = 'array'
          ELSE jsonb_typeof(value -> 'stockChangeClasses') = 'array' END IS TRUE)
      );
      CREATE UNIQUE INDEX one_rule_from_a_day ON credits.book_rule (book, kind, valid_from) WHERE state = 'approved';

      CREATE FUNCTION credits.guard_decided() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
      BEGIN
        IF (CASE TG_OP WHEN 'INSERT' THEN NEW.state <> 'proposed'
                       ELSE OLD.state <> 'proposed' OR NEW.state = 'proposed' END) THEN
          RAISE EXCEPTION '% % is proposed first and decided once', TG_TABLE_NAME, NEW.id
            USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE ON credits.book_rule
        FOR EACH ROW EXECUTE FUNCTION credits.guard_decided();

      GRANT SELECT, INSERT ON credits.book_rule TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, rejection) ON credits.book_rule TO tanhui_app;
      GRANT SELECT ON credits.book_rule TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE credits.book_rule; DROP FUNCTION credits.guard_decided`);
  }
}
