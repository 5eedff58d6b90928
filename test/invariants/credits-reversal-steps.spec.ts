import { RefundGrams, ReleaseGrams, ReserveGrams } from '@app/credits';
import { newId } from '@app/kernel';
import { COUNTY, CreditsCounty, expectBookInOrder } from './credits-county';
import { BUFFER, Forest, FREE, lost } from './credits-forest';
import { consent, household, OTHER_VILLAGE, parcel, right } from './registry-book';

describe('a shortfall', () => {
  let forest: Forest;
  afterEach(() => forest.county.close());

  it('is made good by what the right holder holds, by agreement, and by no one else', async () => {
    forest = await Forest.of(1);
    await forest.sell(FREE - 100_000n);
    const { id, effect } = await forest.reverse([lost(1, '20')]);
    expect(effect).toMatchObject({ holdingGrams: 100_000n, openGrams: 207_500n });
    expect(await forest.settle(id, { from: 'holding' })).toMatchObject({
      reason: { code: 'AGREEMENT_REQUIRED' },
    });
    expect(await forest.settle(id, {}, 'handler')).toMatchObject({
      reason: { code: 'REVERSAL_BY_SAME_PERSON' },
    });
    // A year later the household has new grams.
    const year = { from: '2024-01-01', to: '2024-12-31' };
    await forest.grown(1, 'near-mature', '2024-01-01');
    await forest.county.measure('measurer', COUNTY, year);
    await forest.county.owner(
      `UPDATE credits.measurement SET rechecked_by = 'x', rechecked_at = now() WHERE year = 2024`,
    );
    const issued = await forest.county.issue('issuer', { period: year } as never);
    expect(issued.ok).toBe(true);
    const agreement = { from: 'holding' as const, documentNo: '补足协议1号' };
    const dry = await forest.settle(id, { ...agreement, dryRun: true });
    expect(dry).toMatchObject({ value: { replacedGrams: 207_500n, openGrams: 0n } });
    await expect(
      forest.county.query(
        `INSERT INTO credits.replacement (book, issuance, serials, reversal, by_issuance, by_party, by_serials, by_place,
                replaced_by, replaced_at)
         SELECT v.book, l.issuance, int8range(1, 2), v.id, l.issuance, l.party, int8range(2, 3), 'buffer/x',
                v.proposed_by, now()
           FROM credits.reversal v, credits.issuance_line l LIMIT 1`,
      ),
    ).rejects.toThrow(/does not settle it/);
    expect(await forest.settle(id, agreement)).toEqual(dry);
    expect(await forest.settle(id, agreement)).toMatchObject({ reason: { code: 'SHORTFALL_NONE' } });
    expect(await forest.marks(1n, FREE)).toMatchObject([
      { state: 'replaced', from: 'holding' },
      { state: 'cancelled' },
    ]);
    await expectBookInOrder(forest.county);
  });

  it('of one township is covered by the buffer of another, the oldest first', async () => {
    const county = await CreditsCounty.open();
    forest = new Forest(county);
    await county.plant(1);
    await county.import('parties', [household(2)]);
    await county.import('parcels', [parcel(2, { village_code: OTHER_VILLAGE })]);
    await county.import('rights', [right(2, 2)]);
    await county.import('consents', [consent(1, { share_percent: '100' })]);
    await county.issueAll();
    await forest.sell(FREE);
    const { effect } = await forest.reverse([lost(1, '12')]);
    expect(effect).toMatchObject({
      bufferGrams: BUFFER,
      owedGrams: 61_500n,
      replacedGrams: 61_500n,
      openGrams: 0n,
    });
    expect(await forest.marks(1n, 1n)).toMatchObject([{ by: '610924101-2025-G1-2767501-2767501' }]);
    await expectBookInOrder(county);
  });
});

