import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Parties, payees, parcels, rights and consents, and the views other libs join. */
export class Registry1763700000500 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public`);
    await q.query(`CREATE SCHEMA registry`);
    await q.query(`GRANT USAGE ON SCHEMA registry TO tanhui_app, tanhui_auditor`);
    await createImports(q);
    await createParties(q);
    await createParcels(q);
    await createRights(q);
    await createConsents(q);
    await createViews(q);
    await grant(q);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP SCHEMA registry CASCADE`);
  }
}

/** One row per file that was loaded. The same bytes are loaded once. */
async function createImports(q: QueryRunner): Promise<void> {
  await q.query(`
    CREATE TABLE registry.import (
      book        int  NOT NULL REFERENCES platform.book (id),
      id          uuid NOT NULL,
      kind        text NOT NULL CHECK (kind IN ('parties', 'parcels', 'rights', 'consents')),
      sha256      text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
      rows        int  NOT NULL CHECK (rows > 0),
      imported_by text NOT NULL,
      imported_at timestamptz NOT NULL,
      PRIMARY KEY (book, id),
      CONSTRAINT import_once UNIQUE (book, kind, sha256)
    )`);
}

async function createParties(q: QueryRunner): Promise<void> {
  await q.query(`
    CREATE TABLE registry.party (
      book            int  NOT NULL REFERENCES platform.book (id),
      id              uuid NOT NULL,
      external_no     text COLLATE "C" NOT NULL,
      kind            text NOT NULL CHECK (kind IN ('township', 'village-committee', 'village-group', 'collective',
        'cooperative', 'household', 'person', 'state-forest-farm', 'project-builder', 'enterprise')),
      name            text NOT NULL CHECK (name <> ''),
      region          text COLLATE "C" NOT NULL,
      id_number_sealed bytea,
      id_number_index  bytea,
      phone_sealed    bytea,
      phone_index     bytea,
      import          uuid,
      recorded_at     timestamptz NOT NULL,
      PRIMARY KEY (book, id),
      CONSTRAINT party_external_no UNIQUE (book, external_no),
      CONSTRAINT id_number_with_index CHECK ((id_number_sealed IS NULL) = (id_number_index IS NULL)),
      CONSTRAINT phone_with_index CHECK ((phone_sealed IS NULL) = (phone_index IS NULL)),
      FOREIGN KEY (book, import) REFERENCES registry.import (book, id)
    )`);
  // Nobody is a payee twice: one number, one party of a kind.
  await q.query(`
    CREATE UNIQUE INDEX party_id_number ON registry.party (book, id_number_index, kind)
     WHERE id_number_index IS NOT NULL`);
  await q.query(
    `CREATE INDEX party_phone ON registry.party (book, phone_index) WHERE phone_index IS NOT NULL`,
  );
  await q.query(`CREATE INDEX party_region ON registry.party (book, region, external_no)`);

  // The current row is the one without an end. A row corrected on its first day keeps an empty range.
  await q.query(`
    CREATE TABLE registry.bank_account (
      book          int  NOT NULL,
      id            uuid NOT NULL,
      party         uuid NOT NULL,
      bank          text NOT NULL CHECK (bank <> ''),
      number_sealed bytea NOT NULL,
      number_index  bytea NOT NULL,
      last4         text NOT NULL CHECK (last4 ~ '^[0-9]{4}$'),
      holder_name   text NOT NULL CHECK (holder_name <> ''),
      valid         daterange NOT NULL CHECK (isempty(valid) OR NOT lower_inf(valid)),
      evidence      text NOT NULL CHECK (evidence <> ''),
      recorded_by   text NOT NULL,
      recorded_at   timestamptz NOT NULL,
      PRIMARY KEY (book, id),
      FOREIGN KEY (book, party) REFERENCES registry.party (book, id),
      CONSTRAINT bank_account_one_a_day EXCLUDE USING gist (book WITH =, party WITH =, valid WITH &&)
    )`);
  await q.query(`
    CREATE UNIQUE INDEX bank_account_current ON registry.bank_account (book, party) WHERE upper_inf(valid)`);
  await q.query(`CREATE INDEX bank_account_number ON registry.bank_account (book, number_index)`);
}

