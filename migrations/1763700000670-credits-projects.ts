import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The county's own CCER projects: their land, their steps by two people, and the claim a registered one holds on land. */
export class CreditsProjects1763700000670 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [RELEASES, PROJECTS, STEPS, MIRROR, GUARDS]) await q.query(part);
    await q.query(`
      GRANT SELECT, INSERT ON credits.project, credits.project_step, credits.project_target, credits.mirror_event
        TO tanhui_app;
      GRANT SELECT, INSERT, DELETE ON credits.project_land TO tanhui_app;
      GRANT SELECT ON credits.released_claim TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, rejection) ON credits.project_step, credits.mirror_event TO tanhui_app;
      GRANT SELECT ON credits.project, credits.project_step, credits.project_target, credits.project_land,
        credits.mirror_event, credits.released_claim TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE credits.mirror_event, credits.project_step, credits.project_land, credits.project_target,
        credits.project, credits.released_claim;
      DROP FUNCTION credits.guard_project_land, credits.guard_project_step, credits.take_project_step,
        credits.guard_mirror_event, credits.release_claims`);
  }
}

/**
 * What a claim let go, and by which decision. Land that another scheme claimed and never credited becomes free again
 * only here: the function is called by the triggers of decided orders alone, and never touches what this book issued.
 * What became of the land by splits and merges carries its claims: it is reckoned anew, the nearest first.
 */
const RELEASES = `
  CREATE TABLE credits.released_claim (
    book        int  NOT NULL REFERENCES platform.book (id),
    id          bigint GENERATED ALWAYS AS IDENTITY,
    claim       bigint NOT NULL,
    land_unit   uuid NOT NULL,
    period      daterange NOT NULL CHECK (NOT isempty(period)),
    scheme      text NOT NULL,
    claimed_at  timestamptz NOT NULL,
    -- The step or order that two people decided.
    released_by uuid NOT NULL,
    released_at timestamptz NOT NULL,
    PRIMARY KEY (book, id),
    FOREIGN KEY (book, land_unit) REFERENCES registry.land_unit (book, id)
  );
  CREATE INDEX released_claim_land_unit ON credits.released_claim (book, land_unit);

  -- kept: the days that stay claimed because they were credited; NULL for none.
  CREATE FUNCTION credits.release_claims(of_book int, of_scheme text, kept daterange, by_order uuid, at timestamptz)
    RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  DECLARE
    freed uuid[];
    heir  uuid;
  BEGIN
    SELECT array_agg(c.land_unit) INTO freed
      FROM credits.claim c
     WHERE c.book = of_book AND c.scheme = of_scheme AND c.issuance IS NULL AND NOT c.carried;
    INSERT INTO credits.released_claim (book, claim, land_unit, period, scheme, claimed_at, released_by, released_at)
    SELECT c.book, c.id, c.land_unit, r.period, c.scheme, c.claimed_at, by_order, at
      FROM credits.claim c
     CROSS JOIN LATERAL unnest(datemultirange(c.period)
                               - datemultirange(coalesce(kept, 'empty'::daterange))) AS r (period)
     WHERE c.book = of_book AND c.scheme = of_scheme AND c.issuance IS NULL AND NOT c.carried;
    DELETE FROM credits.claim c
     WHERE c.book = of_book AND c.scheme = of_scheme AND c.issuance IS NULL AND NOT c.carried
       AND NOT c.period && coalesce(kept, 'empty'::daterange);
    UPDATE credits.claim c SET period = c.period * kept
     WHERE c.book = of_book AND c.scheme = of_scheme AND c.issuance IS NULL AND NOT c.carried AND NOT kept @> c.period;
    FOR heir IN
      WITH RECURSIVE come (land_unit, depth) AS (
        SELECT o.land_unit, 1 FROM registry.land_unit_origin o WHERE o.book = of_book AND o.origin = ANY (freed)
        UNION
        SELECT o.land_unit, c.depth + 1
          FROM come c JOIN registry.land_unit_origin o ON o.book = of_book AND o.origin = c.land_unit)
      SELECT c.land_unit FROM come c GROUP BY c.land_unit ORDER BY max(c.depth)
    LOOP
      DELETE FROM credits.claim c WHERE c.book = of_book AND c.land_unit = heir AND c.carried;
      INSERT INTO credits.claim (book, land_unit, period, scheme, claimed_at, carried)
      SELECT of_book, heir, days, q.scheme, q.claimed_at, true
        FROM (SELECT range_agg(c.period) AS periods, max(c.claimed_at) AS claimed_at,
                     left(string_agg(DISTINCT c.scheme, '; '), 80) AS scheme
                FROM registry.land_unit_origin o
                JOIN credits.claim c ON c.book = o.book AND c.land_unit = o.origin
               WHERE o.book = of_book AND o.land_unit = heir) q
       CROSS JOIN LATERAL unnest(q.periods - coalesce((SELECT range_agg(c.period) FROM credits.claim c
             WHERE c.book = of_book AND c.land_unit = heir), '{}'::datemultirange)) AS days;
    END LOOP;
  END $$;
  REVOKE ALL ON FUNCTION credits.release_claims FROM PUBLIC`;

