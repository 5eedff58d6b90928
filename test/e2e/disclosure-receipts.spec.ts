import { PayoutEdge } from './disbursement-edge';

const DAYS = 'from=2026-06-01&to=2026-06-30';

describe('receipts of collectives over HTTP', () => {
  let edge: PayoutEdge;
  let clerk: string;
  beforeAll(async () => {
    edge = await PayoutEdge.start();
    clerk = await edge.staff('town-finance');
  });
  afterAll(() => edge.stop());

  it('are numbered and listed, by those who pay and in their regions', async () => {
    const days = { from: '2026-06-01', to: '2026-06-30' };
    const numbered = await edge.call('POST', 'collective-receipts/numbers', clerk, days);
    expect([numbered.status, numbered.body]).toEqual([201, { numbered: 0 }]);
    const list = await edge.call('GET', `collective-receipts?${DAYS}&state=unmatched`, clerk);
    expect([list.status, list.body]).toEqual([200, { items: [], next: null }]);
    const backwards = await edge.call('POST', 'collective-receipts/numbers', clerk, {
      from: '2026-06-30',
      to: '2026-06-01',
    });
    expect([backwards.status, backwards.body.code]).toEqual([422, 'RECEIPT_DAYS_WRONG']);
    const town = await edge.staff('town-finance', '610924100');
    const codes = await Promise.all([
      edge.call('POST', 'collective-receipts/numbers', town, days),
      edge.call('GET', 'collective-receipts/unmatched-rows', town),
      edge.call('GET', `collective-receipts?${DAYS}`),
      edge.call('GET', 'collective-receipts?from=x&to=2026-06-30', clerk),
    ]);
    expect(codes.map(({ body }) => body.code)).toEqual([
      ...['POST_REQUIRED', 'POST_REQUIRED', 'SIGN_IN_REQUIRED', 'FIELDS_INVALID'],
    ]);
  });

  it('take the platform’s numbers back, and list what fits none', async () => {
    const rows = [{ receiptNo: 'SZ-ziyang-test-000009', platformNo: 'P-9', amountYuan: '12.50' }];
    const sent = await edge.call('POST', 'collective-receipts/platform-numbers', clerk, { rows });
    expect([sent.status, sent.body]).toEqual([
      201,
      { matched: 0, unmatched: [{ row: 1, reason: 'receipt-unknown' }] },
    ]);
    const listed = await edge.call('GET', 'collective-receipts/unmatched-rows', clerk);
    expect(listed.body.items).toMatchObject([{ platformNo: 'P-9', amountFen: '1250' }]);
    const refused = await edge.call('POST', 'collective-receipts/platform-numbers', clerk, {
      rows: [{ receiptNo: 'SZ-ziyang-test-000009', platformNo: '13812345678', amountYuan: '1,5' }],
    });
    expect([refused.status, refused.body]).toMatchObject([422, { code: 'PLATFORM_ROWS_REFUSED', total: 2 }]);
  });
});
