import { ExpireHold, PlaceOrder, QuoteOrder, SettleLate } from '@app/cards';
import { Ledger } from '@app/ledger';
import { UnitOfWork } from '@app/platform';
import { CardCounty, CHANNEL, SELLABLE_GRAMS_EACH } from './cards-county';
import { expectBookVerifies, expectMarketIdentities } from './cards-identities';
import { PRODUCT } from './cards-market';
import { openBook } from './registry-book';

const MINUTE_MS = 60_000;

describe('an order', () => {
  let county: CardCounty;

  beforeAll(async () => {
    county = await CardCounty.open(3);
  });
  afterAll(() => expectBookVerifies(county).finally(() => county.close()));
  afterEach(() => expectMarketIdentities(county));

  const sellable = async (): Promise<bigint> => {
    const all = 3n * SELLABLE_GRAMS_EACH;
    return (
      all -
      (await county.grams('reserved-grams')) -
      (await county.grams('card')) -
      (await county.grams('retired'))
    );
  };
  const stateOf = async (id: string): Promise<string> => {
    const rows = await county.query<{ state: string }>(
      'SELECT state FROM cards.card_order WHERE book = $1 AND id = $2',
      [county.book, id],
    );
    return rows[0]!.state;
  };
  const free = async (id: string): Promise<void> => {
    await county.pass(16 * MINUTE_MS);
    await county.work();
    expect(await stateOf(id)).toBe('expired');
  };
  const entries = async (kind: string, reference: string): Promise<number> => {
    const rows = await county.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ledger.entry e JOIN ledger.entry_kind k ON k.id = e.kind
        WHERE e.book = $1 AND k.kind = $2 AND e.reference = $3`,
      [county.book, kind, reference],
    );
    return rows[0]!.n;
  };

  it('holds its grams and gives them back when it is not paid in time', async () => {
    const before = await county.grams('holding');
    const order = await county.order(12_345n);
    expect(order).toMatchObject({ state: 'held', grams: 12_345n, amountFen: 1_235n });
    expect(await county.balance(`reserved-grams/${order.id}`, await assetOf(county))).toBe(12_345n);
    expect(await county.grams('holding')).toBe(before - 12_345n);
    await county.pass(14 * MINUTE_MS);
    await county.work();
    expect(await stateOf(order.id)).toBe('held');
    await county.pass(2 * MINUTE_MS);
    await county.work();
    expect(await stateOf(order.id)).toBe('expired');
    expect(await county.grams('holding')).toBe(before);
  });

  it('for more than is consented is refused with what is available and what was asked, and changes nothing', async () => {
    const available = await sellable();
    const before = await county.query('SELECT id FROM cards.card_order WHERE book = $1', [county.book]);
    const result = await county.place(county.draft(available + 1n));
    expect(result).toEqual({
      ok: false,
      reason: { code: 'CONSENTED_GRAMS_INSUFFICIENT', available, asked: available + 1n },
    });
    expect(await county.query('SELECT id FROM cards.card_order WHERE book = $1', [county.book])).toEqual(
      before,
    );
    const all = await county.order(available);
    expect(await sellable()).toBe(0n);
    await free(all.id);
  });

  it('of which fifty race for a tenth each of what there is is placed ten times', async () => {
    const each = (await sellable()) / 10n;
    const results = await Promise.all(Array.from({ length: 50 }, () => county.place(county.draft(each))));
    const placed = results.flatMap((result) => (result.ok ? [result.value.order] : []));
    expect(placed).toHaveLength(10);
    for (const result of results) {
      if (!result.ok) expect(result.reason.code).toBe('CONSENTED_GRAMS_INSUFFICIENT');
    }
    await county.pass(16 * MINUTE_MS);
    await county.work();
    expect(await county.grams('reserved-grams')).toBe(0n);
  });

  it('asked twenty times at once with one key is one order', async () => {
    const draft = county.draft(1_000n, { key: 'order-1' });
    const results = await Promise.all(Array.from({ length: 20 }, () => county.place(draft)));
    const orders = results.map((result) => {
      if (!result.ok) throw new Error(result.reason.code);
      return result.value;
    });
    expect(new Set(orders.map(({ order }) => order.id)).size).toBe(1);
    expect(orders.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await county.place({ ...draft, grams: 1_001n })).toMatchObject({
      ok: false,
      reason: { code: 'KEY_REUSED', field: 'body' },
    });
    expect(await county.place({ ...draft, buyerName: '王晓雨' })).toMatchObject({
      reason: { code: 'KEY_REUSED' },
    });
    await free(orders[0]!.order.id);
  });

  it('does not share a card number with another buyer, but does with its own', async () => {
    const draft = county.draft(1_000n);
    const first = await county.order(1_000n, draft);
    expect(await county.place({ ...draft, buyerUser: county.newBuyer() })).toEqual({
      ok: false,
      reason: { code: 'CARD_NUMBER_TAKEN', last4: draft.cardNumber.slice(-4) },
    });
    const second = await county.order(1_000n, draft);
    await free(first.id);
    expect(await stateOf(second.id)).toBe('expired');
    expect((await county.place({ ...draft, buyerUser: county.newBuyer() })).ok).toBe(true);
  });

  it('is refused for a product that is not there, a size that is not sold and a number that is none', async () => {
    const refused = async (given: object) =>
      (await county.place({ ...county.draft(1_000n), ...given })) as object;
    expect(await refused({ product: 'tram' })).toMatchObject({ reason: { code: 'PRODUCT_UNKNOWN' } });
    for (const grams of [0n, 99n, 1_000_000_001n]) {
      expect(await refused({ grams })).toMatchObject({ reason: { code: 'ORDER_SIZE_WRONG', grams } });
    }
    expect(await refused({ cardNumber: '=cmd()' })).toMatchObject({
      reason: { code: 'CARD_NUMBER_MALFORMED' },
    });
  });

  it('keeps neither card number nor name in clear', async () => {
    const draft = county.draft(1_000n, { cardNumber: '9900112233445566', buyerName: '欧阳明月' });
    await county.order(1_000n, draft);
    for (const table of ['cards.card_order', 'platform.audit', 'platform.job', 'ledger.entry']) {
      const rows = await county.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t`);
      const all = rows.map(({ row }) => row).join('\n');
      expect(all).not.toContain('9900112233445566');
      expect(all).not.toContain('欧阳明月');
      expect(all).not.toContain(Buffer.from('9900112233445566').toString('hex'));
    }
  });

  it('is paid once however often, and at once, the notice comes', async () => {
    const order = await county.order(5_000n);
    const results = await Promise.all(Array.from({ length: 20 }, () => county.pay(order)));
    const receipts = results.map((result) => {
      if (!result.ok) throw new Error(result.reason.code);
      return result.value;
    });
    expect(receipts.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(receipts.every(({ outcome }) => outcome === 'settled')).toBe(true);
    expect(await entries('cards.pay', order.no)).toBe(1);
    expect(await county.balance(`unsplit/${order.id}`)).toBe(order.amountFen);
    expect(await stateOf(order.id)).toBe('paid');
  });

  it('takes no other amount, no other notice once it is paid, and no notice changed on the way', async () => {
    const order = await county.order(5_000n);
    expect(await county.pay(order, { amountFen: order.amountFen - 1n })).toEqual({
      ok: false,
      reason: {
        code: 'NOTICE_AMOUNT_WRONG',
        orderNo: order.no,
        expectedFen: order.amountFen,
        paidFen: order.amountFen - 1n,
      },
    });
    expect(await stateOf(order.id)).toBe('held');
    expect(await county.balance(`unsplit/${order.id}`)).toBe(0n);
    expect((await county.pay(order)).ok).toBe(true);
    expect(await county.pay(order, { noticeNo: 'another' })).toMatchObject({
      reason: { code: 'ORDER_ALREADY_PAID', noticeNo: `n-${order.no}` },
    });
    expect(await county.pay(order, { amountFen: 1n })).toMatchObject({
      reason: { code: 'NOTICE_REUSED', field: 'amountFen' },
    });
    const other = await county.order(5_000n);
    expect(await county.pay(other, { noticeNo: `n-${order.no}` })).toMatchObject({
      reason: { code: 'NOTICE_REUSED', field: 'orderNo' },
    });
    expect(await county.pay({ no: 'k-unknown', amountFen: 1n })).toMatchObject({
      reason: { code: 'ORDER_UNKNOWN' },
    });
  });

  it('paid and expired in the same instant is settled as late, and its grams are in one place', async () => {
    const orders = await Promise.all(Array.from({ length: 10 }, () => county.order(1_000n)));
    await county.pass(15 * MINUTE_MS);
    await Promise.all(
      orders.flatMap((order) => [
        county.pay(order),
        county.run((tx) => county.get(ExpireHold).execute(tx, order.id)),
      ]),
    );
    await county.work();
    for (const order of orders) expect(await stateOf(order.id)).toBe('paid');
    expect(await county.grams('reserved-grams')).toBe(0n);
  });

  it('paid after its hold is booked unsplit and then holds grams again', async () => {
    const order = await county.order(7_000n);
    await free(order.id);
    const onCards = await county.grams('card');
    const paid = await county.pay(order);
    expect(paid).toMatchObject({ ok: true, value: { outcome: 'late' } });
    expect(await stateOf(order.id)).toBe('late');
    expect(await county.balance(`unsplit/${order.id}`)).toBe(order.amountFen);
    expect(await county.grams('card')).toBe(onCards);
    await expectMarketIdentities(county);
    await county.work();
    expect(await stateOf(order.id)).toBe('paid');
    expect(await county.grams('card')).toBe(onCards + 7_000n);
    const again = await county
      .get(SettleLate)
      .execute({ book: county.book, actor: 'test', action: 'test' }, order.id);
    expect(again).toEqual({ ok: true, value: 'nothing-to-do' });
  });

  it('paid after its hold when all grams are sold goes back whole and is never split', async () => {
    const order = await county.order(9_000n);
    await free(order.id);
    const rest = await county.order(await sellable());
    const custody = await county.balance(`custody/${CHANNEL}`);
    await county.pay(order);
    expect(await county.balance(`custody/${CHANNEL}`)).toBe(custody + order.amountFen);
    await county.work();
    expect(await stateOf(order.id)).toBe('refunded');
    expect(await county.balance(`unsplit/${order.id}`)).toBe(0n);
    expect(await county.balance(`custody/${CHANNEL}`)).toBe(custody);
    expect(await entries('cards.split', order.no)).toBe(0);
    await free(rest.id);
  });

  it('paid after its hold when the card number went to another goes back whole', async () => {
    const draft = county.draft(3_000n);
    const order = await county.order(3_000n, draft);
    await free(order.id);
    const other = await county.order(3_000n, { ...draft, buyerUser: county.newBuyer() });
    await county.pay(order);
    await county.work();
    expect(await stateOf(order.id)).toBe('refunded');
    const [refund] = await county.query<{ reason: string }>(
      'SELECT reason FROM cards.refund WHERE book = $1 AND order_id = $2',
      [county.book, order.id],
    );
    expect(refund).toEqual({ reason: 'number-taken' });
    expect(await stateOf(other.id)).toBe('held');
  });

  it('is quoted with its split, and nothing is sold in a book without a split rule', async () => {
    const quote = county.get(QuoteOrder);
    expect(await quote.execute(county.book, PRODUCT, 100_000n)).toMatchObject({
      ok: true,
      value: {
        amountFen: 10_000n,
        splitPreview: {
          afforestationFen: 4_000n,
          suppliersFen: 4_500n,
          feeFen: 900n,
          taxFen: 540n,
          channelFen: 60n,
        },
      },
    });
    const book = await openBook(county.database, 'cards-other');
    await county.owner(
      `INSERT INTO cards.product SELECT $1, code, name, form, price_fen_per_kg, least_grade, least_grams, most_grams,
              hold_minutes, window_days, term_days, opened_at, opened_by FROM cards.product`,
      [book],
    );
    const refused = { reason: { code: 'SPLIT_RULE_MISSING', day: '2026-03-02' } };
    expect(await quote.execute(book, PRODUCT, 1_000n)).toMatchObject(refused);
    const placed = await county
      .get(UnitOfWork)
      .run({ book, actor: 'test', action: 'test' }, (tx) =>
        county.get(PlaceOrder).execute(tx, county.draft(1_000n)),
      );
    expect(placed).toMatchObject(refused);
  });
});

async function assetOf(county: CardCounty): Promise<string> {
  const rows = await county.get(Ledger).trialBalance(county.book);
  return rows.find(({ asset }) => asset.startsWith('CO2E/'))!.asset;
}
