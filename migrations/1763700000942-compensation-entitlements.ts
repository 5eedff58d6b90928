import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Programmes that pay by something else than area: what is owed to whom and why, and rosters made of it. */
export class CompensationEntitlements1763700000942 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [PROGRAMME, RECKONING, ENTITLEMENT, LINE, GUARD]) await q.query(part);
    await q.query(`CREATE INDEX entitlement_due ON compensation.entitlement (book, programme, due_on)`);
    await q.query(`CREATE INDEX entitlement_party ON compensation.entitlement (book, party)`);
    // One thing is owed once, and stands in one roster.
    await q.query(`
      CREATE UNIQUE INDEX roster_line_entitlement_once ON compensation.roster_line (book, entitlement)
        WHERE state IN ('included', 'objected', 'dismissed')`);
    await q.query(`CREATE INDEX roster_line_entitlement ON compensation.roster_line (book, entitlement)`);
    await q.query(`GRANT SELECT, INSERT ON compensation.entitlement TO tanhui_app`);
    await q.query(`GRANT SELECT ON compensation.entitlement TO tanhui_auditor`);
    await q.query(`REVOKE ALL ON FUNCTION compensation.entitlement_fen FROM PUBLIC`);
    await q.query(`
      GRANT EXECUTE ON FUNCTION compensation.entitlement_fen TO tanhui_app, tanhui_auditor`);
  }

  /** Only where no roster was made of entitlements. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TRIGGER guard_entitled_lines ON compensation.roster_line`);
    await q.query(`DROP FUNCTION compensation.guard_entitled_lines`);
    await q.query(`
      ALTER TABLE compensation.roster_line
        DROP COLUMN entitlement, ALTER parcel SET NOT NULL, ALTER right_share SET NOT NULL,
        ALTER standard SET NOT NULL, ALTER area_mu100 SET NOT NULL, ALTER fen_per_mu SET NOT NULL,
        ALTER share_ppm SET NOT NULL, ALTER parcel_fen SET NOT NULL`);
    await q.query(`DROP TABLE compensation.entitlement`);
    await q.query(`DROP FUNCTION compensation.entitlement_fen`);
    await q.query(`
      ALTER TABLE compensation.roster DROP CONSTRAINT roster_area_mu100_check,
        ADD CONSTRAINT roster_area_mu100_check CHECK (area_mu100 > 0)`);
    await q.query(`
      ALTER TABLE compensation.programme DROP COLUMN settings, DROP CONSTRAINT programme_kind,
        DROP CONSTRAINT programme_rule_kind_check,
        ADD CONSTRAINT programme_rule_kind_check CHECK (rule_kind IN ('area'))`);
  }
}

/** How a programme reckons, and the figures its kind goes by. What the columns hold is typed by the kind. */
const PROGRAMME = `
  ALTER TABLE compensation.programme
    DROP CONSTRAINT programme_rule_kind_check,
    ADD CONSTRAINT programme_rule_kind_check
      CHECK (rule_kind IN ('area', 'instalment', 'milestone', 'stipend', 'dividend')),
    ADD settings jsonb NOT NULL DEFAULT '{}',
    ADD CONSTRAINT settings_are_of_the_kind CHECK (coalesce(CASE rule_kind
      WHEN 'area' THEN settings = '{}'
      -- 分年兑现方案: by name, what each year since planting pays a mu.
      WHEN 'instalment' THEN jsonb_typeof(settings->'schemes') = 'object' AND settings->'schemes' <> '{}'
      -- 每亩标准 by what is planted, and the part that the county's pass pays.
      WHEN 'milestone' THEN jsonb_typeof(settings->'rates') = 'object' AND settings->'rates' <> '{}'
        AND (settings->>'firstPartPpm')::bigint BETWEEN 1 AND 999999
        AND (settings->>'leastAreaMu100')::bigint >= 0
        AND (settings->>'acceptanceYears')::int BETWEEN 1 AND 10
      -- 月劳务补助上限.
      WHEN 'stipend' THEN (settings->>'highestMonthlyFen')::bigint BETWEEN 1 AND 100000000
      -- 保底收益率, five per cent a year at the least.
      WHEN 'dividend' THEN (settings->>'floorPpm')::bigint BETWEEN 50000 AND 1000000
      END, false)),
    ADD CONSTRAINT programme_kind UNIQUE (book, id, rule_kind);
  ALTER TABLE compensation.roster DROP CONSTRAINT roster_area_mu100_check,
    ADD CONSTRAINT roster_area_mu100_check CHECK (area_mu100 >= 0)`;

/**
 * What the figures of an entitlement give, in fen; NULL where figures are missing. Of a dividend the least: a split by
 * largest remainder gives that or one fen more.
 */
