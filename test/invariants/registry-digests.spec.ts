import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';

import { RegistryAudit } from '@app/registry';
import { RegistryDigests1763700000513 } from '../../migrations/1763700000513-registry-digests';
import { RandomRegistry } from './registry-random';

const TABLES = ['parcel', 'land_unit', 'party', 'bank_account', 'right_share', 'consent', 'payee'];
/** What changes by the product's own doors, by whom a check of its own asks; or is the digest's key. */
const ELSEWHERE = new Set([
  ...['parcel.status', 'parcel.rights_version', 'parcel.valid', 'parcel.version', 'parcel.facts_at'],
  ...['parcel.made_by', 'parcel.closed_by', 'party.version', 'party.facts_from', 'party.changed_at'],
  ...['party.changed_by', 'party.closed_on', 'bank_account.valid', 'right_share.ended_by'],
  ...['right_share.ended_by_land', 'right_share.corrected_by', 'right_share.corrected_at'],
  ...['consent.revoked_at', 'consent.revoked_by', 'payee.ended_by'],
]);
/** Of the others what they came with stands in their past. */
const AS_IT_CAME: Readonly<Record<string, string>> = {
  ...{ parcel: 'version = 0', party: 'version = 0' },
  ...{ right_share: 'first_valid IS NULL', payee: 'first_valid IS NULL' },
};
/** Another value of the type than the one that is there. */
const OTHER: Readonly<Record<string, (column: string) => string>> = {
  uuid: () => 'gen_random_uuid()',
  text: (column) => `coalesce(${column}, '') || 'x'`,
  int4: (column) => `coalesce(${column}, 0) + 1`,
  int2: (column) => `coalesce(${column}, 0) + 1`,
  int8: (column) => `coalesce(${column}, 0) + 1`,
  bool: (column) => `NOT coalesce(${column}, false)`,
  bytea: (column) => `sha256(coalesce(${column}, ''))`,
  timestamptz: (column) => `coalesce(${column}, 'epoch') + interval '1 microsecond'`,
  daterange: (column) =>
    `CASE WHEN ${column} IS NULL OR isempty(${column}) THEN '[1999-01-01,)' ELSE daterange(lower(${column}) - 1, upper(${column})) END`,
};

describe('a registry in which orders of all sorts came one after the other', () => {
  let random: RandomRegistry;
  beforeAll(async () => {
    random = await RandomRegistry.open();
    await random.live(60);
  });
  afterAll(() => random?.home.close());

  it('saw some of each go through', () => {
    expect(Object.entries(random.done).filter(([, times]) => times === 0)).toEqual([]);
  });

  it('verifies clean, though hardly a row is as it came', async () => {
    const audit = random.home.module.get(RegistryAudit);
    expect((await audit.execute(random.home.book)).findings).toEqual([]);
  });

  describe('whose guards are switched off', () => {
    let admin: Client;
    beforeAll(async () => {
      admin = new Client({ connectionString: random.home.database.adminUrl });
      await admin.connect();
      await admin.query('BEGIN');
      await admin.query('SET LOCAL session_replication_role = replica');
      const { rows } = await admin.query<{ drop: string }>(
        `SELECT format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I CASCADE', c.conrelid::regclass, c.conname) AS drop
         FROM pg_constraint c WHERE c.connamespace = 'registry'::regnamespace AND c.contype IN ('c', 'x', 'u')`,
      );
      for (const { drop } of rows) await admin.query(drop);
    });
    afterAll(() => admin.end());

    it.each(TABLES)('notices a change of any column of each %s that came into it', async (table) => {
      const { rows: columns } = await admin.query<{ name: string; type: string }>(
        `SELECT column_name AS name, udt_name AS type FROM information_schema.columns
        WHERE table_schema = 'registry' AND table_name = $1 AND is_generated = 'NEVER'`,
        [table],
      );
      const { rows: changed } = await admin.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM registry.${table} WHERE book = $1`,
        [random.home.book],
      );
      expect(changed[0]!.n).toBeGreaterThan(0);
      const missed: string[] = [];
      for (const { name, type } of columns) {
        if (name === 'book' || ELSEWHERE.has(`${table}.${name}`)) continue;
        await admin.query('SAVEPOINT before');
        const { rowCount } = await admin.query(
          `UPDATE registry.${table} SET ${name} = ${OTHER[type]!(name)} WHERE book = $1 AND ${AS_IT_CAME[table] ?? 'true'}`,
          [random.home.book],
        );
        const { rows: found } = await admin.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM registry.row_digests($1) d
          WHERE d.relation = $2 AND d.made IS NOT NULL AND d.kept IS DISTINCT FROM d.made`,
          [random.home.book, table],
        );
        await admin.query('ROLLBACK TO before');
        if (found[0]!.n !== rowCount || !rowCount) missed.push(`${name}: ${found[0]!.n} of ${rowCount}`);
      }
      expect(missed).toEqual([]);
    });
  });

  it('is digested by the migration as it stands when that comes', async () => {
    const owner = new Client({ connectionString: random.home.database.adminUrl });
    await owner.connect();
    try {
      await owner.query('BEGIN');
      const runner = { query: (sql: string) => owner.query(sql) } as unknown as QueryRunner;
      const migration = new RegistryDigests1763700000513();
      await migration.down(runner);
      await migration.up(runner);
      await owner.query('COMMIT');
    } finally {
      await owner.end();
    }
    const { book, module } = random.home;
    expect((await module.get(RegistryAudit).execute(book)).findings).toEqual([]);
    const [kept] = await random.home.query(
      `SELECT count(DISTINCT c.relation)::int AS relations
         FROM registry.import i LEFT JOIN registry.came c ON c.book = i.book AND c.import = i.id WHERE i.digest IS NOT NULL`,
    );
    expect(kept).toMatchObject({ relations: 6 });
  });
});
