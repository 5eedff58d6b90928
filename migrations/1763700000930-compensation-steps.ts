import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Objections, the posts' steps, and what must hold about a roster even if the code is wrong. */
export class CompensationSteps1763700000930 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE compensation.objection (
        book       int  NOT NULL,
        id         uuid NOT NULL,
        roster     uuid NOT NULL,
        line_no    int  NOT NULL,
        -- Words about the line. Numbers long enough to be somebody's are refused: they would be in clear here.
        reason     text NOT NULL CHECK (reason <> '' AND reason !~ '[0-9]{11}'),
        raised_by  text NOT NULL,
        raised_at  timestamptz NOT NULL,
        outcome    text CHECK (outcome IN ('upheld', 'dismissed')),
        note       text CHECK (note <> '' AND note !~ '[0-9]{11}'),
        settled_by text,
        settled_at timestamptz,
        PRIMARY KEY (book, id),
        FOREIGN KEY (book, roster, line_no) REFERENCES compensation.roster_line (book, roster, no),
        CONSTRAINT settled_whole CHECK (num_nulls(outcome, note, settled_by, settled_at) IN (0, 4)),
        CONSTRAINT settled_by_another CHECK (settled_by <> raised_by)
      )`);
    await q.query(`
      CREATE UNIQUE INDEX objection_once ON compensation.objection (book, roster, line_no, raised_by)
        WHERE outcome IS NULL`);
    await q.query(`CREATE INDEX objection_roster ON compensation.objection (book, roster, raised_at)`);

    await q.query(`
      CREATE TABLE compensation.roster_step (
        book     int  NOT NULL,
        roster   uuid NOT NULL,
        ordinal  int  NOT NULL CHECK (ordinal > 0),
        post     text NOT NULL REFERENCES identity.posts (code),
        actor    text NOT NULL,
        at       timestamptz NOT NULL,
        -- The region of the assignment by which the actor holds the post.
        region   text NOT NULL,
        acting_order_no text,
        PRIMARY KEY (book, roster, ordinal, actor),
        FOREIGN KEY (book, roster) REFERENCES compensation.roster (book, id)
      )`);
    // Nobody takes two steps on one roster, unless a dated order lets them act for another.
    await q.query(`
      CREATE UNIQUE INDEX roster_step_one_a_person ON compensation.roster_step (book, roster, actor)
        WHERE acting_order_no IS NULL`);
    await q.query(`GRANT SELECT, INSERT ON compensation.objection, compensation.roster_step TO tanhui_app`);
    await q.query(`
      GRANT UPDATE (outcome, note, settled_by, settled_at) ON compensation.objection TO tanhui_app`);
    await q.query(`GRANT SELECT ON compensation.objection, compensation.roster_step TO tanhui_auditor`);
    for (const guard of [GUARD_LINES, GUARD_LINE, GUARD_STEP, GUARD_ROSTER]) await q.query(guard);
    await q.query(`
      CREATE TRIGGER guard_lines AFTER INSERT ON compensation.roster_line
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION compensation.guard_lines();
      CREATE TRIGGER guard_line BEFORE UPDATE ON compensation.roster_line
        FOR EACH ROW EXECUTE FUNCTION compensation.guard_line();
      CREATE TRIGGER guard_step BEFORE INSERT ON compensation.roster_step
        FOR EACH ROW EXECUTE FUNCTION compensation.guard_step();
      CREATE TRIGGER guard_roster BEFORE UPDATE ON compensation.roster
        FOR EACH ROW EXECUTE FUNCTION compensation.guard_roster()`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP FUNCTION compensation.guard_lines, compensation.guard_line, compensation.guard_step,
        compensation.guard_roster CASCADE`);
    await q.query(`DROP TABLE compensation.roster_step, compensation.objection`);
  }
}

/** A line says what the registry says on the roster's day, and is written while the roster is a draft. */
const GUARD_LINES = `
  CREATE FUNCTION compensation.guard_lines() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
  DECLARE wrong record;
  BEGIN
    SELECT n.roster, n.no INTO wrong
      FROM added n
      JOIN compensation.roster r ON r.book = n.book AND r.id = n.roster
      JOIN compensation.standard t ON t.book = n.book AND t.id = n.standard
      JOIN registry.right_share s ON s.book = n.book AND s.id = n.right_share
      JOIN registry.parcel p ON p.book = n.book AND p.id = n.parcel
     WHERE r.state <> 'draft' OR (r.root, r.programme, r.year) <> (n.root, n.programme, n.year)
        OR (s.parcel, s.party) <> (n.parcel, n.party) OR NOT s.valid @> r.as_of
        OR NOT p.right_registered OR NOT coalesce(p.scope @> r.as_of, false)
        OR NOT starts_with(p.village, r.region) OR p.village <> n.village
        OR (t.programme, t.level, t.tenure) <> (n.programme, p.public_welfare_level, p.tenure)
        OR t.payable_fen_per_mu <> n.fen_per_mu OR NOT t.valid @> r.as_of
     LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'line % of roster % does not say what the registry says', wrong.no, wrong.roster
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$`;