const RECKONING = `
  CREATE FUNCTION compensation.entitlement_fen(kind text, figures jsonb) RETURNS numeric
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT CASE kind
      WHEN 'instalment' THEN div(2 * (figures->>'areaMu100')::numeric * (figures->>'fenPerMu')::numeric + 100, 200)
      WHEN 'milestone' THEN (
        SELECT CASE figures->>'part'
                 WHEN '1' THEN div(2 * w.fen * f.ppm + 1000000, 2000000)
                 WHEN '2' THEN w.fen - div(2 * w.fen * (1000000 - f.ppm) + 1000000, 2000000) END
          FROM (SELECT div(2 * (figures->>'areaMu100')::numeric * (figures->>'fenPerMu')::numeric + 100, 200) AS fen) w,
               (SELECT (figures->>'partPpm')::numeric AS ppm) f)
      WHEN 'stipend' THEN div(2 * (figures->>'monthlyFen')::numeric * (figures->>'days')::numeric
                              + (figures->>'daysInMonth')::numeric, 2 * (figures->>'daysInMonth')::numeric)
      WHEN 'dividend' THEN div((figures->>'poolFen')::numeric * (figures->>'shares')::numeric,
                               (figures->>'totalShares')::numeric)
      WHEN 'top-up' THEN div(2 * (figures->>'parFen')::numeric * (figures->>'shares')::numeric
                             * (figures->>'floorPpm')::numeric + 1000000, 2000000) - (figures->>'dividendFen')::numeric
    END $$`;

/** 应得: written by the operation of its kind, and never changed. */
const ENTITLEMENT = `
  CREATE TABLE compensation.entitlement (
    book       int  NOT NULL,
    id         uuid NOT NULL,
    programme  uuid NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('instalment', 'milestone', 'stipend', 'dividend', 'top-up')),
    rule_kind  text NOT NULL GENERATED ALWAYS AS (CASE kind WHEN 'top-up' THEN 'dividend' ELSE kind END) STORED,
    -- What is owed, by the words of its kind: the same thing is owed once.
    key        text COLLATE "C" NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    -- A village, or a township where no village is the place.
    region     text COLLATE "C" NOT NULL REFERENCES regions.region (code) CHECK (length(region) IN (9, 12)),
    party      uuid NOT NULL,
    parcel     uuid,
    quantity   bigint NOT NULL CHECK (quantity > 0),
    rate_fen   bigint CHECK (rate_fen > 0),
    figures    jsonb  NOT NULL,
    amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    due_on     date NOT NULL,
    year       int  NOT NULL CHECK (year BETWEEN 2000 AND 2100),
    -- The records it follows from: acceptances, appraisals, declarations.
    sources    uuid[] NOT NULL CHECK (cardinality(sources) > 0),
    made_by    text NOT NULL,
    made_at    timestamptz NOT NULL,
    PRIMARY KEY (book, id),
    CONSTRAINT owed_once UNIQUE (book, programme, key),
    FOREIGN KEY (book, programme, rule_kind) REFERENCES compensation.programme (book, id, rule_kind),
    FOREIGN KEY (book, party) REFERENCES registry.party (book, id),
    FOREIGN KEY (book, parcel) REFERENCES registry.parcel (book, id),
    CONSTRAINT year_it_is_due CHECK (extract(year FROM due_on) = year),
    CONSTRAINT amount_follows_from_figures CHECK (coalesce(
      amount_fen - compensation.entitlement_fen(kind, figures) BETWEEN 0 AND CASE kind WHEN 'dividend' THEN 1 ELSE 0 END,
      false))
  )`;

/** A line is of land or of an entitlement: never both, never neither. */
const LINE = `
  ALTER TABLE compensation.roster_line
    ALTER parcel DROP NOT NULL, ALTER right_share DROP NOT NULL, ALTER standard DROP NOT NULL,
    ALTER area_mu100 DROP NOT NULL, ALTER fen_per_mu DROP NOT NULL, ALTER share_ppm DROP NOT NULL,
    ALTER parcel_fen DROP NOT NULL,
    ADD entitlement uuid,
    ADD FOREIGN KEY (book, entitlement) REFERENCES compensation.entitlement (book, id),
    ADD CONSTRAINT line_is_of_one_sort CHECK (
      num_nulls(parcel, right_share, standard, area_mu100, fen_per_mu, share_ppm, parcel_fen)
        = CASE WHEN entitlement IS NULL THEN 0 ELSE 7 END
      AND (entitlement IS NULL OR deduction_fen_per_mu = 0 AND quality_result IS NULL))`;

/** A line of an entitlement says what the entitlement says, once it is due and unless an objection to it was right. */
const GUARD = `
  CREATE FUNCTION compensation.guard_entitled_lines() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
  DECLARE wrong record;
  BEGIN
    SELECT n.roster, n.no INTO wrong
      FROM added n
      JOIN compensation.roster r ON r.book = n.book AND r.id = n.roster
      JOIN compensation.entitlement e ON e.book = n.book AND e.id = n.entitlement
     WHERE r.state <> 'draft' OR (r.root, r.programme, r.year) <> (n.root, n.programme, n.year)
        OR (e.programme, e.party, e.amount_fen, e.region) <> (n.programme, n.party, n.amount_fen, n.village)
        OR NOT starts_with(e.region, r.region) OR e.due_on > r.as_of
        OR EXISTS (SELECT FROM compensation.roster_line l
                     JOIN compensation.objection o ON o.book = l.book AND o.roster = l.roster AND o.line_no = l.no
                    WHERE l.book = n.book AND l.entitlement = n.entitlement AND o.outcome = 'upheld')
     LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'line % of roster % does not say what its entitlement says', wrong.no, wrong.roster
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER guard_entitled_lines AFTER INSERT ON compensation.roster_line
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION compensation.guard_entitled_lines()`;