const PROJECTS = `
  CREATE TABLE credits.project (
    book        int  NOT NULL REFERENCES platform.book (id),
    id          uuid NOT NULL,
    code        text COLLATE "C" NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    -- 乔木林, 竹林
    kind        text NOT NULL CHECK (kind IN ('arbor', 'bamboo')),
    methodology text NOT NULL CHECK (length(methodology) BETWEEN 1 AND 100),
    standard    text NOT NULL CHECK (length(standard) BETWEEN 1 AND 100),
    owner       uuid NOT NULL,
    target_mu100 bigint CHECK (target_mu100 > 0),
    -- 储备, 设计, 审定, 登记, 减排量登记, 结束, 撤回: moved by approved steps only.
    state       text NOT NULL DEFAULT 'pipeline' CHECK (state IN ('pipeline', 'designed', 'validated', 'registered',
      'credited', 'closed', 'withdrawn')),
    crediting   daterange CHECK (NOT isempty(crediting) AND NOT lower_inf(crediting) AND NOT upper_inf(crediting)),
    opened_by   text NOT NULL,
    opened_at   timestamptz NOT NULL,
    PRIMARY KEY (book, id),
    CONSTRAINT project_code UNIQUE (book, code),
    CONSTRAINT registered_for_a_time CHECK (state NOT IN ('registered', 'credited', 'closed') OR crediting IS NOT NULL),
    FOREIGN KEY (book, owner) REFERENCES registry.party (book, id)
  );

  -- The boundary: parcels and the land units they lie on. The area is as it was when the parcel was put in.
  CREATE TABLE credits.project_land (
    book       int  NOT NULL,
    project    uuid NOT NULL,
    parcel     uuid NOT NULL,
    land_unit  uuid NOT NULL,
    area_mu100 bigint NOT NULL CHECK (area_mu100 > 0),
    PRIMARY KEY (book, project, parcel),
    FOREIGN KEY (book, project) REFERENCES credits.project (book, id),
    FOREIGN KEY (book, parcel) REFERENCES registry.parcel (book, id),
    FOREIGN KEY (book, land_unit) REFERENCES registry.land_unit (book, id)
  );
  CREATE INDEX project_land_unit ON credits.project_land (book, land_unit);

  -- What a plan wants to be developed, by kind of forest (乔木林, 竹林).
  CREATE TABLE credits.project_target (
    book        int  NOT NULL REFERENCES platform.book (id),
    kind        text NOT NULL CHECK (kind IN ('arbor', 'bamboo')),
    valid_from  date NOT NULL,
    target_mu100 bigint NOT NULL CHECK (target_mu100 > 0),
    document_no text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
    set_by      text NOT NULL,
    set_at      timestamptz NOT NULL,
    PRIMARY KEY (book, kind, valid_from)
  )`;

const DECIDED = (table: string): string => `
    state           text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
    proposed_by     text NOT NULL,
    proposed_at     timestamptz NOT NULL,
    decided_by      text,
    decided_at      timestamptz,
    rejection       text CHECK (length(rejection) BETWEEN 1 AND 500),
    PRIMARY KEY (book, id),
    CONSTRAINT ${table}_decided_by_another CHECK (decided_by <> proposed_by),
    CONSTRAINT ${table}_decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
      AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL))`;

const STEPS = `
  CREATE TABLE credits.project_step (
    book            int  NOT NULL,
    id              uuid NOT NULL,
    project         uuid NOT NULL,
    from_state      text NOT NULL,
    to_state        text NOT NULL,
    -- Of the design, validation, registration, verification, end or withdrawal.
    day             date NOT NULL,
    document_no     text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
    document_sha256 text CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
    crediting       daterange,
    -- What the national registry issued: for which days, how many tonnes, under which numbers.
    credited        daterange,
    national_block  text COLLATE "C" CHECK (national_block ~ '^[A-Z0-9][A-Z0-9-]{0,39}$'),
    serials         int8range CHECK (NOT isempty(serials) AND NOT upper_inf(serials) AND lower(serials) > 0),
    ${DECIDED('project_step')},
    CONSTRAINT registered_with_days CHECK ((to_state = 'registered') = (crediting IS NOT NULL)),
    CONSTRAINT credited_with_serials CHECK ((to_state = 'credited') = (credited IS NOT NULL)
      AND num_nonnulls(credited, national_block, serials) IN (0, 3)),
    CONSTRAINT national_serial_issued_once EXCLUDE USING gist (national_block WITH =, serials WITH &&, book WITH =)
      WHERE (state <> 'rejected'),
    CONSTRAINT days_credited_once EXCLUDE USING gist (project WITH =, credited WITH &&, book WITH =)
      WHERE (state <> 'rejected'),
    FOREIGN KEY (book, project) REFERENCES credits.project (book, id)
  );
  CREATE UNIQUE INDEX project_step_one_open ON credits.project_step (book, project) WHERE state = 'proposed'`;

