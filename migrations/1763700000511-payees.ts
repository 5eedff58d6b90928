import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is paid in a holder's place, from a day on, by an order of two people. */
export class Payees1763700000511 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [ORDERS, PAYEES, GUARD, VIEW]) await q.query(part);
    await q.query(`
      REVOKE ALL ON FUNCTION registry.today(int) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION registry.today(int) TO tanhui_app, tanhui_auditor;
      GRANT SELECT, INSERT ON registry.payee_order, registry.payee TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, rejection) ON registry.payee_order TO tanhui_app;
      GRANT UPDATE (valid, ended_by) ON registry.payee TO tanhui_app;
      GRANT SELECT ON registry.payee_order, registry.payee TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    // A column of a view cannot be taken away: the view goes and comes as it was.
    await q.query(`
      DROP VIEW registry.payee_account;
      CREATE VIEW registry.payee_account AS
        SELECT a.book, a.party, t.external_no AS party_external_no, t.kind AS party_kind, t.name AS party_name,
               t.region AS party_region, a.id AS account, a.bank, a.last4, a.holder_name, a.recorded_by, a.recorded_at
          FROM registry.bank_account a JOIN registry.party t ON t.book = a.book AND t.id = a.party
         WHERE upper_inf(a.valid);
      GRANT SELECT ON registry.payee_account TO tanhui_app, tanhui_auditor;
      DROP TABLE registry.payee, registry.payee_order;
      DROP FUNCTION registry.guard_payee, registry.today`);
  }
}

const ORDERS = `
  CREATE TABLE registry.payee_order (
    book          int  NOT NULL,
    id            uuid NOT NULL,
    -- Whose money it is.
    party         uuid NOT NULL,
    -- Who is paid; nobody else any more when null.
    payee         uuid,
    -- 监护人, 继承人, 受让人, 代领人.
    reason        text CHECK (reason IN ('guardian', 'heir', 'transferee', 'proxy')),
    from_day      date NOT NULL,
    -- The last day; until another order when null.
    to_day        date,
    document_no   text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
    evidence      text NOT NULL CHECK (length(evidence) BETWEEN 1 AND 500),
    -- Who was paid instead when it was proposed: if that is another now, somebody else changed it meanwhile.
    replaces      uuid,
    state         text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
    proposed_by   text NOT NULL,
    proposed_at   timestamptz NOT NULL,
    decided_by    text,
    decided_at    timestamptz,
    rejection     text CHECK (length(rejection) BETWEEN 1 AND 500),
    PRIMARY KEY (book, id),
    FOREIGN KEY (book, party) REFERENCES registry.party (book, id),
    FOREIGN KEY (book, payee) REFERENCES registry.party (book, id),
    CONSTRAINT payee_is_another CHECK (payee <> party),
    CONSTRAINT payee_has_reason CHECK ((payee IS NULL) = (reason IS NULL)),
    CONSTRAINT payee_days_in_order CHECK (to_day >= from_day),
    -- Who collects for another does so for a time.
    CONSTRAINT proxy_has_an_end CHECK (reason IS DISTINCT FROM 'proxy' OR to_day IS NOT NULL),
    CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
    CONSTRAINT decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
      AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL))
  );
  CREATE INDEX payee_order_party ON registry.payee_order (book, party);
  CREATE INDEX payee_order_newest ON registry.payee_order (book, proposed_at DESC, id);
  CREATE TRIGGER decided_once BEFORE UPDATE ON registry.payee_order
    FOR EACH ROW EXECUTE FUNCTION registry.guard_right_order()`;

const PAYEES = `
  CREATE TABLE registry.payee (
    book        int  NOT NULL,
    id          uuid NOT NULL,
    party       uuid NOT NULL,
    payee       uuid NOT NULL,
    -- 'merged' 并入户: what is still due to a household that joined another.
    reason      text NOT NULL CHECK (reason IN ('guardian', 'heir', 'transferee', 'proxy', 'merged')),
    -- Empty when it was ended on its first day.
    valid       daterange NOT NULL CHECK (isempty(valid) OR NOT lower_inf(valid)),
    document_no text NOT NULL CHECK (document_no <> ''),
    payee_order uuid,
    party_order uuid,
    ended_by    uuid,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (book, id),
    FOREIGN KEY (book, party) REFERENCES registry.party (book, id),
    FOREIGN KEY (book, payee) REFERENCES registry.party (book, id),
    FOREIGN KEY (book, payee_order) REFERENCES registry.payee_order (book, id),
    FOREIGN KEY (book, party_order) REFERENCES registry.party_order (book, id),
    FOREIGN KEY (book, ended_by) REFERENCES registry.payee_order (book, id),
    CONSTRAINT payee_by_an_order CHECK (num_nonnulls(payee_order, party_order) = 1),
    CONSTRAINT payee_is_another CHECK (payee <> party),
    CONSTRAINT payee_one_a_day EXCLUDE USING gist (book WITH =, party WITH =, valid WITH &&)
  );
  CREATE INDEX payee_payee ON registry.payee (book, payee)`;

const GUARD = `
  CREATE FUNCTION registry.guard_payee() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      IF NOT EXISTS (SELECT FROM registry.payee_order o
                      WHERE o.book = NEW.book AND o.id = NEW.payee_order AND o.state = 'approved'
                        AND (o.party, o.payee, o.reason) = (NEW.party, NEW.payee, NEW.reason)
                        AND lower(NEW.valid) >= o.from_day AND upper(NEW.valid) - 1 IS NOT DISTINCT FROM o.to_day)
         AND NOT EXISTS (SELECT FROM registry.party_order o
                          WHERE o.book = NEW.book AND o.id = NEW.party_order AND o.state = 'approved'
                            AND (o.party, o.other, o.event, NEW.reason)
                              = (NEW.party, NEW.payee, 'merge', 'merged')) THEN
        RAISE EXCEPTION 'a payee comes only by an order that was approved' USING ERRCODE = 'restrict_violation';
      END IF;
    ELSIF OLD.ended_by IS NOT NULL OR NEW.ended_by IS NULL OR upper_inf(NEW.valid)
          OR NOT NEW.valid <@ OLD.valid OR lower(NEW.valid) <> lower(OLD.valid)
          OR NOT EXISTS (SELECT FROM registry.payee_order o
                          WHERE o.book = NEW.book AND o.id = NEW.ended_by AND o.party = NEW.party
                            AND o.state = 'approved') THEN
      RAISE EXCEPTION 'a payee only ends, once, by an order' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER payee_by_order BEFORE INSERT OR UPDATE ON registry.payee
    FOR EACH ROW EXECUTE FUNCTION registry.guard_payee()`;

/** The account a party's money goes to today: its own, or that of who is paid in its place. */
const VIEW = `
  CREATE FUNCTION registry.today(p_book int) RETURNS date LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT (platform.book_now(p_book) AT TIME ZONE 'Asia/Shanghai')::date
  $$;
  CREATE OR REPLACE VIEW registry.payee_account AS
    SELECT t.book, t.id AS party, t.external_no AS party_external_no, t.kind AS party_kind, t.name AS party_name,
           t.region AS party_region, a.id AS account, a.bank, a.last4, a.holder_name, a.recorded_by, a.recorded_at,
           o.id AS payee, o.external_no AS payee_external_no, o.name AS payee_name, y.reason AS payee_reason
      FROM registry.party t
      LEFT JOIN registry.payee y ON y.book = t.book AND y.party = t.id AND y.valid @> registry.today(y.book)
      JOIN registry.party o ON o.book = t.book AND o.id = coalesce(y.payee, t.id)
      JOIN registry.bank_account a ON a.book = o.book AND a.party = o.id AND upper_inf(a.valid)
     WHERE o.closed_on IS NULL`;
