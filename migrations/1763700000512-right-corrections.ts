import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The days of a right that are over are corrected by an order; what was believed before is kept. */
export class RightCorrections1763700000512 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [
      COLUMNS,
      PAST,
      guardEnd(CORRECTION),
      checkShares('AND NOT isempty(r.valid)'),
      rights(IN_FORCE),
      BELIEVED,
    ]) {
      await q.query(part);
    }
    await q.query(`
      GRANT UPDATE (corrected_by, corrected_at) ON registry.right_share TO tanhui_app;
      GRANT SELECT ON registry.right_share_past TO tanhui_app, tanhui_auditor`);
  }

  /** Refused by the constraints when there are corrections: there is no way back from them. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION registry.right_believed`);
    for (const part of [rights(''), checkShares(''), guardEnd('')]) await q.query(part);
    await q.query(`
      REVOKE UPDATE (corrected_by, corrected_at) ON registry.right_share FROM tanhui_app;
      DROP TABLE registry.right_share_past;
      ALTER TABLE registry.right_share DROP CONSTRAINT right_share_days,
        ADD CONSTRAINT right_share_valid_check CHECK (NOT isempty(valid) AND NOT lower_inf(valid)),
        DROP COLUMN corrected_by, DROP COLUMN corrected_at;
      ALTER TABLE registry.right_order DROP CONSTRAINT right_order_days, DROP CONSTRAINT right_order_reason_check,
        ADD CONSTRAINT right_order_reason_check
          CHECK (reason IN ('transfer', 'inheritance', 'division', 'merger', 'end')),
        DROP COLUMN to_day`);
  }
}

const COLUMNS = `
  ALTER TABLE registry.right_order
    -- The last day that a correction is about; until the next change, or open, when null.
    ADD to_day date,
    DROP CONSTRAINT right_order_reason_check,
    ADD CONSTRAINT right_order_reason_check
      CHECK (reason IN ('transfer', 'inheritance', 'division', 'merger', 'end', 'correction')),
    ADD CONSTRAINT right_order_days CHECK (to_day IS NULL OR reason = 'correction' AND to_day >= from_day);
  ALTER TABLE registry.right_share
    ADD corrected_by uuid,
    ADD corrected_at timestamptz,
    ADD FOREIGN KEY (book, corrected_by) REFERENCES registry.right_order (book, id),
    DROP CONSTRAINT right_share_valid_check,
    -- No day is left of a share that was recorded by mistake.
    ADD CONSTRAINT right_share_days CHECK (NOT isempty(valid) AND NOT lower_inf(valid)
      OR isempty(valid) AND corrected_by IS NOT NULL)`;

/** The days a share was believed to hold on, from when to when. */
const PAST = `
  CREATE TABLE registry.right_share_past (
    book          int  NOT NULL,
    share         uuid NOT NULL,
    valid         daterange NOT NULL,
    recorded_at   timestamptz NOT NULL,
    superseded_at timestamptz NOT NULL,
    superseded_by uuid NOT NULL,
    PRIMARY KEY (book, share, superseded_by),
    FOREIGN KEY (book, share) REFERENCES registry.right_share (book, id),
    FOREIGN KEY (book, superseded_by) REFERENCES registry.right_order (book, id)
  )`;

const CORRECTION = `
    IF NEW.corrected_by IS DISTINCT FROM OLD.corrected_by THEN
      IF NEW.corrected_at IS NULL OR NOT NEW.valid <@ OLD.valid
         OR (NEW.ended_by, NEW.ended_by_land) IS DISTINCT FROM (OLD.ended_by, OLD.ended_by_land)
         OR NOT EXISTS (SELECT FROM registry.right_order o
                         WHERE o.book = NEW.book AND o.id = NEW.corrected_by AND o.reason = 'correction'
                           AND o.state = 'approved' AND (o.parcel, o.kind) = (NEW.parcel, NEW.kind)
                           AND OLD.valid && daterange(o.from_day, o.to_day, '[]')
                           AND NOT NEW.valid && daterange(o.from_day, o.to_day, '[]')) THEN
        RAISE EXCEPTION 'the days of a share are corrected only by an order' USING ERRCODE = 'restrict_violation';
      END IF;
      INSERT INTO registry.right_share_past (book, share, valid, recorded_at, superseded_at, superseded_by)
      VALUES (OLD.book, OLD.id, OLD.valid, coalesce(OLD.corrected_at, OLD.recorded_at), NEW.corrected_at,
              NEW.corrected_by);
      RETURN NEW;
    END IF;
    -- Of a share of which no day is left nothing ends with the parcel.
    IF isempty(OLD.valid) THEN RETURN NULL; END IF;`;