async function createParcels(q: QueryRunner): Promise<void> {
  // The ground itself. Parcels are split and merged; what was credited stays with the land unit.
  await q.query(`
    CREATE TABLE registry.land_unit (
      book        int  NOT NULL REFERENCES platform.book (id),
      id          uuid NOT NULL,
      code        text COLLATE "C" NOT NULL CHECK (code <> ''),
      recorded_at timestamptz NOT NULL,
      PRIMARY KEY (book, id),
      CONSTRAINT land_unit_code UNIQUE (book, code)
    )`);
  await q.query(`
    CREATE TABLE registry.parcel (
      book             int  NOT NULL,
      id               uuid NOT NULL,
      land_unit        uuid NOT NULL,
      code             text COLLATE "C" NOT NULL CHECK (code <> ''),
      village          text COLLATE "C" NOT NULL,
      forest_class     text NOT NULL CHECK (forest_class IN ('broadleaf', 'mixed', 'conifer', 'bamboo', 'economic',
        'tea', 'shrub', 'wetland', 'farmland-reserved')),
      age_group        text NOT NULL CHECK (age_group IN ('young', 'middle', 'near-mature', 'mature', 'over-mature')),
      origin           text NOT NULL CHECK (origin IN ('natural', 'planted')),
      public_welfare_level text NOT NULL CHECK (public_welfare_level IN ('national', 'provincial', 'none')),
      tenure           text NOT NULL CHECK (tenure IN ('state', 'collective', 'individual')),
      area_mu100       bigint NOT NULL CHECK (area_mu100 > 0),
      right_registered boolean NOT NULL,
      certificate_no   text,
      -- 补偿范围决定: inside scope on the days of the range, by the decision with this document number.
      scope_decision   text,
      scope            daterange,
      status           text NOT NULL DEFAULT 'reserve'
        CHECK (status IN ('reserve', 'measured', 'registered', 'locked', 'cancelled')),
      -- Moves on with every change of the parcel's rights, so that two changes at once cannot miss each other.
      rights_version   bigint NOT NULL DEFAULT 0,
      import           uuid,
      recorded_at      timestamptz NOT NULL,
      PRIMARY KEY (book, id),
      CONSTRAINT parcel_code UNIQUE (book, code),
      CONSTRAINT scope_has_decision CHECK ((scope IS NULL) = (scope_decision IS NULL)),
      CONSTRAINT scope_has_days CHECK (NOT isempty(scope) AND NOT lower_inf(scope)),
      FOREIGN KEY (book, land_unit) REFERENCES registry.land_unit (book, id),
      FOREIGN KEY (book, import) REFERENCES registry.import (book, id)
    )`);
  await q.query(`CREATE INDEX parcel_village ON registry.parcel (book, village, code)`);
  await q.query(`CREATE INDEX parcel_land_unit ON registry.parcel (book, land_unit)`);
}

