import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Parties change from a day on, by an order of two people; what they were before is kept. */
export class PartyOrders1763700000510 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [PARTY, ORDERS, PAST, ON, GUARDS, OPEN_HOLDERS]) await q.query(part);
    await q.query(`
      GRANT SELECT, INSERT ON registry.party_order TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, rejection) ON registry.party_order TO tanhui_app;
      GRANT UPDATE (name, region, id_number_sealed, id_number_index, phone_sealed, phone_index, version, facts_from,
        changed_at, changed_by, closed_on) ON registry.party TO tanhui_app;
      GRANT SELECT ON registry.party_past TO tanhui_app;
      GRANT SELECT ON registry.party_order, registry.party_past TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TRIGGER holders_are_open ON registry.right_share;
      DROP TRIGGER party_by_order ON registry.party;
      DROP FUNCTION registry.check_open_holders, registry.guard_party, registry.party_on;
      REVOKE UPDATE (name, region, id_number_sealed, id_number_index, phone_sealed, phone_index, version, facts_from,
        changed_at, changed_by, closed_on) ON registry.party FROM tanhui_app;
      ALTER TABLE registry.right_order DROP COLUMN party_order;
      DROP TABLE registry.party_past;
      DROP INDEX registry.party_id_number;
      CREATE UNIQUE INDEX party_id_number ON registry.party (book, id_number_index, kind)
       WHERE id_number_index IS NOT NULL;
      ALTER TABLE registry.party DROP COLUMN version, DROP COLUMN facts_from, DROP COLUMN changed_at,
        DROP COLUMN changed_by, DROP COLUMN closed_on;
      DROP TABLE registry.party_order`);
  }
}

const PARTY = `
  ALTER TABLE registry.party
    ADD version    bigint NOT NULL DEFAULT 0,
    -- The first day on which these facts hold; as long as anybody knows when null.
    ADD facts_from date,
    -- When these facts came; when the party was recorded if null.
    ADD changed_at timestamptz,
    -- The order that brought these facts; none for what was imported.
    ADD changed_by uuid,
    -- 销户, 并户: the first day on which it is no more.
    ADD closed_on  date;
  -- Nobody is a payee twice; who left a household that is no more may begin another.
  DROP INDEX registry.party_id_number;
  CREATE UNIQUE INDEX party_id_number ON registry.party (book, id_number_index, kind)
   WHERE id_number_index IS NOT NULL AND closed_on IS NULL;
  CREATE INDEX party_closed ON registry.party (book, id) WHERE closed_on IS NOT NULL`;

const ORDERS = `
  CREATE TABLE registry.party_order (
    book            int  NOT NULL,
    id              uuid NOT NULL,
    -- 分户, 并户, 销户, 户主变更, 更正.
    event           text NOT NULL CHECK (event IN ('split', 'merge', 'close', 'head', 'correct')),
    party           uuid NOT NULL,
    -- The household that a split makes, or that a merged one joins.
    other           uuid,
    -- The first day on which it is so.
    day             date NOT NULL,
    -- Of a split the facts of the new household, else those of the party from then on.
    external_no     text COLLATE "C" NOT NULL,
    name            text NOT NULL CHECK (name <> ''),
    region          text COLLATE "C" NOT NULL,
    id_number_sealed bytea,
    id_number_index  bytea,
    phone_sealed    bytea,
    phone_index     bytea,
    -- Which of them differ from what was.
    changed         text[] NOT NULL,
    -- Whose rights move: [{parcel, code, village, kind, rightsVersion, before: [share], after: [share]}].
    moves           jsonb NOT NULL CHECK (jsonb_typeof(moves) = 'array'),
    -- Rights it keeps though it is closed: [{code, kind}]. A guard finds them until somebody takes them over.
    staying         jsonb NOT NULL CHECK (jsonb_typeof(staying) = 'array'),
    document_no     text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
    evidence        text NOT NULL CHECK (length(evidence) BETWEEN 1 AND 500),
    -- The party's when it was proposed: if it has moved on, somebody else changed it meanwhile.
    party_version   bigint NOT NULL,
    state           text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
    proposed_by     text NOT NULL,
    proposed_at     timestamptz NOT NULL,
    decided_by      text,
    decided_at      timestamptz,
    rejection       text CHECK (length(rejection) BETWEEN 1 AND 500),
    PRIMARY KEY (book, id),
    FOREIGN KEY (book, party) REFERENCES registry.party (book, id),
    CONSTRAINT other_household CHECK ((event IN ('split', 'merge')) = (other IS NOT NULL) AND other <> party),
    CONSTRAINT order_id_number_with_index CHECK ((id_number_sealed IS NULL) = (id_number_index IS NULL)),
    CONSTRAINT order_phone_with_index CHECK ((phone_sealed IS NULL) = (phone_index IS NULL)),
    CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
    CONSTRAINT decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
      AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL))
  );
  CREATE INDEX party_order_party ON registry.party_order (book, party);
  CREATE INDEX party_order_other ON registry.party_order (book, other) WHERE other IS NOT NULL;
  CREATE INDEX party_order_newest ON registry.party_order (book, proposed_at DESC, id);
  CREATE TRIGGER decided_once BEFORE UPDATE ON registry.party_order
    FOR EACH ROW EXECUTE FUNCTION registry.guard_right_order();

  ALTER TABLE registry.party
    ADD FOREIGN KEY (book, changed_by) REFERENCES registry.party_order (book, id);
  -- The rights that a party's order moves are orders too, decided with it.
  ALTER TABLE registry.right_order
    ADD party_order uuid,
    ADD FOREIGN KEY (book, party_order) REFERENCES registry.party_order (book, id)`;

