import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What becomes of an indicator when its year ends: carried over for two years at most (结转), or recovered (结余收回). */
export class FundsYearEnds1763700000725 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds)
      VALUES ('funds.carry-over', 'funds', false, '{fund,recovered,allotted}')`);
    await q.query(`
      ALTER TABLE funds.indicator
        ADD carried_from  uuid,
        ADD carried_years int NOT NULL DEFAULT 0 CHECK (carried_years BETWEEN 0 AND 2),
        ADD closed_at     timestamptz,
        ADD CONSTRAINT carried_from_another FOREIGN KEY (book, carried_from) REFERENCES funds.indicator (book, id),
        ADD CONSTRAINT carried_once UNIQUE (book, carried_from),
        ADD CONSTRAINT lineage_is_whole CHECK ((carried_from IS NULL) = (carried_years = 0)
          AND (carried_from IS NULL OR source_kind = 'carry-over'));
      -- For the row's lock too: who closes an indicator waits for reservations, and they for him.
      GRANT UPDATE (closed_at) ON funds.indicator TO tanhui_app;

      CREATE FUNCTION funds.guard_indicator() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          IF OLD.closed_at IS NOT NULL OR to_jsonb(NEW) - 'closed_at' <> to_jsonb(OLD) - 'closed_at' THEN
            RAISE EXCEPTION 'indicator % states what its document says, and is closed once', OLD.id
              USING ERRCODE = 'restrict_violation';
          END IF;
        ELSIF NEW.closed_at IS NOT NULL OR NEW.carried_from IS NOT NULL AND NOT EXISTS (
          SELECT FROM funds.indicator o
           WHERE o.book = NEW.book AND o.id = NEW.carried_from AND o.year + 1 = NEW.year
             AND o.fund_source = NEW.fund_source AND o.project_code = NEW.project_code
             -- One that was entered as carried over had been carried once before this book knew of it.
             AND NEW.carried_years = 1 + CASE WHEN o.carried_from IS NULL AND o.source_kind = 'carry-over' THEN 1
                                              ELSE o.carried_years END) THEN
          RAISE EXCEPTION 'indicator % does not continue the one it was carried from', NEW.id
            USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER guard_indicator BEFORE INSERT OR UPDATE ON funds.indicator
        FOR EACH ROW EXECUTE FUNCTION funds.guard_indicator();

      CREATE FUNCTION funds.open_to_adjustment() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
      BEGIN
        IF EXISTS (SELECT FROM funds.indicator i
                    WHERE i.book = NEW.book AND i.id = NEW.indicator AND i.closed_at IS NOT NULL) THEN
          RAISE EXCEPTION 'indicator % is closed', NEW.indicator USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER open_to_adjustment BEFORE INSERT ON funds.adjustment
        FOR EACH ROW EXECUTE FUNCTION funds.open_to_adjustment()`);
    await this.decisions(q);
  }

  private async decisions(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE FUNCTION funds.guard_decided() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
      BEGIN
        IF (CASE TG_OP WHEN 'INSERT' THEN NEW.state <> 'proposed'
                       ELSE OLD.state <> 'proposed' OR NEW.state = 'proposed' END) THEN
          RAISE EXCEPTION '% % is proposed first and decided once', TG_TABLE_NAME, NEW.id
            USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TABLE funds.year_end (
        book          int  NOT NULL,
        id            uuid NOT NULL,
        indicator     uuid NOT NULL,
        action        text NOT NULL CHECK (action IN ('carry-over', 'recover')),
        document_no   text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
        -- All that was available when it was decided.
        amount_fen    bigint CHECK (amount_fen >= 0),
        new_indicator uuid,
        state         text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
        proposed_by   text NOT NULL,
        proposed_at   timestamptz NOT NULL,
        decided_by    text,
        decided_at    timestamptz,
        rejection     text CHECK (length(rejection) BETWEEN 1 AND 500),
        PRIMARY KEY (book, id),
        FOREIGN KEY (book, indicator) REFERENCES funds.indicator (book, id),
        FOREIGN KEY (book, new_indicator) REFERENCES funds.indicator (book, id),
        CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
        CONSTRAINT decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
          AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL)
          AND (state = 'approved') = (amount_fen IS NOT NULL)
          AND (state = 'approved' AND action = 'carry-over') = (new_indicator IS NOT NULL))
      );
      CREATE UNIQUE INDEX one_year_end_at_a_time ON funds.year_end (book, indicator) WHERE state = 'proposed';
      CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE ON funds.year_end
        FOR EACH ROW EXECUTE FUNCTION funds.guard_decided();
      GRANT SELECT, INSERT ON funds.year_end TO tanhui_app;
      GRANT UPDATE (state, amount_fen, new_indicator, decided_by, decided_at, rejection) ON funds.year_end TO tanhui_app;
      GRANT SELECT ON funds.year_end TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE funds.year_end;
      DROP FUNCTION funds.guard_decided;
      DROP TRIGGER open_to_adjustment ON funds.adjustment;
      DROP TRIGGER guard_indicator ON funds.indicator;
      DROP FUNCTION funds.open_to_adjustment, funds.guard_indicator;
      REVOKE UPDATE (closed_at) ON funds.indicator FROM tanhui_app;
      ALTER TABLE funds.indicator DROP COLUMN carried_from, DROP COLUMN carried_years, DROP COLUMN closed_at;
      DELETE FROM ledger.entry_kind WHERE kind = 'funds.carry-over'`);
  }
}
