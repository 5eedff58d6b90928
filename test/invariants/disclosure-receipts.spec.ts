import { CollectiveReceipts, DisclosureModule, NumberReceipts, RecordPlatformNumbers } from '@app/disclosure';
import { Cashier } from './disbursement-cashier';
import { County } from './disbursement-county';

const DAYS = { from: '2026-06-01', to: '2026-06-30' };

describe('receipts of villages’ collectives', () => {
  let county: County;
  const all = (given = {}) =>
    county.get(CollectiveReceipts).page(county.book, {
      ...{ ...DAYS, scope: ['610924'], isUnmatched: false, after: null, count: 100 },
      ...given,
    });
  const number = () =>
    county.done((tx) =>
      county.get(NumberReceipts).execute(tx, { bookCode: 'ziyang-test', region: '610924', ...DAYS }),
    );
  const record = (rows: Parameters<RecordPlatformNumbers['execute']>[1]) =>
    county.run((tx) => county.get(RecordPlatformNumbers).execute(tx, rows));

  beforeAll(async () => {
    county = await County.open({ imports: [DisclosureModule] });
    county.bank.script = () => ({ result: 'S', reason: null });
    const cashier = new Cashier(county);
    const roster = await cashier.roster(5);
    const [a, b, c] = roster.payees.map(({ party }) => `'${party}'`);
    await county.owner(`UPDATE registry.party SET kind = 'collective' WHERE id IN (${a}, ${b})`);
    await county.owner(`UPDATE registry.party SET kind = 'village-group' WHERE id = ${c}`);
    await cashier.payOut(await cashier.planned(roster));
  });
  afterAll(() => county.close());

  it('have a number each once, without a gap, however often and by how many they are asked for', async () => {
    const numbered = await Promise.all([number(), number(), number()]);
    expect(numbered.map((one) => one.numbered).sort()).toEqual([0, 0, 3]);
    const receipts = await all();
    expect(receipts.map(({ no }) => no)).toEqual([1, 2, 3].map((seq) => `SZ-ziyang-test-00000${seq}`));
    expect(receipts.every(({ amountFen, platformNo }) => amountFen === 19_373n && platformNo === null)).toBe(
      true,
    );
    expect(await all({ scope: ['610924999'] })).toEqual([]);
    expect(await all({ after: receipts[1]?.no })).toEqual([receipts[2]]);
  });

  it('get the platform’s numbers back; what it has and we cannot place is listed, and so is what we wait for', async () => {
    const [first, second, third] = (await all()).map(({ no }) => no) as [string, string, string];
    const rows = [
      { receiptNo: first, platformNo: 'P-1', amountYuan: '193.73' },
      { receiptNo: second, platformNo: 'P-2', amountYuan: '193.74' },
      { receiptNo: 'SZ-ziyang-test-000099', platformNo: 'P-3' },
    ];
    for (const answer of [await record(rows), await record(rows)]) {
      expect(answer).toEqual({
        ok: true,
        value: {
          matched: 1,
          unmatched: [
            { row: 2, reason: 'amount-differs' },
            { row: 3, reason: 'receipt-unknown' },
          ],
        },
      });
    }
    expect((await all({ isUnmatched: true })).map(({ no }) => no)).toEqual([second, third]);
    const unmatched = await county.get(CollectiveReceipts).unmatched(county.book);
    expect(unmatched.map(({ platformNo, reason }) => [platformNo, reason])).toEqual([
      ['P-3', 'receipt-unknown'],
      ['P-2', 'amount-differs'],
    ]);
  });

  it('are refused whole when a row cannot be read', async () => {
    const [first, second] = await all();
    const answer = await record([
      { receiptNo: second!.no, platformNo: 'P-7' },
      { receiptNo: first!.no, platformNo: ' ', amountYuan: 'x' },
    ]);
    expect(answer).toMatchObject({ ok: false, reason: { code: 'PLATFORM_ROWS_REFUSED', total: 2 } });
    expect((await all())[1]?.platformNo).toBeNull();
  });

  it('stay what they are: the application may neither change nor delete them', async () => {
    for (const sql of [
      'UPDATE disclosure.collective_receipt SET amount_fen = 1',
      'DELETE FROM disclosure.platform_number',
    ]) {
      await expect(county.query(sql)).rejects.toThrow(/permission denied/);
    }
  });
});
