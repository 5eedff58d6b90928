import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the reports reckon with beside the coefficients of growth: carbon in a mu of standing forest, and prices. Dated
 * rows with their source, proposed by one and approved by another; densities come with the product, prices never do.
 */
export class CreditsAccountingFigures1763700000692 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(FIGURES);
    await seed(q);
    await q.query(GUARD);
    await q.query(`
      GRANT SELECT, INSERT ON credits.accounting_figure TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, decision_note) ON credits.accounting_figure TO tanhui_app;
      GRANT SELECT ON credits.accounting_figure TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE credits.accounting_figure; DROP FUNCTION credits.guard_accounting_figure`);
  }
}

const FIGURES = `
  CREATE TABLE credits.accounting_figure (
    id           uuid   NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
    -- NULL: came with the product.
    book         int    REFERENCES platform.book (id),
    kind         text   NOT NULL CHECK (kind IN ('stock-density', 'stock-price', 'fixation-price')),
    forest_class text   CHECK (forest_class IN ('broadleaf', 'mixed', 'conifer', 'bamboo', 'economic', 'tea', 'shrub',
      'wetland', 'farmland-reserved')),
    age_group    text   CHECK (age_group IN ('young', 'middle', 'near-mature', 'mature', 'over-mature')),
    origin       text   CHECK (origin IN ('natural', 'planted')),
    -- Grams of CO2e a hundredth of a mu, fen a mu, fen a tonne of CO2e.
    unit         text   NOT NULL CHECK (unit IN ('g-per-mu100', 'fen-per-mu', 'fen-per-t')),
    amount       bigint NOT NULL CHECK (amount BETWEEN 0 AND 1000000000000),
    valid_from   date   NOT NULL,
    source       text   NOT NULL CHECK (length(source) BETWEEN 1 AND 500),
    -- Its figures carry 示例系数，非核定值.
    illustrative boolean NOT NULL,
    state        text   NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected')),
    proposed_by  text,
    proposed_at  timestamptz,
    decided_by   text,
    decided_at   timestamptz,
    decision_note text  CHECK (length(decision_note) BETWEEN 1 AND 500),
    CONSTRAINT figure_is_of_something CHECK (CASE kind
      WHEN 'stock-density' THEN num_nulls(forest_class, age_group, origin) = 0 AND unit = 'g-per-mu100'
      WHEN 'stock-price' THEN forest_class IS NOT NULL AND num_nonnulls(age_group, origin) = 0 AND unit <> 'g-per-mu100'
      ELSE num_nonnulls(forest_class, age_group, origin) = 0 AND unit = 'fen-per-t' END),
    CONSTRAINT proposed_by_somebody CHECK (book IS NULL OR num_nulls(proposed_by, proposed_at) = 0),
    CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
    CONSTRAINT decision_is_whole CHECK (book IS NULL OR ((state = 'proposed') = (decided_by IS NULL)
      AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (decision_note IS NOT NULL)))
  );
  CREATE UNIQUE INDEX accounting_figure_in_force ON credits.accounting_figure
    (coalesce(book, 0), kind, coalesce(forest_class, ''), coalesce(age_group, ''), coalesce(origin, ''), valid_from)
    WHERE state = 'approved'`;

const AGES = ['young', 'middle', 'near-mature', 'mature', 'over-mature'];

/** Tonnes of carbon in the trees of a hectare, by age group; one number is of every age. */
const CARBON: readonly (readonly [string, readonly string[], readonly string[], string])[] = [
  ['natural', ['broadleaf', 'mixed'], ['20.69', '28.27', '31.64', '33.69', '52.54'], 'weighted'],
  ['planted', ['broadleaf', 'mixed'], ['12.20', '24.48', '31.68', '30.35', '42.40'], 'weighted'],
  ['natural', ['conifer'], ['11.12', '16.14', '20.28', '24.55', '39.33'], 'fir'],
  ['planted', ['conifer'], ['11.12', '16.14', '20.28', '24.55', '39.33'], 'fir'],
  ...['natural', 'planted'].flatMap((origin) => [
    [origin, ['bamboo'], ['23.78'], 'bamboo'] as const,
    // Dry matter of 35.21 and 17.99 t a hectare, of which 0.47 is carbon.
    [origin, ['economic'], ['16.5487'], 'guideline'] as const,
    [origin, ['tea', 'shrub'], ['8.4553'], 'guideline'] as const,
    [origin, ['wetland'], ['0'], 'none'] as const,
  ]),
];

const STUDY = '示例：李银等，浙江森林碳密度（ChinaXiv 201605.00429）表4，乔木层';
const SOURCES: Readonly<Record<string, string>> = {
  weighted: `${STUDY}，各龄组加权均值；不含土壤；待县核定值替换`,
  fir: `${STUDY}，杉木；不含土壤；待县核定值替换`,
  bamboo: `${STUDY}，毛竹；不含土壤；待县核定值替换`,
  guideline:
    '示例：省级清单指南单位面积生物量（经济林 35.21、灌木林 17.99 吨干物质/公顷）×含碳率 0.47；待县核定值替换',
  none: '湿地未经实测计 0',
};

async function seed(q: QueryRunner): Promise<void> {
  const rows = CARBON.flatMap(([origin, classes, densities, source]) =>
    classes.flatMap((forestClass) =>
      AGES.map((age, index) => ({
        ...{ forest_class: forestClass, age_group: age, origin },
        carbon: densities[index] ?? densities[0],
        source: SOURCES[source],
      })),
    ),
  );
  await q.query(
    `INSERT INTO credits.accounting_figure (book, kind, forest_class, age_group, origin, unit, amount, valid_from, source,
            illustrative, state)
     SELECT NULL, 'stock-density', r.forest_class, r.age_group, r.origin, 'g-per-mu100',
            round(r.carbon * 44 * 10000 / 12 / 15), '2010-01-01', r.source, r.forest_class <> 'wetland', 'approved'
       FROM jsonb_to_recordset($1::jsonb)
            AS r (forest_class text, age_group text, origin text, carbon numeric, source text)`,
    [JSON.stringify(rows)],
  );
}

const GUARD = `
  CREATE FUNCTION credits.guard_accounting_figure() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog AS $$
  BEGIN
    IF (CASE TG_OP WHEN 'INSERT' THEN NEW.state <> 'proposed' OR NEW.book IS NULL
                   ELSE OLD.state <> 'proposed' OR NEW.state = 'proposed' END) THEN
      RAISE EXCEPTION 'the figure % is proposed first and decided once', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER guard_figure BEFORE INSERT OR UPDATE ON credits.accounting_figure
    FOR EACH ROW EXECUTE FUNCTION credits.guard_accounting_figure()`;
