import { Client } from 'pg';

import { newId, ok } from '@app/kernel';
import { MarkParcels } from '@app/registry';
import { household, parcel, RegistryBook } from './registry-book';

const OVER = { code: '23514', constraint: 'right_share_total' };

describe('the shares of a parcel', () => {
  let registry: RegistryBook;
  let parcels: string[];
  let parties: string[];
  const idsOf = async (table: string, order: string) =>
    (
      await registry.query<{ id: string }>(
        `SELECT id FROM registry.${table} WHERE book = $1 ORDER BY ${order}`,
        [registry.book],
      )
    ).map(({ id }) => id);
  const asApp = async (): Promise<Client> => {
    const client = new Client({ connectionString: registry.database.appUrl });
    await client.connect();
    return client;
  };
  /** Adds a share straight into the table, past every check of the import. */
  const add = (
    by: Client,
    row: { parcel: number; party: number; ppm: number; days?: string; kind?: string },
  ): Promise<unknown> =>
    by.query(
      `INSERT INTO registry.right_share (book, id, parcel, party, kind, share_ppm, valid, document_no, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'test', now())`,
      [
        registry.book,
        newId(),
        parcels[row.parcel],
        parties[row.party],
        row.kind ?? 'management',
        row.ppm,
        row.days ?? '[2026-01-01,)',
      ],
    );
  const sumOf = async (index: number): Promise<number> => {
    const rows = await registry.query<{ ppm: string }>(
      `SELECT coalesce(sum(share_ppm), 0) AS ppm FROM registry.right_share WHERE book = $1 AND parcel = $2`,
      [registry.book, parcels[index]],
    );
    return Number(rows[0]?.ppm);
  };

  beforeAll(async () => {
    registry = await RegistryBook.open();
    await registry.import(
      'parties',
      Array.from({ length: 20 }, (_, n) => household(n)),
    );
    await registry.import(
      'parcels',
      Array.from({ length: 10 }, (_, n) => parcel(n)),
    );
    parties = await idsOf('party', 'external_no');
    parcels = await idsOf('parcel', 'code');
  });
  afterAll(() => registry.close());

  it('are refused by the database above the whole on a single day', async () => {
    const app = await asApp();
    try {
      await add(app, { parcel: 0, party: 0, ppm: 600_000, days: '[2026-01-01,2026-07-01)' });
      await add(app, { parcel: 0, party: 1, ppm: 600_000, days: '[2026-07-01,)' });
      await expect(
        add(app, { parcel: 0, party: 2, ppm: 400_001, days: '[2026-06-30,2026-07-01)' }),
      ).rejects.toMatchObject(OVER);
      await add(app, { parcel: 0, party: 2, ppm: 400_000, days: '[2026-06-30,2026-07-02)' });
      await add(app, { parcel: 0, party: 3, ppm: 1_000_000, kind: 'contract' });
    } finally {
      await app.end();
    }
  });

  it('are refused when one party would have the same right twice on a day', async () => {
    const app = await asApp();
    try {
      const days = '[2026-01-01,2026-02-01)';
      await add(app, { parcel: 9, party: 19, ppm: 1, kind: 'contract', days });
      await expect(
        add(app, { parcel: 9, party: 19, ppm: 1, kind: 'contract', days: '[2026-01-31,)' }),
      ).rejects.toMatchObject({ code: '23P01', constraint: 'right_share_once' });
      await add(app, { parcel: 9, party: 19, ppm: 1, kind: 'contract', days: '[2026-02-01,)' });
    } finally {
      await app.end();
    }
  });

  it('are judged again when the owner changes one', async () => {
    const owner = new Client({ connectionString: registry.database.ownerUrl });
    await owner.connect();
    try {
      await add(owner, { parcel: 8, party: 0, ppm: 500_000, kind: 'contract' });
      await add(owner, { parcel: 8, party: 1, ppm: 500_000, kind: 'contract' });
      const raise = () =>
        owner.query(
          `UPDATE registry.right_share SET share_ppm = 500001 WHERE book = $1 AND parcel = $2 AND party = $3`,
          [registry.book, parcels[8], parties[1]],
        );
      await expect(raise()).rejects.toMatchObject({ code: '23001' });
      // Were that guard gone, the sum would still be judged.
      await owner.query('ALTER TABLE registry.right_share DISABLE TRIGGER right_only_ends');
      await expect(raise()).rejects.toMatchObject(OVER);
      await owner.query('ALTER TABLE registry.right_share ENABLE TRIGGER right_only_ends');
    } finally {
      await owner.end();
    }
  });

  it('are refused when one statement adds them together', async () => {
    const app = await asApp();
    try {
      const together = app.query(
        `INSERT INTO registry.right_share (book, id, parcel, party, kind, share_ppm, valid, document_no, recorded_at)
         SELECT $1, gen_random_uuid(), $2, p, 'management', 500000, '[2026-01-01,)', 'test', now()
           FROM unnest($3::uuid[]) p`,
        [registry.book, parcels[1], parties.slice(0, 3)],
      );
      await expect(together).rejects.toMatchObject(OVER);
      expect(await sumOf(1)).toBe(0);
    } finally {
      await app.end();
    }
  });

  it('never exceed the whole when 20 connections add 10 % each at once: exactly 10 do', async () => {
    const clients = await Promise.all(Array.from({ length: 20 }, asApp));
    try {
      const outcomes = await Promise.allSettled(
        clients.map((client, party) => add(client, { parcel: 2, party, ppm: 100_000 })),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(OVER);
      }
      expect(await sumOf(2)).toBe(1_000_000);
    } finally {
      await Promise.all(clients.map((client) => client.end()));
    }
  });

  it.each(['READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE'])(
    'are counted with what another transaction adds meanwhile, under %s',
    async (level) => {
      const at = 3 + ['READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE'].indexOf(level);
      const [first, second] = [await asApp(), await asApp()];
      try {
        await first.query(`BEGIN ISOLATION LEVEL ${level}`);
        await second.query(`BEGIN ISOLATION LEVEL ${level}`);
        // Both have looked before either writes: a snapshot taken here does not know the other's row.
        await second.query('SELECT count(*) FROM registry.right_share');
        await add(first, { parcel: at, party: 0, ppm: 700_000 });
        const waiting = add(second, { parcel: at, party: 1, ppm: 700_000 }).catch((error: unknown) => error);
        await first.query('COMMIT');
        expect(['23514', '40001']).toContain(((await waiting) as { code?: string } | undefined)?.code);
        await second.query('ROLLBACK');
        expect(await sumOf(at)).toBe(700_000);
      } finally {
        await first.end();
        await second.end();
      }
    },
  );

  it('do not deadlock when two transactions add to the same parcels in opposite order', async () => {
    const [first, second] = [await asApp(), await asApp()];
    const many = (client: Client, order: readonly number[], party: number) =>
      client.query(
        `INSERT INTO registry.right_share (book, id, parcel, party, kind, share_ppm, valid, document_no, recorded_at)
         SELECT $1, gen_random_uuid(), p, $3, 'management', 100, '[2026-01-01,)', 'test', now()
           FROM unnest($2::uuid[]) p`,
        [registry.book, order.map((index) => parcels[index]), parties[party]],
      );
    try {
      const rounds = Array.from({ length: 8 }, (_, n) => n + 4);
      for (const party of rounds) {
        await Promise.all([
          many(first, [6, 7, 8, 9], party),
          many(second, [9, 8, 7, 6], party + rounds.length),
        ]);
      }
      expect(await sumOf(6)).toBe(1_600);
    } finally {
      await first.end();
      await second.end();
    }
  });

  it('stay as they are when parcels move on to another status, which counts only those that moved', async () => {
    const mark = (status: 'measured' | 'registered') =>
      registry.work.run(registry.context(), async (tx) =>
        ok(await registry.module.get(MarkParcels).execute(tx, [parcels[0]!, parcels[1]!, newId()], status)),
      );
    const before = await sumOf(0);
    expect([await mark('measured'), await mark('measured'), await mark('registered')]).toEqual([
      { ok: true, value: 2 },
      { ok: true, value: 0 },
      { ok: true, value: 2 },
    ]);
    expect(await sumOf(0)).toBe(before);
  });

  it('are not for the application to change or delete, nor are parties, areas or account numbers', async () => {
    const app = await asApp();
    const denied = { code: '42501' };
    try {
      for (const statement of [
        'UPDATE registry.right_share SET share_ppm = 1',
        'DELETE FROM registry.right_share',
        `UPDATE registry.party SET kind = 'enterprise'`,
        'UPDATE registry.parcel SET area_mu100 = 1',
        'UPDATE registry.parcel SET rights_version = 0',
        `UPDATE registry.bank_account SET last4 = '0000'`,
        'DELETE FROM registry.bank_account',
        'DELETE FROM registry.consent',
        'UPDATE registry.consent SET share_ppm = 1',
        'UPDATE registry.import SET rows = 1',
      ]) {
        await expect(app.query(statement)).rejects.toMatchObject(denied);
      }
    } finally {
      await app.end();
    }
  });
});

