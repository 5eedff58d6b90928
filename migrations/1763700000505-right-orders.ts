import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Changes of who holds a right to a parcel from a day on: proposed by one, decided by another. */
export class RightOrders1763700000505 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [ORDERS, SHARES, GUARDS]) await q.query(part);
    await q.query(`
      GRANT SELECT, INSERT ON registry.right_order TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, rejection) ON registry.right_order TO tanhui_app;
      GRANT UPDATE (valid, ended_by) ON registry.right_share TO tanhui_app;
      GRANT SELECT ON registry.right_order TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TRIGGER right_only_ends ON registry.right_share;
      REVOKE UPDATE (valid, ended_by) ON registry.right_share FROM tanhui_app;
      ALTER TABLE registry.right_share DROP COLUMN ended_by, DROP COLUMN made_by;
      DROP TABLE registry.right_order;
      DROP FUNCTION registry.guard_right_order, registry.guard_right_end`);
  }
}

const ORDERS = `
  CREATE TABLE registry.right_order (
    book           int  NOT NULL,
    id             uuid NOT NULL,
    parcel         uuid NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('land-ownership', 'contract', 'management', 'tree-ownership',
      'carbon-income')),
    -- The first day on which the new shares hold.
    from_day       date NOT NULL,
    reason         text NOT NULL CHECK (reason IN ('transfer', 'inheritance', 'division', 'merger', 'end')),
    -- Who held it when the order was proposed, and who will: [{party, externalNo, sharePpm, documentNo}].
    before         jsonb NOT NULL CHECK (jsonb_typeof(before) = 'array'),
    after          jsonb NOT NULL CHECK (jsonb_typeof(after) = 'array'),
    evidence       text NOT NULL CHECK (length(evidence) BETWEEN 1 AND 500),
    -- The parcel's when it was proposed: if it has moved on, somebody else changed the rights meanwhile.
    rights_version bigint NOT NULL,
    state          text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
    proposed_by    text NOT NULL,
    proposed_at    timestamptz NOT NULL,
    decided_by     text,
    decided_at     timestamptz,
    rejection      text CHECK (length(rejection) BETWEEN 1 AND 500),
    PRIMARY KEY (book, id),
    FOREIGN KEY (book, parcel) REFERENCES registry.parcel (book, id),
    CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
    CONSTRAINT decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
      AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL))
  );
  CREATE INDEX right_order_parcel ON registry.right_order (book, parcel);
  CREATE INDEX right_order_state ON registry.right_order (book, state, proposed_at)`;

/** Which order made a share and which ended it; none for what was imported. */
const SHARES = `
  ALTER TABLE registry.right_share
    ADD made_by  uuid,
    ADD ended_by uuid,
    ADD FOREIGN KEY (book, made_by) REFERENCES registry.right_order (book, id),
    ADD FOREIGN KEY (book, ended_by) REFERENCES registry.right_order (book, id)`;

const GUARDS = `
  CREATE FUNCTION registry.guard_right_order() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF OLD.state <> 'proposed' THEN
      RAISE EXCEPTION 'order % was decided before', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER decided_once BEFORE UPDATE ON registry.right_order
    FOR EACH ROW EXECUTE FUNCTION registry.guard_right_order();

  CREATE FUNCTION registry.guard_right_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF lower(NEW.valid) <> lower(OLD.valid) OR upper_inf(NEW.valid) OR NEW.ended_by IS NULL
       OR OLD.ended_by IS NOT NULL OR upper(NEW.valid) > coalesce(upper(OLD.valid), 'infinity') THEN
      RAISE EXCEPTION 'a share only ends, once, by an order' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER right_only_ends BEFORE UPDATE ON registry.right_share
    FOR EACH ROW EXECUTE FUNCTION registry.guard_right_end()`;
