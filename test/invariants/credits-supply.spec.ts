import {
  AssignGrams,
  CancelGrams,
  HouseholdCredits,
  RefundGrams,
  ReleaseGrams,
  RetireGrams,
  SellableGrams,
  SerialOrigins,
} from '@app/credits';
import { newId } from '@app/kernel';
import { RevokeConsent } from '@app/registry';
import { CreditsCounty, expectBookInOrder } from './credits-county';
import { consent, household, parcel, right } from './registry-book';

/** 12.30 mu of middle-aged broadleaf forest, less a tenth for the buffer, 60 % of it consented. */
const FREE_EACH = 2_767_500n;
const SELLABLE_EACH = 1_660_500n;
const HOUSEHOLDS = 25;

describe('grams that households let be sold', () => {
  let county: CreditsCounty;
  beforeEach(async () => {
    county = await CreditsCounty.issued(HOUSEHOLDS);
  });
  afterEach(() => county.close());

  const sellable = async () => (await county.get(SellableGrams).of(county.book, 'G1', 20)).grams;

  it('are held, sold, retired and refunded, and serials and ledger agree at every step', async () => {
    const order = county.order(1_000_000n);
    const reserved = await county.reserve(order);
    expect(reserved).toMatchObject({ ok: true, value: { suppliers: [{ grams: 1_000_000n }] } });
    expect(await county.grams('reserved-grams')).toBe(1_000_000n);
    await expectBookInOrder(county);

    const cardId = newId();
    const { orderId } = order;
    await county.done('seller', (tx) => county.get(AssignGrams).execute(tx, { orderId, cardId }));
    expect(await county.grams('card')).toBe(1_000_000n);

    const retired = await county.done('operator', (tx) =>
      county.get(RetireGrams).execute(tx, { items: [{ cardId, grams: 400n }], reference: 'rides-1' }),
    );
    expect(retired.items[0]!.serials).toMatchObject([{ grams: 400n, code: '610924100-2025-g1' }]);
    const refunded = await county.done('seller', (tx) =>
      county.get(RefundGrams).execute(tx, { orderId, cardId }),
    );
    expect(refunded).toMatchObject({ grams: 999_600n, suppliers: [{ grams: 999_600n }] });
    expect(await county.grams('retired')).toBe(400n);
    expect(await county.grams('card')).toBe(0n);
    expect(await sellable()).toBe(SELLABLE_EACH * BigInt(HOUSEHOLDS) - 400n);
    await expectBookInOrder(county);
  });

  it('are told by serial when retired: where from, when, and for good', async () => {
    const { cardId } = await county.card(5_000n);
    const retire = { items: [{ cardId, grams: 1_200n }], reference: 'rides-2' };
    const retired = await county.done('operator', (tx) => county.get(RetireGrams).execute(tx, retire));
    const [piece] = retired.items[0]!.serials;
    expect(await county.get(SerialOrigins).lookUp(county.book, piece!.serial)).toMatchObject({
      value: { items: [{ state: 'retired', grams: 1_200n, retiredAt: new Date('2026-03-02T01:00:00Z') }] },
    });
    const [household] = await county.get(HouseholdCredits).of(county.book, [piece!.party]);
    expect(household).toMatchObject({
      retiredGrams: 1_200n,
      soldGrams: 3_800n,
      holdingGrams: FREE_EACH - 5_000n,
    });
  });

  it('are retired once under a reference, which answers the same serials again and nothing else', async () => {
    const { cardId } = await county.card(1_000n);
    const retire = (grams: bigint) =>
      county.run('operator', (tx) =>
        county.get(RetireGrams).execute(tx, { items: [{ cardId, grams }], reference: 'rides-3' }),
      );
    const first = await retire(100n);
    const again = await retire(100n);
    expect(first).toMatchObject({ ok: true, value: { replayed: false } });
    expect(again).toEqual({ ok: true, value: { ...(first.ok && first.value), replayed: true } });
    expect(await retire(101n)).toMatchObject({ reason: { code: 'RETIREMENT_REUSED' } });
    expect(await county.grams('retired')).toBe(100n);
  });

  it('retire all items or none, and tell which card has too little', async () => {
    const [rich, poor] = [await county.card(1_000n), await county.card(50n)];
    const items = [
      { cardId: rich.cardId, grams: 100n },
      { cardId: poor.cardId, grams: 51n },
    ];
    expect(
      await county.run('operator', (tx) =>
        county.get(RetireGrams).execute(tx, { items, reference: 'rides-4' }),
      ),
    ).toMatchObject({
      reason: { code: 'CARD_GRAMS_INSUFFICIENT', cardId: poor.cardId, available: 50n, asked: 51n },
    });
    expect(await county.grams('retired')).toBe(0n);
    await expectBookInOrder(county);
  });

  it('go in shares of what each may sell: who sold least comes first', async () => {
    const parties: string[] = [];
    for (let n = 0; n < HOUSEHOLDS; n += 1) {
      const reserved = await county.reserve(county.order(10n));
      if (reserved.ok) parties.push(...reserved.value.suppliers.map(({ party }) => party));
    }
    // As many orders as households: nobody sells twice before everybody sold once.
    expect(new Set(parties).size).toBe(HOUSEHOLDS);
  });

  it('come from at most so many suppliers, the largest when the fair ones have too little', async () => {
    await county.import('parties', [household(26)]);
    await county.import('parcels', [parcel(26, { area_mu: '1000.00' })]);
    await county.import('rights', [right(26, 26)]);
    await county.import('consents', [consent(26, { share_percent: '100' })]);
    await county.issueAll();
    const all = SELLABLE_EACH * BigInt(HOUSEHOLDS) + 225_000_000n;
    expect(await sellable()).toBe(all);
    // Sold a little already, the largest is last in fair order and still serves the large order.
    await county.reserve(county.order(200_000_000n, { maxSuppliers: 1 }));
    const asked = 25_000_000n + SELLABLE_EACH;
    const large = await county.reserve(county.order(asked, { maxSuppliers: 2 }));
    expect(large).toMatchObject({
      ok: true,
      value: { suppliers: [{ grams: 25_000_000n }, { grams: SELLABLE_EACH }] },
    });
    expect(await county.reserve(county.order(SELLABLE_EACH * 21n))).toMatchObject({
      reason: { code: 'SUPPLIERS_TOO_MANY', available: SELLABLE_EACH * 20n, maxSuppliers: 20 },
    });
    const left = all - 200_000_000n - asked;
    expect(await county.reserve(county.order(left + 1n))).toMatchObject({
      reason: { code: 'CONSENTED_GRAMS_INSUFFICIENT', available: left, asked: left + 1n },
    });
    await expectBookInOrder(county);
  });

  it('are not offered without consent, before or after its days, or once it is revoked', async () => {
    const party = await county.partyId(1);
    const before = await sellable();
    const [row] = await county.query<{ id: string; phone_index: Buffer }>(
      `SELECT c.id, p.phone_index FROM registry.consent c
         JOIN registry.party p ON p.book = c.book AND p.id = c.party WHERE c.party = $1`,
      [party],
    );
    await county.done('person', (tx) =>
      county.get(RevokeConsent).execute(tx, { consent: row!.id, phoneIndex: row!.phone_index }),
    );
    expect(await sellable()).toBe(before - SELLABLE_EACH);
    await county.advanceTo('2029-01-01T01:00:00+08:00');
    expect(await sellable()).toBe(0n);
    expect(
      await county.reserve(county.order(1n, { expiresAt: new Date('2029-02-01T00:00:00Z') })),
    ).toMatchObject({
      reason: { code: 'CONSENTED_GRAMS_INSUFFICIENT', available: 0n },
    });
  });

  it('never include memorandum grams, even for a product that asks for no grade', async () => {
    await county.import('parcels', [parcel(30, { tenure: 'state', area_mu: '5000.00' })]);
    await county.import('rights', [right(30, 1)]);
    await county.issueAll();
    expect((await county.get(SellableGrams).of(county.book, 'G0', 20)).grams).toBe(
      SELLABLE_EACH * BigInt(HOUSEHOLDS),
    );
    expect((await county.get(SellableGrams).of(county.book, 'G2', 20)).grams).toBe(0n);
  });

  it('go back to the very parties they came from when a hold ends, early or by its time', async () => {
    for (const expiry of [false, true]) {
      const order = county.order(SELLABLE_EACH * 3n);
      const reserved = await county.reserve(order);
      expect(reserved).toMatchObject({ ok: true });
      if (expiry) await county.advanceTo('2026-03-02T02:00:00Z');
      const release = () =>
        county.run('system', (tx) => county.get(ReleaseGrams).execute(tx, { orderId: order.orderId }));
      expect(await release()).toMatchObject({ ok: true, value: { grams: SELLABLE_EACH * 3n } });
      expect(await release()).toMatchObject({ ok: true });
      const held = await county.query<{ grams: string }>(
        `SELECT DISTINCT sum(upper(serials) - lower(serials))::text AS grams FROM credits.serial_block
          WHERE place = 'holding/' || party GROUP BY party`,
      );
      expect(held).toEqual([{ grams: FREE_EACH.toString() }]);
      const ids = { orderId: order.orderId, cardId: newId() };
      expect(await county.run('seller', (tx) => county.get(AssignGrams).execute(tx, ids))).toMatchObject({
        reason: { code: 'RESERVATION_ENDED', state: 'released' },
      });
      expect(await county.reserve(order)).toMatchObject({ reason: { code: 'RESERVATION_EXISTS' } });
    }
    await expectBookInOrder(county);
  });

  it('are not assigned after the hold’s time, though nobody has released them yet', async () => {
    const order = county.order(100n);
    await county.reserve(order);
    await county.advanceTo('2026-03-02T02:00:00Z');
    const ids = { orderId: order.orderId, cardId: newId() };
    expect(await county.run('seller', (tx) => county.get(AssignGrams).execute(tx, ids))).toMatchObject({
      reason: { code: 'HOLD_EXPIRED' },
    });
    await expectBookInOrder(county);
  });

  it('are void, and not for sale again, when a refund comes after the suppliers were paid', async () => {
    const { cardId } = await county.card(5_000n);
    const before = await sellable();
    const cancel = () =>
      county.run('operator', (tx) =>
        county.get(CancelGrams).execute(tx, { cardId, reason: 'refund-after-split' }),
      );
    expect(await cancel()).toMatchObject({
      ok: true,
      value: { grams: 5_000n, serials: [{ grams: 5_000n }] },
    });
    expect(await cancel()).toMatchObject({ reason: { code: 'CARD_GRAMS_INSUFFICIENT', available: 0n } });
    expect(await county.grams('cancelled')).toBe(5_000n);
    expect(await sellable()).toBe(before);
    await expectBookInOrder(county);
  });

  it('are held once for an order, however often it is placed at once', async () => {
    const order = county.order(1_000n);
    const placed = await Promise.all(Array.from({ length: 20 }, () => county.reserve(order)));
    expect(placed.every(({ ok }) => ok)).toBe(true);
    expect(new Set(placed.map((one) => (one.ok ? one.value.suppliers[0]!.party : ''))).size).toBe(1);
    expect(await county.grams('reserved-grams')).toBe(1_000n);
    await expectBookInOrder(county);
  });
});