async function createRights(q: QueryRunner): Promise<void> {
  await q.query(`
    CREATE TABLE registry.right_share (
      book        int  NOT NULL,
      id          uuid NOT NULL,
      parcel      uuid NOT NULL,
      party       uuid NOT NULL,
      kind        text NOT NULL CHECK (kind IN ('land-ownership', 'contract', 'management', 'tree-ownership',
        'carbon-income')),
      share_ppm   bigint NOT NULL CHECK (share_ppm BETWEEN 1 AND 1000000),
      valid       daterange NOT NULL CHECK (NOT isempty(valid) AND NOT lower_inf(valid)),
      document_no text NOT NULL CHECK (document_no <> ''),
      import      uuid,
      recorded_at timestamptz NOT NULL,
      PRIMARY KEY (book, id),
      FOREIGN KEY (book, parcel) REFERENCES registry.parcel (book, id),
      FOREIGN KEY (book, party) REFERENCES registry.party (book, id),
      FOREIGN KEY (book, import) REFERENCES registry.import (book, id)
    )`);
  await q.query(`CREATE INDEX right_share_parcel ON registry.right_share (book, parcel, kind)`);
  await q.query(`CREATE INDEX right_share_party ON registry.right_share (book, party)`);

  // Shares are judged together, once a statement: above the whole on some day, or one right twice on a day. (An
  // exclusion constraint for the second costs as much as the rest of the insert.) The rows of the parcels are
  // written first and in id order: two transactions that add shares to one parcel queue on it, and each counts
  // only after it holds it. READ COMMITTED counts with a fresh snapshot; stricter levels fail with 40001.
  await q.query(`
    CREATE FUNCTION registry.check_shares() RETURNS trigger LANGUAGE plpgsql
      SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
    DECLARE hit record;
    BEGIN
      UPDATE registry.parcel p SET rights_version = p.rights_version + 1
        FROM (SELECT l.book, l.id FROM registry.parcel l
               WHERE (l.book, l.id) IN (SELECT c.book, c.parcel FROM changed c)
               ORDER BY l.book, l.id FOR NO KEY UPDATE) locked
       WHERE p.book = locked.book AND p.id = locked.id;

      WITH touched AS (SELECT DISTINCT c.book, c.parcel, c.kind FROM changed c),
      shares AS (SELECT r.* FROM registry.right_share r JOIN touched t USING (book, parcel, kind)),
      steps AS (
        SELECT s.book, s.parcel, s.kind, lower(s.valid) AS day, s.share_ppm AS step FROM shares s
        UNION ALL
        SELECT s.book, s.parcel, s.kind, upper(s.valid), -s.share_ppm FROM shares s WHERE NOT upper_inf(s.valid)),
      days AS (
        SELECT s.book, s.parcel, s.kind, s.day,
               sum(sum(s.step)) OVER (PARTITION BY s.book, s.parcel, s.kind ORDER BY s.day) AS total
          FROM steps s GROUP BY s.book, s.parcel, s.kind, s.day)
      SELECT d.* INTO hit FROM days d WHERE d.total > 1000000 LIMIT 1;
      IF FOUND THEN
        RAISE EXCEPTION 'the % shares of parcel % reach % ppm on %', hit.kind, hit.parcel, hit.total, hit.day
          USING ERRCODE = 'check_violation', CONSTRAINT = 'right_share_total',
                SCHEMA = 'registry', TABLE = 'right_share';
      END IF;

      SELECT s.* INTO hit
        FROM (SELECT r.parcel, r.kind, r.party, lower(r.valid) AS day,
                     max(coalesce(upper(r.valid), 'infinity')) OVER (
                       PARTITION BY r.book, r.parcel, r.kind, r.party ORDER BY lower(r.valid), r.id
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
                FROM registry.right_share r
               WHERE (r.book, r.parcel, r.kind) IN (SELECT c.book, c.parcel, c.kind FROM changed c)) s
       WHERE s.day < s.reached LIMIT 1;
      IF FOUND THEN
        RAISE EXCEPTION 'party % has the % right to parcel % twice on %', hit.party, hit.kind, hit.parcel,
              hit.day
          USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'right_share_once',
                SCHEMA = 'registry', TABLE = 'right_share';
      END IF;
      RETURN NULL;
    END $$`);
  for (const event of ['INSERT', 'UPDATE']) {
    await q.query(`
      CREATE TRIGGER shares_${event.toLowerCase()} AFTER ${event} ON registry.right_share
        REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION registry.check_shares()`);
  }
}