/** G3: what became of certified units, told after the national registry. Here they are neither sold nor retired. */
const MIRROR = `
  CREATE TABLE credits.mirror_event (
    book            int  NOT NULL,
    id              uuid NOT NULL,
    project         uuid NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('transferred', 'retired')),
    national_block  text COLLATE "C" NOT NULL,
    serials         int8range NOT NULL CHECK (NOT isempty(serials) AND NOT upper_inf(serials) AND lower(serials) > 0),
    day             date NOT NULL,
    document_no     text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
    ${DECIDED('mirror_event')},
    CONSTRAINT national_serial_leaves_once EXCLUDE USING gist (national_block WITH =, serials WITH &&, book WITH =)
      WHERE (state <> 'rejected'),
    FOREIGN KEY (book, project) REFERENCES credits.project (book, id)
  );
  CREATE INDEX mirror_event_project ON credits.mirror_event (book, project)`;

const GUARDS = `
  CREATE FUNCTION credits.guard_project_land() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  DECLARE of_project record;
  BEGIN
    IF TG_OP = 'DELETE' THEN of_project := OLD; ELSE of_project := NEW; END IF;
    PERFORM FROM credits.project p
      WHERE p.book = of_project.book AND p.id = of_project.project AND p.state IN ('pipeline', 'designed')
        AND NOT EXISTS (SELECT FROM credits.project_step s
                         WHERE s.book = p.book AND s.project = p.id AND s.state = 'proposed');
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the land of a project is fixed once it is validated, and while a step waits'
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN of_project;
  END $$;
  CREATE TRIGGER land_is_fixed BEFORE INSERT OR DELETE ON credits.project_land
    FOR EACH ROW EXECUTE FUNCTION credits.guard_project_land();

  CREATE FUNCTION credits.guard_project_step() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF (CASE TG_OP WHEN 'INSERT' THEN NEW.state <> 'proposed' ELSE OLD.state <> 'proposed' END) THEN
      RAISE EXCEPTION 'a step is proposed first and decided once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE ON credits.project_step
    FOR EACH ROW EXECUTE FUNCTION credits.guard_project_step();
  CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE ON credits.mirror_event
    FOR EACH ROW EXECUTE FUNCTION credits.guard_project_step();

  -- An approved step moves the project, and its claims with it. Nobody else can: the application has no right to.
  CREATE FUNCTION credits.take_project_step() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE the_scheme text;
  BEGIN
    UPDATE credits.project p SET state = NEW.to_state, crediting = coalesce(NEW.crediting, p.crediting)
     WHERE p.book = NEW.book AND p.id = NEW.project AND p.state = NEW.from_state
       AND NEW.to_state = ANY (CASE p.state
             WHEN 'pipeline' THEN '{designed,withdrawn}' WHEN 'designed' THEN '{validated,withdrawn}'
             WHEN 'validated' THEN '{registered,withdrawn}'
             WHEN 'registered' THEN '{credited,closed,withdrawn}' WHEN 'credited' THEN '{credited,closed,withdrawn}'
             ELSE '{}' END::text[])
       AND (NEW.credited IS NULL OR p.crediting @> NEW.credited)
    RETURNING 'ccer:' || p.code INTO the_scheme;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the project cannot take this step' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.to_state = 'registered' THEN
      INSERT INTO credits.claim (book, land_unit, period, scheme, claimed_at)
      SELECT DISTINCT l.book, l.land_unit, NEW.crediting, the_scheme, NEW.decided_at
        FROM credits.project_land l WHERE l.book = NEW.book AND l.project = NEW.project;
    ELSIF NEW.to_state = 'withdrawn' THEN
      PERFORM credits.release_claims(NEW.book, the_scheme,
        (SELECT range_merge(range_agg(s.credited)) FROM credits.project_step s
          WHERE s.book = NEW.book AND s.project = NEW.project AND s.state = 'approved' AND s.credited IS NOT NULL),
        NEW.id, NEW.decided_at);
    END IF;
    RETURN NULL;
  END $$;
  REVOKE ALL ON FUNCTION credits.take_project_step FROM PUBLIC;
  CREATE TRIGGER take_step AFTER UPDATE ON credits.project_step
    FOR EACH ROW WHEN (NEW.state = 'approved') EXECUTE FUNCTION credits.take_project_step();

  CREATE FUNCTION credits.guard_mirror_event() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM FROM credits.project_step s
      WHERE s.book = NEW.book AND s.project = NEW.project AND s.state = 'approved'
        AND s.national_block = NEW.national_block AND s.serials @> NEW.serials;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'units leave by numbers that the national registry issued to the project'
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER units_were_issued BEFORE INSERT ON credits.mirror_event
    FOR EACH ROW EXECUTE FUNCTION credits.guard_mirror_event()`;
