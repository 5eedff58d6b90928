import { AssignGrams, OneBookAudit, ReserveGrams, RetireGrams } from '@app/credits';
import { newId, ok } from '@app/kernel';
import { ReportBook } from './credits-reports-book';
import { consent, household, OTHER_VILLAGE, parcel, right, VILLAGE } from './registry-book';

/** 12.30 mu of middle-aged natural broadleaf: 250 kg a mu and year, and 28.27 t of carbon standing on a hectare. */
const GROWN = 3_075_000n;
const STANDING = 1_230n * 69_104n;

describe('the one book as of a day', () => {
  let book: ReportBook;
  const audit = async () => (await book.county.get(OneBookAudit).execute(book.book.id)).findings;

  beforeAll(async () => {
    book = await ReportBook.open();
    const { county } = book;
    await county.import('parties', [household(1), household(2, { region_code: OTHER_VILLAGE })]);
    await county.import('parcels', [
      parcel(1),
      parcel(2, { village_code: OTHER_VILLAGE, forest_class: 'bamboo', right_registered: 'false' }),
    ]);
    await county.import('rights', [right(1, 1), right(2, 2)]);
    await county.import('consents', [consent(1)]);
  });
  afterAll(() => book.county.close());

  it('tells yesterday tomorrow as it told it today, whatever was recorded since', async () => {
    const { county } = book;
    const before = await book.page();
    expect(before).toMatchObject({ day: '2026-03-02', growth: [], credits: { issued: 0n } });
    await county.advanceTo('2026-03-05T01:00:00Z');
    await county.import('parcels', [parcel(3, { village_code: OTHER_VILLAGE })]);
    await county.import('parties', [household(3)]);
    await county.import('rights', [right(3, 3)]);
    await county.issueAll();
    const issued = await book.page();
    await county.advanceTo('2026-03-07T01:00:00Z');
    const order = county.order(1_000_000n, { expiresAt: new Date('2026-03-08T00:00:00Z') });
    const ids = { orderId: order.orderId, cardId: newId() };
    await county.done('seller', (tx) => county.get(ReserveGrams).execute(tx, order));
    await county.done('seller', (tx) => county.get(AssignGrams).execute(tx, ids));
    await county.advanceTo('2026-03-09T01:00:00Z');
    await county.done('operator', (tx) =>
      county
        .get(RetireGrams)
        .execute(tx, { items: [{ cardId: ids.cardId, grams: 400_000n }], reference: 'ride-1' }),
    );
    expect(await book.page({ day: '2026-03-02' })).toEqual(before);
    expect(await book.page({ day: '2026-03-04' })).toEqual({ ...before, day: '2026-03-04' });
    expect(await book.page({ day: '2026-03-06' })).toEqual({ ...issued, day: '2026-03-06' });
    expect((await book.page({ day: '2026-03-08' })).credits).toMatchObject({ card: 1_000_000n, retired: 0n });
    expect((await book.page()).credits).toMatchObject({ card: 600_000n, retired: 400_000n });
  });

  it('reckons by hand: area × density stands, area × coefficient grew', async () => {
    const page = await book.page({ region: VILLAGE });
    expect(page.land).toMatchObject([{ forestClass: 'broadleaf', parcels: 1, areaMu100: 1230n }]);
    expect(page.stock).toMatchObject({ grams: STANDING, byDensityMu100: 1230n, illustrative: true });
    expect(page.growth).toMatchObject([{ year: 2025, parcels: 1, grams: GROWN, recheckedGrams: GROWN }]);
    expect(page.note).toBe('示例系数，非核定值');
    const other = await book.page({ region: OTHER_VILLAGE });
    expect(other.potential.unregistered).toEqual({ parcels: 1, areaMu100: 1230n });
  });

  it('adds up from villages to the county, every figure of it', async () => {
    const [county, ...villages] = [
      await book.page(),
      await book.page({ region: VILLAGE }),
      await book.page({ region: OTHER_VILLAGE }),
    ];
    const sum = (figure: (page: typeof county) => bigint) =>
      villages.reduce((total, page) => total + figure(page), 0n);
    for (const figure of [
      (page: typeof county) => page.stock.grams,
      (page: typeof county) => page.credits.issued,
      (page: typeof county) => page.credits.holding,
      (page: typeof county) => page.credits.buffer,
      (page: typeof county) => page.credits.retired,
      (page: typeof county) => page.land.reduce((total, { areaMu100 }) => total + areaMu100, 0n),
      (page: typeof county) => page.land.reduce((total, { payableMu100 }) => total + payableMu100, 0n),
      (page: typeof county) => page.growth.reduce((total, { grams }) => total + grams, 0n),
    ]) {
      expect(sum(figure)).toBe(figure(county));
      expect(figure(county)).toBeGreaterThan(0n);
    }
    expect(county.credits.holding).toBe(await book.county.grams('holding'));
  });

  it('tells what changed since another day, and why', async () => {
    const { change } = await book.page({ against: '2026-03-02' });
    expect(change).toMatchObject({
      against: '2026-03-02',
      land: [
        { forestClass: 'bamboo', openingMu100: 1230n, increases: [], closingMu100: 1230n },
        { forestClass: 'broadleaf', openingMu100: 1230n, closingMu100: 2460n },
      ],
      stock: { openingGrams: STANDING + 1_230n * 58_129n, causes: [{ cause: 'new', grams: STANDING }] },
      credits: { retired: 400_000n },
    });
    expect(change?.land[1]?.increases).toEqual([{ cause: 'new', parcels: 1, areaMu100: 1230n }]);
  });

  it('sums what its rows say, and the audit finds a sum that does not', async () => {
    expect(await audit()).toEqual([]);
    const codes = async () => [...new Set((await audit()).map((finding) => finding.split(':')[0]))].sort();
    await book.county.owner(`
      UPDATE credits.land_change SET area_in_mu100 = area_in_mu100 + 1 WHERE id = (SELECT max(id) FROM credits.land_change)`);
    await book.county.owner(`
      UPDATE credits.growth_change SET grams = grams + 1 WHERE id = (SELECT max(id) FROM credits.growth_change)`);
    await book.county.owner(`
      UPDATE credits.payable_change SET area_mu100 = area_mu100 + 1 WHERE id = (SELECT max(id) FROM credits.payable_change)`);
    await book.county.owner(`
      UPDATE credits.grams_change SET grams = grams + 1 WHERE id = (SELECT max(id) FROM credits.grams_change)`);
    expect(await codes()).toEqual([
      'ONE_BOOK_GRAMS_DIFFER',
      'ONE_BOOK_GROWTH_DIFFERS',
      'ONE_BOOK_LAND_DIFFERS',
      'ONE_BOOK_PAYABLE_DIFFERS',
    ]);
    const mended = await book.county.done('auditor', async (tx) =>
      ok(await book.county.get(OneBookAudit).mend(tx)),
    );
    expect(mended).toBe(4);
    expect(await audit()).toEqual([]);
  });
});