/** 碳汇委托授权书: what share of its grams a party lets be sold, and until when. */
async function createConsents(q: QueryRunner): Promise<void> {
  await q.query(`
    CREATE TABLE registry.consent (
      book        int  NOT NULL,
      id          uuid NOT NULL,
      party       uuid NOT NULL,
      share_ppm   bigint NOT NULL CHECK (share_ppm BETWEEN 1 AND 1000000),
      valid       daterange NOT NULL CHECK (NOT isempty(valid) AND NOT lower_inf(valid)),
      channel     text NOT NULL CHECK (channel IN ('paper', 'online')),
      document_no text,
      witness     text,
      signed_at   timestamptz NOT NULL,
      recorded_by text NOT NULL,
      revoked_at  timestamptz,
      revoked_by  text,
      import      uuid,
      recorded_at timestamptz NOT NULL,
      PRIMARY KEY (book, id),
      FOREIGN KEY (book, party) REFERENCES registry.party (book, id),
      FOREIGN KEY (book, import) REFERENCES registry.import (book, id),
      CONSTRAINT paper_has_document CHECK (channel <> 'paper' OR document_no IS NOT NULL),
      CONSTRAINT revoked_by_somebody CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)),
      CONSTRAINT consent_one_a_day
        EXCLUDE USING gist (party WITH =, valid WITH &&, book WITH =) WHERE (revoked_at IS NULL)
    )`);
  await q.query(`CREATE INDEX consent_party ON registry.consent (book, party)`);
}

async function createViews(q: QueryRunner): Promise<void> {
  await q.query(`
    CREATE VIEW registry.parcel_current AS
      SELECT p.book, p.id, p.land_unit, l.code AS land_unit_code, p.code, p.village, p.forest_class, p.age_group,
             p.origin, p.public_welfare_level, p.tenure, p.area_mu100, p.right_registered, p.certificate_no,
             p.scope_decision, p.scope, lower(p.scope) AS scope_from, upper(p.scope) - 1 AS scope_to, p.status
        FROM registry.parcel p JOIN registry.land_unit l ON l.book = p.book AND l.id = p.land_unit`);
  await q.query(`
    CREATE VIEW registry.right_current AS
      SELECT r.book, r.id, r.parcel, r.party, t.external_no AS party_external_no, t.kind AS party_kind,
             t.name AS party_name, t.region AS party_region, r.kind, r.share_ppm, r.valid, r.document_no
        FROM registry.right_share r JOIN registry.party t ON t.book = r.book AND t.id = r.party`);
  await q.query(`
    CREATE VIEW registry.payee_account AS
      SELECT a.book, a.party, t.external_no AS party_external_no, t.kind AS party_kind, t.name AS party_name,
             t.region AS party_region, a.id AS account, a.bank, a.last4, a.holder_name, a.recorded_by, a.recorded_at
        FROM registry.bank_account a JOIN registry.party t ON t.book = a.book AND t.id = a.party
       WHERE upper_inf(a.valid)`);
  await q.query(`
    CREATE VIEW registry.consent_in_force AS
      SELECT c.book, c.id, c.party, c.share_ppm, c.valid, c.signed_at
        FROM registry.consent c WHERE c.revoked_at IS NULL`);
}

/** What was recorded is not rewritten: only a range is ended, a consent revoked, a status moved. */
async function grant(q: QueryRunner): Promise<void> {
  await q.query(`GRANT SELECT ON ALL TABLES IN SCHEMA registry TO tanhui_app, tanhui_auditor`);
  await q.query(`
    GRANT INSERT ON registry.import, registry.party, registry.bank_account, registry.land_unit, registry.parcel,
      registry.right_share, registry.consent TO tanhui_app`);
  await q.query(`GRANT UPDATE (valid) ON registry.bank_account TO tanhui_app`);
  await q.query(`GRANT UPDATE (revoked_at, revoked_by) ON registry.consent TO tanhui_app`);
  await q.query(`GRANT UPDATE (status) ON registry.parcel TO tanhui_app`);
}