/** Only a notice takes a line out, only a decision brings it back, and only through another roster. */
const GUARD_LINE = `
  CREATE FUNCTION compensation.guard_line() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  DECLARE roster_state text;
  BEGIN
    SELECT r.state INTO roster_state FROM compensation.roster r WHERE r.book = OLD.book AND r.id = OLD.roster;
    IF NEW.state = OLD.state
       OR OLD.state = 'included' AND NEW.state = 'objected' AND roster_state = 'notice'
       OR OLD.state <> 'carried' AND NEW.state IN ('excluded', 'dismissed') AND roster_state = 'void'
       OR OLD.state = 'objected' AND NEW.state IN ('dismissed', 'excluded')
       OR OLD.state = 'dismissed' AND NEW.state = 'carried' THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'line % of % roster % goes not from % to %', OLD.no, roster_state, OLD.roster, OLD.state, NEW.state
      USING ERRCODE = 'check_violation';
  END $$`;

/** A step is the next post's, and never the maker's. */
const GUARD_STEP = `
  CREATE FUNCTION compensation.guard_step() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM FROM compensation.roster r
      WHERE r.book = NEW.book AND r.id = NEW.roster AND r.state = 'review'
        AND NEW.ordinal = r.step + 1 AND NEW.post = r.posts[NEW.ordinal] AND NEW.actor <> r.made_by;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'step % of roster % is not open to %', NEW.ordinal, NEW.roster, NEW.actor
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$`;

/** A roster goes its way forward only: after its notice, through all its posts, and locked to the last fen. */
const GUARD_ROSTER = `
  CREATE FUNCTION compensation.guard_roster() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  DECLARE why text;
  BEGIN
    IF NEW.state <> OLD.state AND (OLD.state || ' ' || NEW.state) NOT IN (
         'draft notice', 'draft void', 'notice review', 'notice void', 'review approved', 'review void',
         'approved locking', 'locking locked') THEN
      why := 'goes not from ' || OLD.state || ' to ' || NEW.state;
    ELSIF NEW.step <> OLD.step AND (NEW.step <> OLD.step + 1 OR OLD.state <> 'review' OR NOT EXISTS (
            SELECT FROM compensation.roster_step s
             WHERE s.book = NEW.book AND s.roster = NEW.id AND s.ordinal = NEW.step)) THEN
      why := 'goes a step at a time, and somebody takes it';
    ELSIF OLD.notice_hash IS NOT NULL AND (NEW.notice_hash, NEW.notice_from, NEW.notice_until)
            IS DISTINCT FROM (OLD.notice_hash, OLD.notice_from, OLD.notice_until) THEN
      why := 'keeps the notice it gave';
    ELSIF OLD.due_fen IS NOT NULL AND (NEW.due_fen, NEW.due_lines, NEW.due_parties)
            IS DISTINCT FROM (OLD.due_fen, OLD.due_lines, OLD.due_parties) THEN
      why := 'keeps what its notice left';
    ELSIF OLD.state = 'notice' AND NEW.state <> OLD.state AND NEW.state = 'review'
          AND platform.book_now(NEW.book) < (NEW.notice_until + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' THEN
      why := 'stays on notice until the end of ' || NEW.notice_until;
    ELSIF OLD.state = 'review' AND NEW.state = 'approved' AND (
            NEW.step <> cardinality(NEW.posts)
            OR 'village-clerk' = ANY (NEW.posts) AND EXISTS (
              SELECT FROM compensation.roster_village v
               WHERE v.book = NEW.book AND v.roster = NEW.id AND v.confirmed_by IS NULL)) THEN
      why := 'is approved by all its posts and villages';
    ELSIF OLD.state = 'locking' AND NEW.state = 'locked' AND (
            EXISTS (SELECT FROM compensation.roster_slice s
                     WHERE s.book = NEW.book AND s.roster = NEW.id AND s.locked_at IS NULL)
            OR NEW.due_fen IS DISTINCT FROM (
              SELECT sum(s.amount_fen) FROM compensation.roster_slice s WHERE s.book = NEW.book AND s.roster = NEW.id)
            OR EXISTS (SELECT FROM compensation.roster_payee y
                        WHERE y.book = NEW.book AND y.roster = NEW.id AND y.payment_line IS NULL)) THEN
      why := 'is locked when every slice is, to the last fen';
    ELSE
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'roster % %', NEW.no, why USING ERRCODE = 'check_violation';
  END $$`;
