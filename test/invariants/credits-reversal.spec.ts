import { AssignGrams, HouseholdCredits, OneBook, ReserveGrams, Reversals } from '@app/credits';
import { newId } from '@app/kernel';
import { COUNTY, expectBookInOrder } from './credits-county';
import { BUFFER, CODE, Forest, FREE, lost, RUN } from './credits-forest';
import { parcel } from './registry-book';

describe('a reversal', () => {
  let forest: Forest;
  afterEach(() => forest.county.close());

  it('of forest that nobody bought cancels its grams, and nobody else’s', async () => {
    forest = await Forest.of(2);
    const { effect } = await forest.reverse([lost(1, '50')]);
    const half = RUN / 2n;
    expect(effect).toMatchObject({
      ...{ parcels: 1, parties: 1, lostGrams: half, holdingGrams: half, bufferGrams: 0n, owedGrams: 0n },
      ...{ voidGrams: 0n, replacedGrams: 0n, openGrams: 0n },
      issuances: [{ code: CODE, lostGrams: half }],
    });
    expect(await forest.county.grams('cancelled')).toBe(half);
    expect(await forest.county.grams('holding')).toBe(2n * FREE - half);
    expect(await forest.county.grams('buffer')).toBe(2n * BUFFER);
    await expectBookInOrder(forest.county);
    // What is left is what a later event takes a part of.
    const later = await forest.reverse([lost(1, '100')]);
    expect(later.effect).toMatchObject({ lostGrams: RUN - half, bufferGrams: BUFFER });
    expect((await forest.reverse([lost(1, '100')])).effect).toMatchObject({ lostGrams: 0n, parcels: 0 });
    await expectBookInOrder(forest.county);
  });

  it('of forest that was sold replaces it from the buffers, and says what they do not cover', async () => {
    forest = await Forest.of(1);
    const card = await forest.sell(FREE);
    await forest.retire(card, 1_000n);
    const { id, effect } = await forest.reverse([lost(1, '20')]);
    // A fifth: 615,000. The parcel's own buffer is lost first; nothing is left to stand in for the rest.
    expect(effect).toMatchObject({
      ...{ lostGrams: 615_000n, holdingGrams: 0n, bufferGrams: BUFFER, owedGrams: 307_500n },
      ...{ replacedGrams: 0n, openGrams: 307_500n },
    });
    expect(await forest.county.grams('card')).toBe(FREE - 1_000n);
    expect(await forest.county.grams('retired')).toBe(1_000n);
    const marks = await forest.marks(1n, RUN);
    expect(marks.map(({ state, serial }) => [state, serial])).toEqual([
      ['open', '610924100-2025-G1-1001-308500'],
      ['cancelled', '610924100-2025-G1-2767501-3075000'],
    ]);
    expect(await forest.settle(id)).toMatchObject({
      reason: { code: 'SHORTFALL_UNCOVERED', openGrams: 307_500n },
    });
    await expectBookInOrder(forest.county);
  });

  it('takes the contributor’s own buffer before another’s, and marks each sold gram with the one that stands in', async () => {
    forest = await Forest.of(3);
    await forest.sell(3n * FREE);
    const { id, effect } = await forest.reverse([lost(1, '30')]);
    // 922,500 lost: 307,500 of the own buffer, 615,000 sold, for which the two others' buffers stand in.
    expect(effect).toMatchObject({
      bufferGrams: BUFFER,
      owedGrams: 615_000n,
      replacedGrams: 615_000n,
      openGrams: 0n,
    });
    const marks = await forest.marks(1n, FREE);
    expect(marks.map(({ state, from, serial, by }) => [state, from, serial, by])).toEqual([
      ['replaced', 'buffer', '610924100-2025-G1-1-307500', '610924100-2025-G1-5842501-6150000'],
      ['replaced', 'buffer', '610924100-2025-G1-307501-615000', '610924100-2025-G1-8917501-9225000'],
    ]);
    expect(marks[0]).toMatchObject({ kind: 'fire', day: '2026-02-20', reversal: id });
    expect(await forest.county.grams('buffer')).toBe(0n);
    await expectBookInOrder(forest.county);
  });

  it('leaves what an open order holds where it is, and counts it as sold', async () => {
    forest = await Forest.of(1);
    const order = forest.county.order(FREE);
    await forest.county.done('seller', (tx) => forest.county.get(ReserveGrams).execute(tx, order));
    const { effect } = await forest.reverse([lost(1, '11')]);
    expect(effect).toMatchObject({ lostGrams: 338_250n, bufferGrams: BUFFER, owedGrams: 30_750n });
    expect(await forest.county.grams('reserved-grams')).toBe(FREE);
    await forest.county.done('seller', (tx) =>
      forest.county.get(AssignGrams).execute(tx, { orderId: order.orderId, cardId: newId() }),
    );
    await expectBookInOrder(forest.county);
  });

  it('finds the stand-in’s own forest, when that is lost too', async () => {
    forest = await Forest.of(2);
    await forest.sell(2n * FREE);
    await forest.reverse([lost(1, '15')]);
    // The second household's buffer stands in for 153,750 of the first's; then its forest is gone, all of it.
    expect(await forest.marks(1n, FREE)).toMatchObject([{ state: 'replaced', first: 1n, last: 153_750n }]);
    await forest.reverse([lost(2, '100')], { kind: 'pest' });
    expect(await forest.marks(1n, FREE)).toMatchObject([
      { state: 'open', kind: 'pest', first: 1n, last: 153_750n },
    ]);
    await expectBookInOrder(forest.county);
  });

  it('is told to the household and in the one book', async () => {
    forest = await Forest.of(2);
    await forest.sell(2n * FREE);
    await forest.reverse([lost(1, '15')]);
    const { county } = forest;
    const parties = [await county.partyId(1), await county.partyId(2)];
    const [first, second] = await county.get(HouseholdCredits).of(county.book, parties);
    expect(first!.losses).toMatchObject([
      {
        ...{ kind: 'fire', day: '2026-02-20', parcelCode: parcel(1).parcel_code, year: 2025 },
        ...{ lostGrams: 461_250n, holdingGrams: 0n, bufferGrams: BUFFER, owedGrams: 153_750n },
      },
    ]);
    expect([first!.standInGrams, second!.standInGrams, second!.losses]).toEqual([0n, 153_750n, []]);
    const page = await county.get(OneBook).of({ id: county.book, region: COUNTY }, {});
    expect(page).toMatchObject({
      value: {
        ...{ credits: { cancelled: 461_250n, cancelledByReversal: 461_250n }, openShortfallGrams: 0n },
        reversals: [{ kind: 'fire', lostGrams: 461_250n, owedGrams: 153_750n, replacedGrams: 153_750n }],
      },
    });
    const { items } = { items: await county.get(Reversals).list(county.book, { scope: [COUNTY], count: 9 }) };
    expect(items).toMatchObject([
      { state: 'approved', parcels: 1, villages: ['610924100001'], openGrams: 0n },
    ]);
  });
});