const guardEnd = (correction: string): string => `
  CREATE OR REPLACE FUNCTION registry.guard_right_end() RETURNS trigger LANGUAGE plpgsql
    ${correction && 'SECURITY DEFINER'} SET search_path = pg_catalog AS $$
  BEGIN${correction}
    IF lower(NEW.valid) <> lower(OLD.valid) OR upper_inf(NEW.valid)
       OR coalesce(NEW.ended_by, NEW.ended_by_land) IS NULL OR coalesce(OLD.ended_by, OLD.ended_by_land) IS NOT NULL
       OR upper(NEW.valid) > coalesce(upper(OLD.valid), 'infinity') THEN
      RAISE EXCEPTION 'a share only ends, once, by an order' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$`;

/** As it was, but that a share of which no day is left counts on none. */
const checkShares = (inForce: string): string => `
  CREATE OR REPLACE FUNCTION registry.check_shares() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
  DECLARE hit record;
  BEGIN
    UPDATE registry.parcel p SET rights_version = p.rights_version + 1
      FROM (SELECT l.book, l.id FROM registry.parcel l
             WHERE (l.book, l.id) IN (SELECT c.book, c.parcel FROM changed c)
             ORDER BY l.book, l.id FOR NO KEY UPDATE) locked
     WHERE p.book = locked.book AND p.id = locked.id;

    WITH touched AS (SELECT DISTINCT c.book, c.parcel, c.kind FROM changed c),
    shares AS (SELECT r.* FROM registry.right_share r JOIN touched t USING (book, parcel, kind) WHERE true ${inForce}),
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
             WHERE (r.book, r.parcel, r.kind) IN (SELECT c.book, c.parcel, c.kind FROM changed c) ${inForce}) s
     WHERE s.day < s.reached LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'party % has the % right to parcel % twice on %', hit.party, hit.kind, hit.parcel,
            hit.day
        USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'right_share_once',
              SCHEMA = 'registry', TABLE = 'right_share';
    END IF;
    RETURN NULL;
  END $$`;

const IN_FORCE = 'WHERE NOT isempty(r.valid)';
/** As it was, without the shares of which no day is left. */
const rights = (inForce: string): string => `
  CREATE OR REPLACE VIEW registry.right_current AS
    SELECT r.book, r.id, r.parcel, r.party, t.external_no AS party_external_no, t.kind AS party_kind,
           t.name AS party_name, t.region AS party_region, r.kind, r.share_ppm, r.valid, r.document_no
      FROM registry.right_share r JOIN registry.party t ON t.book = r.book AND t.id = r.party ${inForce}`;

/** Who was believed, at an instant, to hold a parcel's rights on a day. Ends by an order are known from its day of approval. */
const BELIEVED = `
  CREATE FUNCTION registry.right_believed(p_book int, p_parcel uuid, p_day date, p_at timestamptz)
    RETURNS TABLE (share uuid, party uuid, kind text, share_ppm bigint, document_no text)
    LANGUAGE sql STABLE AS $$
    SELECT r.id, r.party, r.kind, r.share_ppm, r.document_no
      FROM registry.right_share r
     WHERE r.book = p_book AND r.parcel = p_parcel AND r.recorded_at <= p_at
       AND coalesce(
             (SELECT o.valid FROM registry.right_share_past o
               WHERE o.book = r.book AND o.share = r.id AND o.superseded_at > p_at ORDER BY o.superseded_at LIMIT 1),
             r.valid) @> p_day
  $$`;