describe('a bank account and a consent', () => {
  let registry: RegistryBook;
  beforeAll(async () => {
    registry = await RegistryBook.open();
    await registry.import('parties', [household(1)]);
  });
  afterAll(() => registry.close());

  it('is one a day for a party, by the database', async () => {
    const account = registry.query(
      `INSERT INTO registry.bank_account (book, id, party, bank, number_sealed, number_index, last4, holder_name,
              valid, evidence, recorded_by, recorded_at)
       SELECT book, gen_random_uuid(), party, bank, number_sealed, number_index, last4, holder_name,
              '[2020-01-01,2030-01-01)', evidence, recorded_by, recorded_at
         FROM registry.bank_account WHERE book = $1`,
      [registry.book],
    );
    await expect(account).rejects.toMatchObject({ constraint: 'bank_account_one_a_day' });
    const consents = registry.query(
      `INSERT INTO registry.consent (book, id, party, share_ppm, valid, channel, signed_at, recorded_by, recorded_at)
       SELECT p.book, gen_random_uuid(), p.id, 1, '[2026-01-01,2027-01-01)', 'online', now(), 'test', now()
         FROM registry.party p, generate_series(1, 2) WHERE p.book = $1`,
      [registry.book],
    );
    await expect(consents).rejects.toMatchObject({ constraint: 'consent_one_a_day' });
  });
});