describe('lost grams that come back unsold', () => {
  it('are cancelled when nothing stands in for them, and sold to nobody', async () => {
    const forest = await Forest.of(1);
    const { county } = forest;
    try {
      const order = county.order(FREE);
      await county.done('seller', (tx) => county.get(ReserveGrams).execute(tx, order));
      const { id, effect } = await forest.reverse([lost(1, '50')]);
      expect(effect).toMatchObject({ bufferGrams: BUFFER, openGrams: 1_230_000n });
      await county.done('seller', (tx) => county.get(ReleaseGrams).execute(tx, order));
      expect(await county.grams('cancelled')).toBe(BUFFER + 1_230_000n);
      expect(await county.grams('holding')).toBe(FREE - 1_230_000n);
      expect(await forest.marks(1n, FREE)).toMatchObject([
        { state: 'cancelled', last: 1_230_000n, by: null },
      ]);
      expect(await forest.settle(id)).toMatchObject({ reason: { code: 'SHORTFALL_NONE' } });
      expect(await county.reserve(county.order(FREE))).toMatchObject({ ok: false });
      await expectBookInOrder(county);
    } finally {
      await county.close();
    }
  });

  it('stay with who holds them when others stand in for them', async () => {
    const forest = await Forest.of(2);
    const { county } = forest;
    try {
      const ids = await county.card(FREE * 2n);
      await forest.reverse([lost(1, '15')]);
      await county.done('seller', (tx) => county.get(RefundGrams).execute(tx, ids));
      expect(await county.grams('holding')).toBe(2n * FREE);
      await expectBookInOrder(county);
    } finally {
      await county.close();
    }
  });
});

describe('who may reverse', () => {
  let forest: Forest;
  beforeAll(async () => {
    forest = await Forest.of(2);
  });
  afterAll(() => forest.county.close());

  it('never decides what they proposed, in the code and in the database', async () => {
    const proposed = await forest.propose([lost(1, '10')]);
    const id = proposed.ok ? proposed.value.id! : '';
    expect(await forest.decide(id, 'handler')).toMatchObject({ reason: { code: 'REVERSAL_BY_SAME_PERSON' } });
    await expect(
      forest.county.query(
        `UPDATE credits.reversal SET state = 'approved', decided_by = proposed_by, decided_at = now() WHERE id = $1`,
        [id],
      ),
    ).rejects.toThrow(/decided_by_another/);
    expect(await forest.decide(id, 'reviewer', { rejection: '证据不足' })).toMatchObject({ ok: true });
    expect(await forest.decide(id, 'registrar')).toMatchObject({
      reason: { code: 'REVERSAL_DECIDED', state: 'rejected' },
    });
    await expect(
      forest.county.query(`UPDATE credits.reversal SET state = 'approved', rejection = NULL WHERE id = $1`, [
        id,
      ]),
    ).rejects.toThrow(/decided before/);
    expect(await forest.county.grams('cancelled')).toBe(0n);
  });

  it('sees in a dry run what would be, and nothing is', async () => {
    const dry = await forest.propose([lost(1, '10')], { dryRun: true });
    expect(dry).toMatchObject({ value: { id: null, effect: { lostGrams: 307_500n } } });
    const proposed = await forest.propose([lost(1, '10')]);
    const id = proposed.ok ? proposed.value.id! : '';
    expect(await forest.decide(id, 'reviewer', { dryRun: true })).toMatchObject({
      value: { effect: { lostGrams: 307_500n } },
    });
    expect(await forest.county.grams('cancelled')).toBe(0n);
    expect(await forest.decide(id, 'reviewer')).toMatchObject({ value: { replayed: false } });
    // The same again does nothing more.
    expect(await forest.decide(id, 'reviewer')).toMatchObject({ value: { replayed: true, effect: null } });
    expect(await forest.county.grams('cancelled')).toBe(307_500n);
    await expectBookInOrder(forest.county);
  });

  it('may send a proposal twice, but not another under its id', async () => {
    const id = newId();
    expect(await forest.propose([lost(2, '10')], { id })).toMatchObject({ value: { id } });
    expect(await forest.propose([lost(2, '10')], { id })).toMatchObject({ value: { id } });
    expect(await forest.propose([lost(2, '11')], { id })).toMatchObject({
      reason: { code: 'REVERSAL_REUSED' },
    });
  });

  it('is told everything that is wrong', async () => {
    expect(await forest.propose([lost(1, '10')], { day: '2026-03-03' })).toMatchObject({
      reason: { code: 'REVERSAL_DAY_WRONG', latest: '2026-03-02' },
    });
    expect(await forest.propose([lost(1, '10')], { kind: 'overestimate' })).toMatchObject({
      reason: { code: 'REVERSAL_YEAR_WRONG' },
    });
    expect(await forest.propose([lost(1, '10')], { evidence: '证号61092419500101001X' })).toMatchObject({
      reason: { code: 'PERSONAL_NUMBER_IN_TEXT' },
    });
    expect(await forest.propose([lost(1, '0'), lost(9, '1')], { regions: ['610925'] })).toMatchObject({
      reason: { code: 'REVERSAL_REFUSED', total: 3 },
    });
  });
});