/** What a party was, from which day to which, and from when to when the book believed it. */
const PAST = `
  CREATE TABLE registry.party_past (
    book            int    NOT NULL,
    party           uuid   NOT NULL,
    version         bigint NOT NULL,
    name            text   NOT NULL,
    region          text COLLATE "C" NOT NULL,
    id_number_sealed bytea,
    id_number_index  bytea,
    phone_sealed    bytea,
    phone_index     bytea,
    -- Empty when the next facts came on the day of these.
    valid           daterange NOT NULL,
    recorded_at     timestamptz NOT NULL,
    superseded_at   timestamptz NOT NULL,
    made_by         uuid,
    superseded_by   uuid NOT NULL,
    PRIMARY KEY (book, party, version),
    FOREIGN KEY (book, party) REFERENCES registry.party (book, id),
    FOREIGN KEY (book, made_by) REFERENCES registry.party_order (book, id),
    FOREIGN KEY (book, superseded_by) REFERENCES registry.party_order (book, id)
  )`;

/** The parties of a book as they were on a day; those that were not there yet are left out. */
const ON = `
  CREATE FUNCTION registry.party_on(p_book int, p_day date)
    RETURNS TABLE (book int, id uuid, external_no text, kind text, name text, region text, has_id_number boolean,
      has_phone boolean, facts_from date, facts_to date, closed_on date, version bigint, recorded_at timestamptz,
      made_by uuid)
    -- No settings of its own: so it is read as part of the query, and a condition on the id reaches the tables.
    LANGUAGE sql STABLE AS $$
    SELECT p.book, p.id, p.external_no, p.kind, p.name, p.region, p.id_number_index IS NOT NULL,
           p.phone_index IS NOT NULL, p.facts_from, NULL::date, p.closed_on, p.version,
           coalesce(p.changed_at, p.recorded_at), p.changed_by
      FROM registry.party p WHERE p.book = p_book AND (p.facts_from IS NULL OR p.facts_from <= p_day)
    UNION ALL
    SELECT p.book, p.id, p.external_no, p.kind, o.name, o.region, o.id_number_index IS NOT NULL,
           o.phone_index IS NOT NULL, lower(o.valid), upper(o.valid) - 1, NULL::date, o.version, o.recorded_at,
           o.made_by
      FROM registry.party_past o JOIN registry.party p ON p.book = o.book AND p.id = o.party
     WHERE o.book = p_book AND o.valid @> p_day
  $$`;

const GUARDS = `
  CREATE FUNCTION registry.guard_party() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
  BEGIN
    IF OLD.closed_on IS NOT NULL THEN
      RAISE EXCEPTION 'party % is closed and changes no more', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.version <> OLD.version + 1 OR NEW.changed_at IS NULL
       OR NEW.facts_from < coalesce(OLD.facts_from, '-infinity') OR NEW.closed_on <> NEW.facts_from
       OR NOT EXISTS (SELECT FROM registry.party_order o
                       WHERE o.book = NEW.book AND o.id = NEW.changed_by AND o.party = NEW.id
                         AND o.state = 'approved' AND o.day = NEW.facts_from AND o.party_version = OLD.version) THEN
      RAISE EXCEPTION 'party % changes only by an order that was approved', OLD.id
        USING ERRCODE = 'restrict_violation';
    END IF;
    INSERT INTO registry.party_past (book, party, version, name, region, id_number_sealed, id_number_index, phone_sealed,
           phone_index, valid, recorded_at, superseded_at, made_by, superseded_by)
    VALUES (OLD.book, OLD.id, OLD.version, OLD.name, OLD.region, OLD.id_number_sealed, OLD.id_number_index,
            OLD.phone_sealed, OLD.phone_index, daterange(OLD.facts_from, NEW.facts_from),
            coalesce(OLD.changed_at, OLD.recorded_at), NEW.changed_at, OLD.changed_by, NEW.changed_by);
    RETURN NEW;
  END $$;
  CREATE TRIGGER party_by_order BEFORE UPDATE OF name, region, id_number_sealed, id_number_index, phone_sealed,
      phone_index, version, facts_from, changed_at, changed_by, closed_on ON registry.party
    FOR EACH ROW EXECUTE FUNCTION registry.guard_party()`;

/** Nobody is given a right from a day on which they are no more; what they had goes on, on new land or corrected. */
const OPEN_HOLDERS = `
  CREATE FUNCTION registry.check_open_holders() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
  DECLARE hit record;
  BEGIN
    -- The few that are closed first: an import of many shares costs no look at each of its parties.
    WITH closed AS MATERIALIZED (
      SELECT p.book, p.id, p.closed_on FROM registry.party p
       WHERE p.closed_on IS NOT NULL AND p.book IN (SELECT DISTINCT c.book FROM changed c))
    SELECT c.party, p.closed_on INTO hit
      FROM closed p JOIN changed c ON c.book = p.book AND c.party = p.id AND p.closed_on <= lower(c.valid)
     WHERE c.made_by_land IS NULL AND NOT EXISTS (
           SELECT FROM registry.right_order o WHERE o.book = c.book AND o.id = c.made_by AND o.reason = 'correction')
     LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'party % is closed since %', hit.party, hit.closed_on
        USING ERRCODE = 'check_violation', CONSTRAINT = 'right_share_open_holder',
              SCHEMA = 'registry', TABLE = 'right_share';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER holders_are_open AFTER INSERT ON registry.right_share
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION registry.check_open_holders()`;
