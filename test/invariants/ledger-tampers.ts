import { escapeIdentifier, type Client } from 'pg';

/** Repeatable chance: the same seed does the same damage. */
export class Chance {
  #state: number;

  constructor(readonly seed: number) {
    this.#state = seed;
  }

  /** From 0 up to, not including, n. */
  below(n: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let x = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) % n;
  }

  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }
}

export interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/** As the catalog has them, so that a column of tomorrow is not forgotten. */
export async function columnsOfTheLedger(admin: Client): Promise<Column[]> {
  const { rows } = await admin.query<Column>(
    `SELECT c.table_name AS table, c.column_name AS column, c.udt_name AS type
       FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'ledger' AND t.table_type = 'BASE TABLE'
      ORDER BY c.table_name, c.ordinal_position`,
  );
  return rows;
}

const NUMBERS = [
  '$old + 1',
  '$old - 1',
  '-$old',
  '$old * 2',
  '0',
  '1',
  '$old + 1000000',
  '9223372036854775807',
];
const OTHER = [
  `(SELECT o.$column FROM $table o WHERE o.$column IS DISTINCT FROM $old ORDER BY md5(o::text || '$dice') LIMIT 1)`,
  'NULL',
];
const MOMENTS = [
  ...[`$old + interval '1 microsecond'`, `$old - interval '1 microsecond'`, `$old + interval '40 days'`],
  ...[`$old - interval '40 days'`, `'infinity'`, `'-infinity'`, 'clock_timestamp()'],
];

/** What may be written into a column of each type instead of what is there. */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
  int2: NUMBERS,
  int4: NUMBERS,
  int8: NUMBERS,
  numeric: NUMBERS,
  timestamptz: MOMENTS,
  text: [`$old || 'x'`, `left($old, -1)`, 'upper($old)', `'x'`, `''`, `replace($old, 'a', 'b')`],
  uuid: ['gen_random_uuid()', `'00000000-0000-0000-0000-000000000000'`],
  bytea: [`set_bit($old, 0, 1 - get_bit($old, 0))`, 'sha256($old)', `substr($old, 2)`, `$old || '\\x00'`],
  jsonb: [
    `(SELECT jsonb_object_agg(k, CASE WHEN k = (SELECT max(m) FROM jsonb_object_keys($old) m) THEN '"x"' ELSE v END)
        FROM jsonb_each($old) AS e (k, v))`,
    `'{}'`,
    `$old || '{"more": 1}'`,
    `jsonb_build_object('was', $old)`,
    `$old - (SELECT min(k) FROM jsonb_object_keys($old) k)`,
  ],
  bool: ['NOT $old'],
  _text: [`array_append($old, 'open')`, `$old[2:]`, `$old || $old`],
  account_path: [`$old || '-x'`, `'purse/9'`, `'ann'`, `'other'`],
};

/** One expression that makes another value of a column's. */
export function changeOf({ table, column, type }: Column, chance: Chance): string {
  const changes = CHANGES[type];
  if (!changes) throw new Error(`No way is known to change a column of type ${type} (${table}.${column}).`);
  return chance
    .of([...changes, ...OTHER])
    .replaceAll('$dice', String(chance.below(1e9)))
    .replaceAll('$old', `t.${escapeIdentifier(column)}`)
    .replaceAll('$column', escapeIdentifier(column))
    .replaceAll('$table', `ledger.${escapeIdentifier(table)}`);
}

/** SQL that does something to one row or two of a table, chosen by chance. */
export type Damage = (columns: readonly Column[], chance: Chance) => string;

const named = (table: string): string => `ledger.${escapeIdentifier(table)}`;
const aRow = (table: string, chance: Chance): string =>
  `(SELECT r.ctid FROM ${named(table)} r ORDER BY md5(r::text || '${chance.below(1e9)}') LIMIT 1)`;

export const deleteRow: Damage = ([first], chance) =>
  `DELETE FROM ${named(first!.table)} WHERE ctid = ${aRow(first!.table, chance)}`;

/** A copy that differs in one column or two, so that it may stand beside the original. */
export const insertLike: Damage = (columns, chance) => {
  const { table } = columns[0]!;
  const changed = new Map(
    [chance.of(columns), chance.of(columns)].map((c) => [c.column, changeOf(c, chance)]),
  );
  const names = columns.map(({ column }) => escapeIdentifier(column));
  const values = columns.map(({ column }) => changed.get(column) ?? `t.${escapeIdentifier(column)}`);
  return (
    `INSERT INTO ${named(table)} (${names.join(', ')}) OVERRIDING SYSTEM VALUE ` +
    `SELECT ${values.join(', ')} FROM ${named(table)} t WHERE t.ctid = ${aRow(table, chance)}`
  );
};

/** Two rows exchange all that is not in `columns`' first place: each stays where it was and says what the other said. */
export const swapValues: Damage = (columns, chance) => {
  const { table } = columns[0]!;
  const { column } = chance.of(columns);
  const name = escapeIdentifier(column);
  return (
    `WITH pair AS (SELECT r.ctid AS place, r.${name} AS value FROM ${named(table)} r ` +
    `ORDER BY md5(r::text || '${chance.below(1e9)}') LIMIT 2) ` +
    `UPDATE ${named(table)} t SET ${name} = other.value FROM pair own JOIN pair other ON other.place <> own.place ` +
    `WHERE t.ctid = own.place AND own.value IS DISTINCT FROM other.value`
  );
};

export const changeColumn =
  (column: Column): Damage =>
  (_columns, chance) =>
    `UPDATE ${named(column.table)} t SET ${escapeIdentifier(column.column)} = ${changeOf(column, chance)} ` +
    `WHERE t.ctid = ${aRow(column.table, chance)}`;
