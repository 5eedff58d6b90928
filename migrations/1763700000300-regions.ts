import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { MigrationInterface, QueryRunner } from 'typeorm';

const DATA = join(__dirname, '../libs/regions/data');

/** The region tree, dated. Reference data: it belongs to no book. */
export class Regions1763700000300 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE SCHEMA regions`);
    await q.query(`GRANT USAGE ON SCHEMA regions TO tanhui_app, tanhui_auditor, tanhui_demo`);
    await q.query(`
      CREATE TABLE regions.region (
        code        text COLLATE "C" PRIMARY KEY CHECK (code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'),
        name        text NOT NULL CHECK (name <> ''),
        level       text NOT NULL CHECK (level IN ('province', 'prefecture', 'county', 'township', 'village')),
        parent_code text COLLATE "C" REFERENCES regions.region (code),
        -- Null where the beginning lies before our source, or the end in the future.
        valid_from  date,
        valid_to    date,
        successor_code text COLLATE "C" REFERENCES regions.region (code),
        note        text,
        -- Scopes are compared by prefix, so a code must lie in its parent's by prefix.
        CONSTRAINT nests_by_prefix CHECK (starts_with(code, parent_code) AND code <> parent_code),
        CONSTRAINT level_fits_code CHECK (length(code) = CASE level WHEN 'province' THEN 2 WHEN 'prefecture' THEN 4
          WHEN 'county' THEN 6 WHEN 'township' THEN 9 ELSE 12 END),
        CONSTRAINT only_provinces_have_no_parent CHECK ((parent_code IS NULL) = (level = 'province')),
        CONSTRAINT ends_after_it_begins CHECK (valid_to > valid_from),
        CONSTRAINT successor_of_what_has_ended CHECK (successor_code IS NULL OR valid_to IS NOT NULL)
      )`);
    await q.query(`CREATE INDEX region_parent ON regions.region (parent_code)`);
    await q.query(`GRANT SELECT ON regions.region TO tanhui_app, tanhui_auditor, tanhui_demo`);
    // One statement, so that parents and successors may stand anywhere in the files.
    await q.query(
      `INSERT INTO regions.region (code, name, level, parent_code, valid_from, valid_to, successor_code, note)
       SELECT code, name, level, nullif(parent_code, ''), nullif(valid_from, '')::date, nullif(valid_to, '')::date,
              nullif(successor_code, ''), nullif(note, '')
         FROM jsonb_to_recordset($1::jsonb) AS r (code text, name text, level text, parent_code text,
                valid_from text, valid_to text, successor_code text, note text)`,
      [JSON.stringify([...rowsOf('regions-before.csv'), ...rowsOf('regions.csv')])],
    );
    // What took another code's place began when that one ended.
    await q.query(`
      UPDATE regions.region r SET valid_from = before.valid_to
        FROM regions.region before WHERE before.successor_code = r.code`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP SCHEMA regions CASCADE`);
  }
}

/** The data files have no quotes and no commas inside fields; a line of another width is an error in the file. */
function rowsOf(file: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(join(DATA, file), 'utf8').split(/\r?\n/).filter(Boolean);
  const columns = header.split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    if (fields.length !== columns.length) throw new Error(`${file}: "${line}" has ${fields.length} fields`);
    return Object.fromEntries(columns.map((column, index) => [column, fields[index] ?? '']));
  });
}
