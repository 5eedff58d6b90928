import { csv, household, parcel, RegistryBook, right } from './registry-book';

describe('an import', () => {
  let registry: RegistryBook;
  beforeAll(async () => {
    registry = await RegistryBook.open();
  });
  afterAll(() => registry.close());

  it('seals ID number, phone and account, and keeps no trace of them in clear', async () => {
    await registry.import('parties', [household(1)]);
    const rows = await registry.query<{ text: string }>(
      `SELECT p::text || a::text AS text FROM registry.party p JOIN registry.bank_account a
          ON a.book = p.book AND a.party = p.id
        WHERE p.book = $1 AND p.external_no = 'HH00001'`,
      [registry.book],
    );
    expect(rows).toHaveLength(1);
    const row = household(1);
    for (const secret of [row.id_number!, row.phone!, row.bank_account!]) {
      expect(rows[0]!.text).not.toContain(secret);
      expect(rows[0]!.text).not.toContain(Buffer.from(secret).toString('hex'));
    }
    expect(rows[0]!.text).toContain('0001');
  });

  it('reads BOM, CRLF, quotes and commas as a spreadsheet writes them', async () => {
    const text = csv('parties', [household(70, { name: '测试"甲",乙' })]);
    const windows = `\ufeff${text.replaceAll('\n', '\r\n')}`;
    expect(await registry.import('parties', windows)).toMatchObject({ ok: true, value: { rows: 1 } });
    const rows = await registry.query<{ name: string }>(
      `SELECT name FROM registry.party WHERE book = $1 AND external_no = 'HH00070'`,
      [registry.book],
    );
    expect(rows).toEqual([{ name: '测试"甲",乙' }]);
  });

  it('of the same file again is refused and names the import it became', async () => {
    const rows = [household(80)];
    const first = await registry.import('parties', rows);
    const [again, dry] = [
      await registry.import('parties', rows),
      await registry.import('parties', rows, { dryRun: true }),
    ];
    if (!first.ok) throw new Error('the first import was refused');
    const refused = { ok: false, reason: { code: 'IMPORT_REPEATED', importId: first.value.id, rows: 1 } };
    expect(again).toMatchObject(refused);
    expect(dry).toMatchObject(refused);
  });

  it('of the same file five times at once loads once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => registry.import('parties', [household(90), household(91)])),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const codes = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.reason.code]));
    expect(codes).toEqual(Array(4).fill('IMPORT_REPEATED'));
  });

  it('of files that share a party at once loads one of them', async () => {
    const outcomes = await Promise.all([
      registry.import('parties', [household(95), household(96)]),
      registry.import('parties', [household(96), household(97)]),
    ]);
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  it('is recorded with digest, rows and actor, and audited without a name', async () => {
    const loaded = await registry.import('parties', [household(98)]);
    if (!loaded.ok) throw new Error('the import was refused');
    const records = await registry.query(
      'SELECT kind, sha256, rows, imported_by FROM registry.import WHERE book = $1 AND id = $2',
      [registry.book, loaded.value.id],
    );
    expect(records).toEqual([{ kind: 'parties', sha256: loaded.value.sha256, rows: 1, imported_by: 'test' }]);
    const audits = await registry.query<{ text: string }>(
      `SELECT facts::text AS text FROM platform.audit WHERE book = $1 AND facts ->> 'import' = $2`,
      [registry.book, loaded.value.id],
    );
    expect(audits).toHaveLength(1);
    expect(audits[0]!.text).not.toContain('测试户');
  });

  it('of 5,000 parties, 15,000 parcels and 15,000 rights loads every row of each file', async () => {
    const registry = await RegistryBook.open();
    try {
      const parcels = Array.from({ length: 15_000 }, (_, n) => parcel(n));
      const rights = parcels.map((_, n) => right(n, n % 5_000));
      const parties = Array.from({ length: 5_000 }, (_, n) => household(n));
      expect(await registry.import('parties', csv('parties', parties))).toMatchObject({ ok: true });
      expect(await registry.import('parcels', csv('parcels', parcels))).toMatchObject({ ok: true });
      expect(await registry.import('rights', csv('rights', rights))).toMatchObject({ ok: true });
      expect(await registry.count('party')).toBe(5_000);
      expect(await registry.count('parcel')).toBe(15_000);
      expect(await registry.count('right_share')).toBe(15_000);
    } finally {
      await registry.close();
    }
  });
});
