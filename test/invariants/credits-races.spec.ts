import { AssignGrams, RefundGrams, ReleaseGrams, RetireGrams } from '@app/credits';
import { newId } from '@app/kernel';
import { CreditsCounty, expectBookInOrder, serials } from './credits-county';

/** 12.30 mu of middle-aged broadleaf forest, less a tenth for the buffer, 60 % of it consented. */
const SELLABLE_EACH = 1_660_500n;

describe('racing for grams', () => {
  let county: CreditsCounty;
  beforeEach(async () => {
    county = await CreditsCounty.issued(3);
  });
  afterEach(() => county.close());

  it('50 retirements of 10 from a card of 100: exactly 10 go through, on 100 different serials', async () => {
    const { cardId } = await county.card(100n);
    const raced = await Promise.all(
      serials(50).map((n) =>
        county.run('operator', (tx) =>
          county.get(RetireGrams).execute(tx, { items: [{ cardId, grams: 10n }], reference: `race-${n}` }),
        ),
      ),
    );
    const won = raced.filter(({ ok }) => ok);
    expect(won).toHaveLength(10);
    for (const lost of raced.filter(({ ok }) => !ok)) {
      expect(lost).toMatchObject({ reason: { code: 'CARD_GRAMS_INSUFFICIENT', available: 0n, asked: 10n } });
    }
    const numbers = won.flatMap((one) =>
      one.ok ? one.value.items[0]!.serials.flatMap(({ first, last }) => range(first, last)) : [],
    );
    expect(new Set(numbers).size).toBe(100);
    expect(await county.grams('retired')).toBe(100n);
    expect(await county.grams('card')).toBe(0n);
    await expectBookInOrder(county);
  });

  it('retirements that name the same cards in crossing order do not block each other', async () => {
    const cards = [await county.card(1_000n), await county.card(1_000n), await county.card(1_000n)];
    const raced = await Promise.all(
      serials(30).map((n) => {
        const items = cards.map(({ cardId }) => ({ cardId, grams: 10n }));
        if (n % 2) items.reverse();
        return county.run('operator', (tx) =>
          county.get(RetireGrams).execute(tx, { items, reference: `cross-${n}` }),
        );
      }),
    );
    expect(raced.every(({ ok }) => ok)).toBe(true);
    expect(await county.grams('retired')).toBe(900n);
    await expectBookInOrder(county);
  });

  it('orders never hold more than was consented, and the last gram is sold', async () => {
    const consented = SELLABLE_EACH * 3n;
    const each = 500_000n;
    const raced = await Promise.all(serials(40).map(() => county.reserve(county.order(each))));
    expect(raced.filter(({ ok }) => ok)).toHaveLength(Number(consented / each));
    for (const lost of raced.filter(({ ok }) => !ok)) {
      expect(lost).toMatchObject({
        reason: { code: 'CONSENTED_GRAMS_INSUFFICIENT', available: consented % each },
      });
    }
    expect(await county.reserve(county.order(consented % each))).toMatchObject({ ok: true });
    const held = await county.query<{ grams: string }>(
      `SELECT sum(grams)::text AS grams FROM credits.supply GROUP BY party`,
    );
    expect(held.map(({ grams }) => BigInt(grams))).toEqual(serials(3).map(() => SELLABLE_EACH));
    await expectBookInOrder(county);
  });

  it('a refund and a retirement of the last grams: one of them has them, none is lost', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ids = await county.card(100n);
      const [retired, refunded] = await Promise.all([
        county.run('operator', (tx) =>
          county
            .get(RetireGrams)
            .execute(tx, { items: [{ cardId: ids.cardId, grams: 100n }], reference: `last-${round}` }),
        ),
        county.run('seller', (tx) => county.get(RefundGrams).execute(tx, ids)),
      ]);
      expect([retired.ok, refunded.ok].filter(Boolean)).toHaveLength(1);
    }
    expect(await county.grams('card')).toBe(0n);
    await expectBookInOrder(county);
  });

  it('reservations, assignments and releases of many orders at once leave everything in order', async () => {
    await Promise.all(
      serials(24).map(async (n) => {
        const command = county.order(BigInt(n) * 1_000n);
        await county.reserve(command);
        const { orderId } = command;
        await county.run('seller', (tx) =>
          n % 2
            ? county.get(AssignGrams).execute(tx, { orderId, cardId: newId() })
            : county.get(ReleaseGrams).execute(tx, { orderId }),
        );
      }),
    );
    expect(await county.grams('reserved-grams')).toBe(0n);
    expect(await county.grams('card')).toBe(144_000n);
    await expectBookInOrder(county);
  });
});

const range = (first: bigint, last: bigint): bigint[] =>
  Array.from({ length: Number(last - first) + 1 }, (_, index) => first + BigInt(index));
