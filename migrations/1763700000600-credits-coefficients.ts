import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a mu of forest takes up in a year: versioned sets with their source, never constants in code. */
export class CreditsCoefficients1763700000600 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE SCHEMA credits`);
    await q.query(`GRANT USAGE ON SCHEMA credits TO tanhui_app, tanhui_auditor`);
    // Exclusion constraints over plain columns need its operator classes.
    await q.query(`CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public`);

    await q.query(`
      CREATE TABLE credits.coefficient_set (
        version      text COLLATE "C" PRIMARY KEY CHECK (version ~ '^[a-z0-9][a-z0-9.-]{0,39}$'),
        method       text NOT NULL CHECK (length(method) BETWEEN 1 AND 200),
        source       text NOT NULL CHECK (length(source) BETWEEN 1 AND 500),
        -- Every figure made with it then carries 示例系数，非核定值.
        illustrative boolean NOT NULL,
        -- The set in force on the first day of a period is the one the period is measured with.
        valid_from   date NOT NULL UNIQUE,
        -- 缓冲量: the part of every supplier's grams that is kept back against reversals.
        buffer_ppm   bigint NOT NULL CHECK (buffer_ppm BETWEEN 0 AND 1000000)
      )`);
    // Above one tonne a mu and year nothing is credited without measured evidence.
    await q.query(`
      CREATE TABLE credits.coefficient (
        coefficient_set   text COLLATE "C" NOT NULL REFERENCES credits.coefficient_set (version),
        forest_class      text NOT NULL,
        age_group         text NOT NULL,
        grams_per_mu_year bigint NOT NULL CHECK (grams_per_mu_year BETWEEN 0 AND 1000000),
        PRIMARY KEY (coefficient_set, forest_class, age_group)
      )`);
    await q.query(
      `GRANT SELECT ON credits.coefficient_set, credits.coefficient TO tanhui_app, tanhui_auditor`,
    );
    await seed(q);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP SCHEMA credits CASCADE`);
  }
}

const AGES = ['young', 'middle', 'near-mature', 'mature', 'over-mature'];

/** Kilograms of CO2e a mu and year by age group. A class without a row is not measured: farmland-reserved. */
const KILOGRAMS: Readonly<Record<string, readonly number[]>> = {
  broadleaf: [300, 250, 180, 80, 80],
  mixed: [280, 240, 170, 80, 80],
  conifer: [250, 220, 150, 60, 60],
  bamboo: [300, 300, 300, 300, 300],
  economic: [120, 80, 30, 0, 0],
  tea: [100, 100, 30, 30, 30],
  shrub: [60, 30, 0, 0, 0],
  wetland: [0, 0, 0, 0, 0],
};

const SOURCE =
  '示例：由国家清单与造林碳汇方法学缺省参数（树种蓄积生长量×密度×扩展因子×含碳率）按每亩保守推算，' +
  '并与公布的市、省总量核对（0.115—0.225 吨/亩·年）；茶园以中龄组为界代替 20 年；湿地未经实测计 0；待县核定值替换';

async function seed(q: QueryRunner): Promise<void> {
  await q.query(
    `INSERT INTO credits.coefficient_set (version, method, source, illustrative, valid_from, buffer_ppm)
     VALUES ('illustrative-1', '面积×系数（示例）', $1, true, '2010-01-01', 100000)`,
    [SOURCE],
  );
  const rows = Object.entries(KILOGRAMS).flatMap(([forestClass, kilograms]) =>
    kilograms.map((kg, index) => ({ forest_class: forestClass, age_group: AGES[index], grams: kg * 1_000 })),
  );
  await q.query(
    `INSERT INTO credits.coefficient (coefficient_set, forest_class, age_group, grams_per_mu_year)
     SELECT 'illustrative-1', r.forest_class, r.age_group, r.grams
       FROM jsonb_to_recordset($1::jsonb) AS r (forest_class text, age_group text, grams bigint)`,
    [JSON.stringify(rows)],
  );
}
