import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The stock-change method beside the coefficients: growth of volume × density × expansion × roots × carbon × 44/12. Its
 * sets are sets of coefficients with their factors, so that proposal, decision, buffer and source stay one thing.
 */
export class CreditsStockChange1763700000660 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [SETS, FUNCTIONS, FACTORS, MEASUREMENTS]) await q.query(part);
    await q.query(`
      GRANT SELECT, INSERT ON credits.species_parameter, credits.growth TO tanhui_app;
      GRANT SELECT ON credits.species_parameter, credits.growth TO tanhui_auditor`);
    await seed(q);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE credits.measurement
        DROP CONSTRAINT rounded_half_up_once, DROP COLUMN method_kind, DROP COLUMN species, DROP COLUMN growth_milli,
        DROP COLUMN density_milli, DROP COLUMN expansion_milli, DROP COLUMN root_milli, DROP COLUMN carbon_milli,
        DROP COLUMN multiplier_ppm,
        ADD CONSTRAINT rounded_half_up_once CHECK (grams = (2 * area_mu100 * grams_per_mu + 100) / 200);
      DROP TABLE credits.growth, credits.species_parameter;
      DROP FUNCTION credits.guard_growth, credits.stock_grams;
      DELETE FROM credits.coefficient c USING credits.coefficient_set s
       WHERE s.version = c.coefficient_set AND s.method_kind = 'stock-change';
      DELETE FROM credits.coefficient_set WHERE method_kind = 'stock-change';
      ALTER TABLE credits.coefficient DROP COLUMN half_width_ppm;
      DROP INDEX credits.coefficient_set_in_force;
      ALTER TABLE credits.coefficient_set DROP COLUMN method_kind;
      CREATE UNIQUE INDEX coefficient_set_in_force ON credits.coefficient_set (coalesce(book, 0), valid_from)
        WHERE state = 'approved'`);
  }
}

const SETS = `
  ALTER TABLE credits.coefficient_set
    ADD method_kind text NOT NULL DEFAULT 'coefficient' CHECK (method_kind IN ('coefficient', 'stock-change'));
  DROP INDEX credits.coefficient_set_in_force;
  CREATE UNIQUE INDEX coefficient_set_in_force ON credits.coefficient_set (coalesce(book, 0), method_kind, valid_from)
    WHERE state = 'approved';
  -- Half the width of the 90 % confidence interval, as a part of the mean; absent where no plots were measured.
  ALTER TABLE credits.coefficient ADD half_width_ppm bigint CHECK (half_width_ppm BETWEEN 0 AND 1000000)`;

/** Thousandths in, grams out: a mu is a fifteenth of a hectare, carbon is 12 parts of 44; rounded half up once. */
const FUNCTIONS = `
  CREATE FUNCTION credits.stock_grams(area_mu100 bigint, growth_milli bigint, density_milli bigint,
    expansion_milli bigint, root_milli bigint, carbon_milli bigint, multiplier_ppm bigint)
    RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN div(2::numeric * 22 * area_mu100 * growth_milli * density_milli * expansion_milli * (1000 + root_milli)
                 * carbon_milli * multiplier_ppm + 9000000000000000000,
               18000000000000000000)::bigint`;

const FACTORS = `
  CREATE TABLE credits.species_parameter (
    coefficient_set text COLLATE "C" NOT NULL REFERENCES credits.coefficient_set (version),
    species         text COLLATE "C" NOT NULL CHECK (species ~ '^[a-z]+(-[a-z]+)*$' AND length(species) <= 40),
    name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    -- Thousandths: tonnes of dry matter a m³, BEF, root-shoot ratio, carbon content.
    density_milli   bigint NOT NULL CHECK (density_milli BETWEEN 100 AND 1500),
    expansion_milli bigint NOT NULL CHECK (expansion_milli BETWEEN 1000 AND 5000),
    root_milli      bigint NOT NULL CHECK (root_milli BETWEEN 0 AND 2000),
    carbon_milli    bigint NOT NULL CHECK (carbon_milli BETWEEN 300 AND 700),
    source          text NOT NULL CHECK (length(source) BETWEEN 1 AND 500),
    PRIMARY KEY (coefficient_set, species),
    CONSTRAINT species_factors
      UNIQUE (coefficient_set, species, density_milli, expansion_milli, root_milli, carbon_milli)
  );
  CREATE TABLE credits.growth (
    coefficient_set text COLLATE "C" NOT NULL,
    forest_class    text NOT NULL,
    age_group       text NOT NULL,
    origin          text NOT NULL,
    species         text COLLATE "C" NOT NULL,
    -- Thousandths of a m³ a hectare and year.
    growth_milli    bigint NOT NULL CHECK (growth_milli BETWEEN 0 AND 200000),
    source          text NOT NULL CHECK (length(source) BETWEEN 1 AND 500),
    PRIMARY KEY (coefficient_set, forest_class, age_group, origin),
    FOREIGN KEY (coefficient_set, forest_class, age_group, origin)
      REFERENCES credits.coefficient (coefficient_set, forest_class, age_group, origin),
    FOREIGN KEY (coefficient_set, species) REFERENCES credits.species_parameter (coefficient_set, species),
    CONSTRAINT growth_factors UNIQUE (coefficient_set, forest_class, age_group, origin, species, growth_milli)
  );
  CREATE TRIGGER guard_species BEFORE INSERT ON credits.species_parameter
    FOR EACH ROW EXECUTE FUNCTION credits.guard_coefficient();

  -- What a mu comes to stands beside its factors as a coefficient, so that the limit without evidence holds for it too.
  CREATE FUNCTION credits.guard_growth() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM FROM credits.coefficient_set s
     WHERE s.version = NEW.coefficient_set AND s.state = 'proposed' AND s.method_kind = 'stock-change';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the set % is decided, or of another method', NEW.coefficient_set
        USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM FROM credits.coefficient c JOIN credits.species_parameter p
        ON p.coefficient_set = c.coefficient_set AND p.species = NEW.species
     WHERE (c.coefficient_set, c.forest_class, c.age_group, c.origin)
           = (NEW.coefficient_set, NEW.forest_class, NEW.age_group, NEW.origin)
       AND c.grams_per_mu_year = credits.stock_grams(100, NEW.growth_milli, p.density_milli, p.expansion_milli,
             p.root_milli, p.carbon_milli, 1000000);
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the coefficient of % % % is not what its factors give', NEW.forest_class, NEW.age_group, NEW.origin
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER guard_growth BEFORE INSERT ON credits.growth
    FOR EACH ROW EXECUTE FUNCTION credits.guard_growth()`;

/** The factors a measurement was made with are those of its set: foreign keys say so. */
const MEASUREMENTS = `
  ALTER TABLE credits.measurement
    ADD method_kind     text NOT NULL DEFAULT 'coefficient' CHECK (method_kind IN ('coefficient', 'stock-change')),
    ADD species         text COLLATE "C",
    ADD growth_milli    bigint,
    ADD density_milli   bigint,
    ADD expansion_milli bigint,
    ADD root_milli      bigint,
    ADD carbon_milli    bigint,
    -- What tending has done to the growth, within bounds and by a decision; a million is one.
    ADD multiplier_ppm  bigint NOT NULL DEFAULT 1000000 CHECK (multiplier_ppm BETWEEN 800000 AND 1200000),
    ADD CONSTRAINT factors_of_the_method CHECK (num_nonnulls(species, growth_milli, density_milli, expansion_milli,
      root_milli, carbon_milli) = CASE method_kind WHEN 'stock-change' THEN 6 ELSE 0 END),
    ADD CONSTRAINT measured_with_a_growth
      FOREIGN KEY (coefficient_set, forest_class, age_group, origin, species, growth_milli)
      REFERENCES credits.growth (coefficient_set, forest_class, age_group, origin, species, growth_milli),
    ADD CONSTRAINT measured_with_a_species
      FOREIGN KEY (coefficient_set, species, density_milli, expansion_milli, root_milli, carbon_milli)
      REFERENCES credits.species_parameter (coefficient_set, species, density_milli, expansion_milli, root_milli,
        carbon_milli),
    DROP CONSTRAINT rounded_half_up_once,
    ADD CONSTRAINT rounded_half_up_once CHECK (grams = CASE
      WHEN method_kind = 'stock-change' THEN credits.stock_grams(area_mu100, growth_milli, density_milli,
        expansion_milli, root_milli, carbon_milli, multiplier_ppm)
      WHEN multiplier_ppm = 1000000 THEN (2 * area_mu100 * grams_per_mu + 100) / 200
      ELSE div(2::numeric * area_mu100 * grams_per_mu * multiplier_ppm + 100000000, 200000000)::bigint END)`;

const SPECIES_SOURCE = '[M] 造林碳汇方法学（AR-CM-001-V01）与国家清单缺省值，凭记忆录入，待与印本附录核对';

/** Name, density, expansion, roots, carbon. */
const SPECIES: Readonly<Record<string, readonly [string, number, number, number, number]>> = {
  'masson-pine': ['马尾松', 380, 1472, 187, 460],
  'oil-pine': ['油松', 360, 1589, 251, 521],
  'armand-pine': ['华山松', 396, 1785, 170, 523],
  'chinese-fir': ['杉木', 307, 1634, 246, 520],
  cypress: ['柏木', 478, 1732, 220, 510],
  oak: ['栎类', 676, 1355, 292, 500],
  birch: ['桦木', 541, 1424, 248, 491],
  poplar: ['杨树', 378, 1446, 227, 496],
  'hard-broadleaf': ['硬阔', 598, 1674, 261, 497],
  'soft-broadleaf': ['软阔', 443, 1586, 289, 485],
  'conifer-mixed': ['针叶混', 405, 1587, 267, 510],
  'conifer-broadleaf-mixed': ['针阔混', 486, 1656, 248, 498],
  'broadleaf-mixed': ['阔叶混', 482, 1514, 262, 490],
};

const GROWTH_SOURCE = '[M] 示例：每公顷年蓄积净生长量取常见值的低端，待县样地复测值替换';
const CLASSES: Readonly<Record<string, string>> = {
  broadleaf: 'broadleaf-mixed',
  mixed: 'conifer-broadleaf-mixed',
  conifer: 'conifer-mixed',
};
const GROWTH_MILLI: Readonly<Record<string, number>> = {
  ...{ young: 3000, middle: 3000, 'near-mature': 2000, mature: 1000, 'over-mature': 500 },
};

/** An example set that came with the product: it counts only where a county decides that a class uses the method. */
async function seed(q: QueryRunner): Promise<void> {
  const guards = [
    ...['coefficient_set guard_set', 'coefficient guard_coefficient'],
    ...['species_parameter guard_species', 'growth guard_growth'],
  ].map((name) => name.split(' ') as [string, string]);
  for (const [table, guard] of guards) await q.query(`ALTER TABLE credits.${table} DISABLE TRIGGER ${guard}`);
  await q.query(
    `INSERT INTO credits.coefficient_set (version, method, method_kind, source, illustrative, valid_from, buffer_ppm)
     VALUES ('illustrative-stock-1', '蓄积量变化法（示例）', 'stock-change', $1, true, '2010-01-01', 100000)`,
    [`${SPECIES_SOURCE}；${GROWTH_SOURCE}`],
  );
  await q.query(
    `INSERT INTO credits.species_parameter (coefficient_set, species, name, density_milli, expansion_milli, root_milli,
            carbon_milli, source)
     SELECT 'illustrative-stock-1', r.species, r.name, r.d, r.e, r.r, r.c, $2
       FROM jsonb_to_recordset($1::jsonb) AS r (species text, name text, d bigint, e bigint, r bigint, c bigint)`,
    [
      JSON.stringify(
        Object.entries(SPECIES).map(([species, [name, d, e, r, c]]) => ({ species, name, d, e, r, c })),
      ),
      SPECIES_SOURCE,
    ],
  );
  const rows = Object.entries(CLASSES).flatMap(([forestClass, species]) =>
    Object.entries(GROWTH_MILLI).flatMap(([age, growth]) =>
      ['natural', 'planted'].map((origin) => ({ class: forestClass, age, origin, species, growth })),
    ),
  );
  const given = `jsonb_to_recordset($1::jsonb) AS r (class text, age text, origin text, species text, growth bigint)`;
  await q.query(
    `INSERT INTO credits.coefficient (coefficient_set, forest_class, age_group, origin, grams_per_mu_year)
     SELECT p.coefficient_set, r.class, r.age, r.origin, credits.stock_grams(100, r.growth, p.density_milli,
            p.expansion_milli, p.root_milli, p.carbon_milli, 1000000)
       FROM ${given}
       JOIN credits.species_parameter p ON p.coefficient_set = 'illustrative-stock-1' AND p.species = r.species`,
    [JSON.stringify(rows)],
  );
  await q.query(
    `INSERT INTO credits.growth (coefficient_set, forest_class, age_group, origin, species, growth_milli, source)
     SELECT 'illustrative-stock-1', r.class, r.age, r.origin, r.species, r.growth, $2 FROM ${given}`,
    [JSON.stringify(rows), GROWTH_SOURCE],
  );
  for (const [table, guard] of guards) await q.query(`ALTER TABLE credits.${table} ENABLE TRIGGER ${guard}`);
}
