import { Client } from 'pg';

import { COUNTY, RegistryEdge, type Answer } from './registry-edge';

/** The book's day is 2 March 2026. Parcel 2 is recorded as household 2's since 2020. */
describe('corrections of rights for days that are over', () => {
  let edge: RegistryEdge;
  let handler: string;
  let reviewer: string;

  beforeAll(async () => {
    edge = await RegistryEdge.start();
    ({ handler } = await edge.loadCounty());
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
  });
  afterAll(() => edge.stop());

  const correction = (days: { from: string; to?: string }, ...holders: string[]) => ({
    ...{
      parcelCode: 'XB00002',
      kind: 'management',
      reason: 'correction',
      evidence: '原合同，档案室3柜',
      ...days,
    },
    shares: holders.map((partyExternalNo) => ({
      partyExternalNo,
      sharePercent: '100',
      documentNo: '合同2号',
    })),
  });
  const propose = (body: object, query = '') =>
    edge.call('POST', `books/county/right-orders${query}`, handler, body);
  const decide = (id: string) => edge.call('POST', `books/county/right-orders/${id}/decision`, reviewer, {});
  const codeOf = ({ status, body }: Answer) => [status, body.code];
  const holders = async (...days: string[]): Promise<string[]> => {
    const rows = await edge.look<{ holder: string }>(
      `SELECT coalesce(string_agg(r.party_external_no, '+' ORDER BY r.party_external_no), 'nobody') AS holder
         FROM unnest($1::date[]) WITH ORDINALITY AS d (day, n)
         JOIN registry.parcel p ON p.code = 'XB00002'
         LEFT JOIN registry.right_current r ON r.book = p.book AND r.parcel = p.id AND r.valid @> d.day
        GROUP BY d.n ORDER BY d.n`,
      [days],
    );
    return rows.map(({ holder }) => holder);
  };
  const believed = async (day: string, at: Date): Promise<string[]> => {
    const rows = await edge.look<{ holder: string }>(
      `SELECT t.external_no AS holder FROM registry.parcel p
         CROSS JOIN LATERAL registry.right_believed(p.book, p.id, $1::date, $2) b
         JOIN registry.party t ON t.book = p.book AND t.id = b.party WHERE p.code = 'XB00002'`,
      [day, at],
    );
    return rows.map(({ holder }) => holder);
  };

  it('tell in words who held it, name what rests on those days, and record nothing in a dry run', async () => {
    const { status, body } = await propose(
      correction({ from: '2024-01-01', to: '2024-12-31' }, 'HH00001'),
      '?dryRun=true',
    );
    expect([status, body.id, body.settled]).toEqual([200, null, { rosters: [], issuances: [] }]);
    expect(body.summary.zh).toBe(
      '更正小班 XB00002 的经营权，2024-01-01 起至 2024-12-31：HH00002 100 % → HH00001 100 %',
    );
  });

  it('hold for their days and leave the others, and what was believed before is still told', async () => {
    const before = new Date('2026-03-02T01:00:00Z');
    const { body } = await propose(correction({ from: '2024-01-01', to: '2024-12-31' }, 'HH00001'));
    await edge.advanceTo('2026-03-02T02:00:00Z');
    expect((await decide(body.id)).status).toBe(201);
    expect(await holders('2023-12-31', '2024-01-01', '2024-12-31', '2025-01-01')).toEqual([
      ...['HH00002', 'HH00001', 'HH00001', 'HH00002'],
    ]);
    expect(await believed('2024-06-01', before)).toEqual(['HH00002']);
    expect(await believed('2024-06-01', new Date('2026-03-02T03:00:00Z'))).toEqual(['HH00001']);
    const { items } = (await edge.call('GET', 'books/county/right-orders?state=approved', reviewer)).body;
    expect(items).toMatchObject([{ reason: 'correction', from: '2024-01-01', to: '2024-12-31' }]);
  });

  it('may leave no day to a share, which then counts nowhere', async () => {
    const { body } = await propose(correction({ from: '2020-01-01' }, 'HH00003'));
    expect((await decide(body.id)).status).toBe(201);
    expect(await holders('2020-01-01', '2024-06-01', '2026-03-02')).toEqual([
      'HH00003',
      'HH00003',
      'HH00003',
    ]);
    const again = await propose({ ...correction({ from: '2026-03-02' }, 'HH00002'), reason: 'transfer' });
    expect((await decide(again.body.id)).status).toBe(201);
    expect(await holders('2026-03-01', '2026-03-02')).toEqual(['HH00003', 'HH00002']);
  });

  it.each<[string, object, number, string]>([
    [
      'a day that is not over',
      correction({ from: '2026-03-02' }, 'HH00001'),
      422,
      'RIGHTS_CORRECTION_DAYS_WRONG',
    ],
    [
      'a last day before the first',
      correction({ from: '2025-02-01', to: '2025-01-01' }),
      422,
      'RIGHTS_CORRECTION_DAYS_WRONG',
    ],
    [
      'a last day of another change',
      { ...correction({ from: '2026-03-09', to: '2026-03-10' }, 'HH00001'), reason: 'transfer' },
      ...([422, 'RIGHTS_CORRECTION_DAYS_WRONG'] as const),
    ],
    [
      'what is so already',
      correction({ from: '2024-01-01', to: '2024-02-01' }, 'HH00003'),
      409,
      'RIGHTS_UNCHANGED',
    ],
  ])('are refused for %s', async (_what, body, status, code) => {
    expect(codeOf(await propose(body))).toEqual([status, code]);
  });

  it('are the only way in which the application’s role can change days that are over', async () => {
    const client = new Client({ connectionString: edge.database.appUrl });
    await client.connect();
    const transfer = `(SELECT id FROM registry.right_order WHERE reason = 'transfer' AND state = 'approved' LIMIT 1)`;
    try {
      for (const sql of [
        `UPDATE registry.right_share SET valid = '[2020-01-01,2020-02-01)', corrected_by = ${transfer}, corrected_at = now()`,
        `UPDATE registry.right_share SET valid = 'empty'`,
        `DELETE FROM registry.right_share_past`,
        `INSERT INTO registry.right_share_past SELECT * FROM registry.right_share_past`,
      ]) {
        await expect(client.query(sql)).rejects.toThrow(/only by an order|only ends|permission denied/);
      }
    } finally {
      await client.end();
    }
  });
});
