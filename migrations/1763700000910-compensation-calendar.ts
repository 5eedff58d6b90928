import type { MigrationInterface, QueryRunner } from 'typeorm';

interface YearOfDays {
  readonly year: number;
  /** [V] looked up, [M] recalled and to be checked against the notice before it decides a period. */
  readonly source: string;
  /** Name, first day, last day. */
  readonly holidays: readonly (readonly [string, string, string])[];
  /** Weekend days worked in exchange (调休上班). */
  readonly worked: readonly string[];
}

const YEARS: readonly YearOfDays[] = [
  {
    year: 2025,
    source: '[M] 国务院办公厅关于2025年部分节假日安排的通知, 2024-11-12',
    holidays: [
      ['元旦', '2025-01-01', '2025-01-01'],
      ['春节', '2025-01-28', '2025-02-04'],
      ['清明节', '2025-04-04', '2025-04-06'],
      ['劳动节', '2025-05-01', '2025-05-05'],
      ['端午节', '2025-05-31', '2025-06-02'],
      ['国庆节、中秋节', '2025-10-01', '2025-10-08'],
    ],
    worked: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  {
    year: 2026,
    source: '[V] 国务院办公厅关于2026年部分节假日安排的通知, 2025-11-04 (新华社同日电)',
    holidays: [
      ['元旦', '2026-01-01', '2026-01-03'],
      ['春节', '2026-02-15', '2026-02-23'],
      ['清明节', '2026-04-04', '2026-04-06'],
      ['劳动节', '2026-05-01', '2026-05-05'],
      ['端午节', '2026-06-19', '2026-06-21'],
      ['中秋节', '2026-09-25', '2026-09-27'],
      ['国庆节', '2026-10-01', '2026-10-07'],
    ],
    worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
];

/** Working days as the State Council publishes them, a year at a time. A year without a row is not known. */
export class CompensationCalendar1763700000910 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE compensation.calendar_year (
        year        int  PRIMARY KEY CHECK (year BETWEEN 2000 AND 2100),
        source      text NOT NULL CHECK (source <> ''),
        recorded_by text NOT NULL
      )`);
    await q.query(`
      CREATE TABLE compensation.calendar_day (
        day     date PRIMARY KEY,
        year    int  NOT NULL REFERENCES compensation.calendar_year (year),
        kind    text NOT NULL CHECK (kind IN ('holiday', 'worked')),
        name_zh text NOT NULL CHECK (name_zh <> ''),
        CONSTRAINT day_of_the_year CHECK (extract(year FROM day) = year),
        CONSTRAINT only_weekends_are_worked_in_exchange CHECK (kind = 'holiday' OR extract(isodow FROM day) >= 6)
      )`);
    for (const { year, source, holidays, worked } of YEARS) {
      await q.query(`INSERT INTO compensation.calendar_year VALUES ($1, $2, 'migration')`, [year, source]);
      await q.query(
        `INSERT INTO compensation.calendar_day (day, year, kind, name_zh)
         SELECT d::date, $1::int, 'holiday', h.name
           FROM unnest($2::text[], $3::date[], $4::date[]) AS h (name, first, last),
                generate_series(h.first::timestamp, h.last::timestamp, interval '1 day') AS d
         UNION ALL SELECT w, $1::int, 'worked', '调休上班' FROM unnest($5::date[]) AS w`,
        [
          year,
          holidays.map(([name]) => name),
          holidays.map(([, first]) => first),
          holidays.map(([, , last]) => last),
          worked,
        ],
      );
    }
    await q.query(
      `GRANT SELECT, INSERT ON compensation.calendar_year, compensation.calendar_day TO tanhui_app`,
    );
    await q.query(`GRANT SELECT ON compensation.calendar_year, compensation.calendar_day TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE compensation.calendar_day, compensation.calendar_year`);
  }
}
