import { EndTerms, RecordRides, RefundOrder, RetireRides, type RideDraft } from '@app/cards';
import { CardCounty, CHANNEL, DAY_MS } from './cards-county';
import { expectBookVerifies, expectMarketIdentities } from './cards-identities';

describe('the use of a card', () => {
  let county: CardCounty;
  let rideNo = 0;

  beforeAll(async () => {
    county = await CardCounty.open(3);
  });
  afterAll(() => expectBookVerifies(county).finally(() => county.close()));
  afterEach(() => expectMarketIdentities(county));

  const ride = async (
    cardNumber: string,
    metres: bigint,
    given: Partial<RideDraft> = {},
  ): Promise<RideDraft> => ({
    rideNo: `r-${(rideNo += 1)}`,
    cardNumber,
    at: await county.now(),
    metres,
    ...given,
  });
  const record = (rides: readonly RideDraft[]) =>
    county.run((tx) => county.get(RecordRides).execute(tx, rides));
  const taken = async (rides: readonly RideDraft[]) => {
    const result = await record(rides);
    if (!result.ok) throw new Error(result.reason.code);
    return result.value;
  };
  const refund = (orderId: string, buyerUser?: string) =>
    county.run((tx) => county.get(RefundOrder).execute(tx, orderId, buyerUser));
  const cardRow = async (id: string) => {
    const [row] = await county.query<{ state: string; retired: string; refunded: string }>(
      `SELECT state, retired_grams AS retired, refunded_grams AS refunded FROM cards.card WHERE book = $1 AND id = $2`,
      [county.book, id],
    );
    return { state: row!.state, retired: BigInt(row!.retired), refunded: BigInt(row!.refunded) };
  };
  const serialsAt = async (place: string): Promise<bigint> => {
    const [row] = await county.query<{ grams: string }>(
      `SELECT coalesce(sum(upper(serials) - lower(serials)), 0)::text AS grams FROM credits.serial_block
        WHERE book = $1 AND place = $2`,
      [county.book, place],
    );
    return BigInt(row!.grams);
  };

  it('retires the grams of each ride once, however often the batch is sent and the job runs', async () => {
    const { draft, cardId } = await county.card(10_000n);
    const rides = [await ride(draft.cardNumber, 8_200n), await ride(draft.cardNumber, 10_000n)];
    expect(await taken(rides)).toEqual({ accepted: 2, repeated: 0, withoutCard: 0 });
    expect(await taken(rides)).toEqual({ accepted: 0, repeated: 2, withoutCard: 0 });
    expect((await cardRow(cardId)).retired).toBe(0n);
    await county.work();
    expect((await cardRow(cardId)).retired).toBe(287n + 350n);
    expect(await serialsAt(`retired/${cardId}`)).toBe(637n);
    expect(await serialsAt(`card/${cardId}`)).toBe(10_000n - 637n);
    expect(await taken(rides)).toMatchObject({ accepted: 0 });
    await county.work();
    expect((await cardRow(cardId)).retired).toBe(637n);
  });

  it('by two workers at once retires each ride once', async () => {
    const cards = await Promise.all(Array.from({ length: 5 }, () => county.card(5_000n)));
    const rides = await Promise.all(
      cards.flatMap(({ draft }) => Array.from({ length: 8 }, () => ride(draft.cardNumber, 10_000n))),
    );
    await taken(rides);
    const runs = await Promise.all(
      Array.from({ length: 6 }, () => county.run((tx) => county.get(RetireRides).execute(tx))),
    );
    const grams = runs.reduce((sum, run) => sum + (run.ok ? run.value.grams : 0n), 0n);
    expect(grams).toBe(5n * 8n * 350n);
    for (const { cardId } of cards) expect((await cardRow(cardId)).retired).toBe(8n * 350n);
    await county.work();
  });

  it('takes no more than the card has, and goes on to the next card of the number', async () => {
    const first = await county.card(1_000n);
    await county.pass(60_000);
    const second = await county.card(1_000n, first.draft);
    await county.pass(60_000);
    await taken([await ride(first.draft.cardNumber, 40_000n), await ride(first.draft.cardNumber, 40_000n)]);
    await county.work();
    expect((await cardRow(first.cardId)).retired).toBe(1_000n);
    expect((await cardRow(second.cardId)).retired).toBe(1_000n);
    const rows = await county.query<{ grams: string; covered_grams: string }>(
      `SELECT grams, covered_grams FROM cards.ride WHERE book = $1 AND state = 'done' AND covered_grams < grams`,
      [county.book],
    );
    expect(rows).toEqual([{ grams: '1400', covered_grams: '600' }]);
  });

  it('keeps nothing of rides by a card that is not bound', async () => {
    const { draft } = await county.card(1_000n);
    const result = await taken([await ride('999999999999', 1_000n), await ride(draft.cardNumber, 1_000n)]);
    expect(result).toEqual({ accepted: 1, repeated: 0, withoutCard: 1 });
    await county.work();
  });

  it('refuses a batch whole, with a row for each thing that is wrong', async () => {
    const { draft } = await county.card(1_000n);
    const good = await ride(draft.cardNumber, 1_000n);
    const late = new Date((await county.now()).getTime() + 60_000);
    const result = await record([
      good,
      { ...good, metres: 2_000n },
      await ride(draft.cardNumber, 0n),
      await ride('=cmd()', 1_000n),
      await ride(draft.cardNumber, 1_000n, { at: late }),
      await ride(draft.cardNumber, 1_000n, { at: new Date('2025-06-01T00:00:00Z') }),
    ]);
    expect(result).toMatchObject({
      ok: false,
      reason: {
        code: 'RIDES_REFUSED',
        total: 5,
        errors: [
          { row: 2, field: 'rideNo', code: 'RIDE_REPEATED' },
          { row: 3, field: 'metres', code: 'METRES_WRONG' },
          { row: 4, field: 'cardNumber', code: 'CARD_NUMBER_MALFORMED' },
          { row: 5, field: 'at', code: 'RIDE_IN_FUTURE' },
          { row: 6, field: 'at', code: 'RIDE_FACTOR_MISSING' },
        ],
      },
    });
    expect(await taken([good])).toMatchObject({ accepted: 1 });
    expect(await record([{ ...good, metres: 2_000n }])).toMatchObject({
      reason: { code: 'RIDES_REFUSED', errors: [{ row: 1, code: 'RIDE_CHANGED' }] },
    });
    await county.work();
  });

  it('gives back, inside the window, exactly what no ride has used', async () => {
    const { order, draft, cardId } = await county.card(10_000n);
    await taken([await ride(draft.cardNumber, 20_000n)]);
    await county.work();
    // A ride that was taken in but not retired yet is used all the same.
    await taken([await ride(draft.cardNumber, 51_429n)]);
    const custody = await county.balance(`custody/${CHANNEL}`);
    const holding = await county.grams('holding');
    expect(await refund(order.id, county.newBuyer())).toMatchObject({ reason: { code: 'ORDER_UNKNOWN' } });
    const result = await refund(order.id, order.buyerUser);
    expect(result).toEqual({
      ok: true,
      value: { orderId: order.id, grams: 7_500n, amountFen: 750n, keptGrams: 2_500n, keptFen: 250n },
    });
    expect(await cardRow(cardId)).toEqual({ state: 'refunded', retired: 2_500n, refunded: 7_500n });
    expect(await serialsAt(`card/${cardId}`)).toBe(0n);
    expect(await serialsAt(`retired/${cardId}`)).toBe(2_500n);
    expect(await county.grams('holding')).toBe(holding + 7_500n);
    expect(await county.balance(`custody/${CHANNEL}`)).toBe(custody - 750n);
    expect(await county.balance(`unsplit/${order.id}`)).toBe(250n);
    expect(await refund(order.id, order.buyerUser)).toMatchObject({ reason: { code: 'NOTHING_TO_REFUND' } });
    expect(await taken([await ride(draft.cardNumber, 1_000n)])).toMatchObject({ accepted: 1 });
    await county.work();
    expect((await cardRow(cardId)).retired).toBe(2_500n);
  });

  it('gives an unused order back whole, once, and frees its number', async () => {
    const { order, draft, cardId } = await county.card(4_000n);
    const results = await Promise.all(Array.from({ length: 5 }, () => refund(order.id, order.buyerUser)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await cardRow(cardId)).toEqual({ state: 'refunded', retired: 0n, refunded: 4_000n });
    expect(await county.balance(`unsplit/${order.id}`)).toBe(0n);
    expect(await refund(order.id)).toMatchObject({
      reason: { code: 'ORDER_STATE_WRONG', state: 'refunded' },
    });
    expect((await county.place({ ...draft, buyerUser: county.newBuyer() })).ok).toBe(true);
  });

  it('refunds nothing of an order that is held, unknown or past its window', async () => {
    const held = await county.order(1_000n);
    expect(await refund(held.id)).toMatchObject({ reason: { code: 'ORDER_STATE_WRONG', state: 'held' } });
    const { order } = await county.card(1_000n);
    await county.pass(8 * DAY_MS);
    const result = await refund(order.id);
    expect(result).toMatchObject({ reason: { code: 'REFUND_WINDOW_CLOSED', order: order.no } });
    await county.work();
    expect(await refund(order.id)).toMatchObject({ reason: { code: 'ORDER_STATE_WRONG', state: 'split' } });
  });

  it('races of refund, rides and retirement leave every gram in one place', async () => {
    const cards = await Promise.all(Array.from({ length: 6 }, () => county.card(3_000n)));
    const rides = await Promise.all(cards.map(({ draft }) => ride(draft.cardNumber, 20_000n)));
    await Promise.all([
      ...rides.map((one) => record([one])),
      ...cards.map(({ order }) => refund(order.id)),
      ...Array.from({ length: 4 }, () => county.run((tx) => county.get(RetireRides).execute(tx))),
    ]);
    await county.work();
    for (const { cardId } of cards) {
      const { retired, refunded, state } = await cardRow(cardId);
      expect(state).toBe('refunded');
      expect([0n, 700n]).toContain(retired);
      expect(retired + refunded).toBe(3_000n);
    }
  });

  it('ends with its term: the rest is retired to the buyer and the number is free', async () => {
    const { order, draft, cardId } = await county.card(2_000n);
    await county.pass(365 * DAY_MS);
    await county.work();
    expect((await cardRow(cardId)).state).toBe('active');
    await taken([await ride(draft.cardNumber, 20_000n)]);
    await county.pass(DAY_MS);
    const runs = await Promise.all(
      Array.from({ length: 3 }, () => county.run((tx) => county.get(EndTerms).execute(tx))),
    );
    expect(runs.every(({ ok }) => ok)).toBe(true);
    await county.work();
    expect(await cardRow(cardId)).toEqual({ state: 'ended', retired: 2_000n, refunded: 0n });
    const reasons = await county.query<{ reason: string; grams: string }>(
      'SELECT reason, grams FROM cards.retirement WHERE book = $1 AND card_id = $2 ORDER BY grams',
      [county.book, cardId],
    );
    expect(reasons).toEqual([
      { reason: 'rides', grams: '700' },
      { reason: 'term-end', grams: '1300' },
    ]);
    expect((await county.place({ ...draft, buyerUser: county.newBuyer() })).ok).toBe(true);
    expect(order.state).toBe('held');
  });
});
