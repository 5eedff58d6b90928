import {
  DecideBookRule,
  DecideBufferReturn,
  HouseholdCredits,
  ProposeBookRule,
  ProposeBufferReturn,
  SellableGrams,
} from '@app/credits';
import { Forest, lost } from './credits-forest';
import { CreditsCounty, expectBookInOrder, COUNTY, ISSUER, RECHECKER, serials } from './credits-county';

const CODE = '610924100-2025-g1';
/** A tenth of 12.30 mu at 250,000 g. */
const BUFFER_EACH = 307_500n;
const DUE = '2036-03-02T01:00:00Z';

describe('the buffer of an issuance', () => {
  let county: CreditsCounty;
  beforeEach(async () => {
    county = await CreditsCounty.issued(3);
  });
  afterEach(() => county.close());

  async function rule(years: number): Promise<void> {
    const proposal = { kind: 'buffer-return' as const, validFrom: '2026-03-02', years };
    const documents = { documentNo: '缓冲〔2026〕1号', source: '县林业局' };
    const { id } = await county.done(ISSUER, (tx) =>
      county.get(ProposeBookRule).execute(tx, { ...proposal, ...documents }),
    );
    await county.done(RECHECKER, (tx) => county.get(DecideBookRule).execute(tx, { rule: id }));
  }
  const propose = (issuance = CODE, regions = [COUNTY]) =>
    county.run(ISSUER, (tx) =>
      county.get(ProposeBufferReturn).execute(tx, { issuance, documentNo: '退还〔2036〕1号', regions }),
    );
  const decide = (bufferReturn: string, actor = RECHECKER, rejection?: string) =>
    county.run(actor, (tx) =>
      county.get(DecideBufferReturn).execute(tx, {
        ...{ bufferReturn, regions: [COUNTY] },
        ...(rejection === undefined ? {} : { rejection }),
      }),
    );
  const proposed = async (): Promise<string> => {
    const result = await propose();
    if (!result.ok) throw new Error(result.reason.code);
    return result.value.id;
  };

  it('stays without a rule, and until the day that the rule gives', async () => {
    expect(await propose()).toMatchObject({ reason: { code: 'BUFFER_RULE_MISSING' } });
    await rule(10);
    expect(await propose()).toMatchObject({
      reason: { code: 'BUFFER_NOT_DUE', dueDay: '2036-03-02', years: 10 },
    });
    await county.advanceTo('2036-03-01T15:59:00Z');
    expect(await propose()).toMatchObject({ reason: { code: 'BUFFER_NOT_DUE' } });
    await county.advanceTo(DUE);
    expect(await propose('610924100-2024-g1')).toMatchObject({ reason: { code: 'ISSUANCE_UNKNOWN' } });
    expect(await propose(CODE, ['610924101'])).toMatchObject({ reason: { code: 'ISSUANCE_UNKNOWN' } });
    expect(await propose()).toMatchObject({
      ok: true,
      value: { grams: 3n * BUFFER_EACH, dueDay: '2036-03-02' },
    });
  });

  it('returns once, by two people, to whose land each gram came from, and may be sold by their consent', async () => {
    await county.owner(`UPDATE registry.consent SET valid = daterange(lower(valid), NULL)`);
    await rule(10);
    const ids = await Promise.all(serials(3).map((serial) => county.partyId(serial)));
    const credits = () => county.get(HouseholdCredits).of(county.book, ids);
    expect(await credits()).toMatchObject([
      {
        bufferGrams: BUFFER_EACH,
        buffers: [{ issuance: CODE, grams: BUFFER_EACH, mayReturnFrom: '2036-03-02' }],
      },
      ...[{}, {}],
    ]);
    await county.advanceTo(DUE);
    const before = await county.get(SellableGrams).of(county.book, 'G1', 20);
    const id = await proposed();
    expect(await propose()).toMatchObject({ reason: { code: 'BUFFER_RETURN_EXISTS', state: 'proposed' } });
    expect(await decide(id, ISSUER)).toMatchObject({ reason: { code: 'STEP_BY_SAME_PERSON' } });
    expect(await decide(id)).toMatchObject({ ok: true, value: { grams: 3n * BUFFER_EACH } });
    expect(await decide(id)).toMatchObject({ reason: { code: 'BUFFER_RETURN_DECIDED', state: 'approved' } });
    expect(await propose()).toMatchObject({ reason: { code: 'BUFFER_EMPTY' } });
    expect(await county.grams('buffer')).toBe(0n);
    expect(await credits()).toMatchObject(
      serials(3).map(() => ({ bufferGrams: 0n, buffers: [], holdingGrams: 10n * BUFFER_EACH })),
    );
    const after = await county.get(SellableGrams).of(county.book, 'G1', 20);
    expect(after.grams - before.grams).toBe((3n * BUFFER_EACH * 60n) / 100n);
    await expectBookInOrder(county);
  });

  it('stays when its return is rejected, and may be proposed again', async () => {
    await rule(1);
    await county.advanceTo('2027-03-02T01:00:00Z');
    expect(await decide(await proposed(), RECHECKER, '尚有争议')).toMatchObject({
      ok: true,
      value: { grams: 0n },
    });
    expect(await county.grams('buffer')).toBe(3n * BUFFER_EACH);
    expect(await propose()).toMatchObject({ ok: true });
    await expect(
      county.query(`UPDATE credits.buffer_return SET state = 'approved', grams = 1, decided_by = 'x', decided_at = now(),
        rejection = NULL WHERE state = 'rejected'`),
    ).rejects.toThrow('decided once');
    await expect(
      county.query(`UPDATE credits.issuance_line SET returned_grams = buffer_grams + 1`),
    ).rejects.toThrow('returned_of_the_buffer');
  });

  it('returns once when many let it return at once, while 32 orders are placed on the same holdings', async () => {
    await rule(1);
    await county.advanceTo('2027-03-02T01:00:00Z');
    const id = await proposed();
    const expiresAt = new Date('2027-03-02T02:00:00Z');
    const [decisions, orders] = await Promise.all([
      Promise.all(serials(8).map((n) => decide(id, `reviewer-${n}`))),
      Promise.all(serials(32).map(() => county.reserve(county.order(200_000n, { expiresAt })))),
    ]);
    expect(decisions.filter(({ ok }) => ok)).toHaveLength(1);
    for (const lost of decisions.filter(({ ok }) => !ok)) {
      expect(lost).toMatchObject({ reason: { code: 'BUFFER_RETURN_DECIDED' } });
    }
    const held = orders.filter(({ ok }) => ok).length;
    expect(await county.grams('reserved-grams')).toBe(BigInt(held) * 200_000n);
    expect(await county.grams('holding')).toBe(30n * BUFFER_EACH - BigInt(held) * 200_000n);
    await expectBookInOrder(county);
  });

  it('gives each gram one way when a reversal takes from the same buffer at once', async () => {
    await rule(1);
    await county.advanceTo('2027-03-02T01:00:00Z');
    const id = await proposed();
    const forest = new Forest(county);
    const [returned] = await Promise.all([decide(id), forest.reverse([lost(1, '100')])]);
    expect(returned).toMatchObject({ ok: true });
    expect(await county.grams('buffer')).toBe(0n);
    expect(await county.grams('cancelled')).toBe(10n * BUFFER_EACH);
    expect(await county.grams('holding')).toBe(20n * BUFFER_EACH);
    await expectBookInOrder(county);
  });

  it('stays while grams that were sold and lost wait to be replaced', async () => {
    await county.card(200_000n);
    await rule(1);
    await county.advanceTo('2027-03-02T01:00:00Z');
    const id = await proposed();
    await new Forest(county).reverse(serials(3).map((serial) => lost(serial, '100')));
    expect(await decide(id)).toMatchObject({ reason: { code: 'BUFFER_OWED', openGrams: 200_000n } });
  });
});
