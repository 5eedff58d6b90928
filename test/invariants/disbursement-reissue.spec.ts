import { ReleaseFunds } from '@app/funds';
import { invariant, newId } from '@app/kernel';
import { Cashier, EACH_FEN } from './disbursement-cashier';
import { County } from './disbursement-county';
import { expectBookVerifies, expectIdentities } from './disbursement-identities';

describe('a reissue', () => {
  let county: County;
  let cashier: Cashier;

  beforeAll(async () => {
    county = await County.open();
    cashier = new Cashier(county);
  });
  afterAll(() => county.close());
  afterEach(() => expectIdentities(county));

  it('is made only after somebody else corrected the account, and once', async () => {
    const { roster, returned } = await cashier.rosterWithReturns(5, '38', [2]);
    const [lineId] = returned;
    invariant(lineId !== undefined, 'one line came back');
    expect(await cashier.reissue([{ lineId }])).toMatchObject({
      reason: { code: 'REISSUE_NEEDS_CORRECTION', reasonCode: '38' },
    });
    await cashier.correct(lineId, 'payer');
    expect(await cashier.reissue([{ lineId }])).toMatchObject({ reason: { code: 'CORRECTED_BY_ONESELF' } });
    const both = await Promise.all([
      cashier.reissue([{ lineId }], 'other'),
      cashier.reissue([{ lineId }], 'another'),
    ]);
    expect(both.map((result) => (result.ok ? 'ok' : result.reason.code)).sort()).toEqual([
      'LINE_STATE_WRONG',
      'ok',
    ]);
    await expectIdentities(county);
    const done = both.find((result) => result.ok);
    invariant(done?.ok === true, 'one of them reissued');
    await cashier.payOut(done.value.batches);
    expect(await cashier.lines(roster, 'paid')).toHaveLength(5);
    expect(county.bank.keys().filter((key) => key === lineId)).toHaveLength(2);
  });

  it('is never for more than failed, and of one for less the rest is stopped and can go back', async () => {
    const { roster, returned } = await cashier.rosterWithReturns(2, '17', [1]);
    const lineId = String(returned[0]);
    expect(await cashier.reissue([{ lineId, amountFen: EACH_FEN + 1n }])).toMatchObject({
      reason: { code: 'REISSUE_ABOVE_FAILED', failedFen: EACH_FEN, askedFen: EACH_FEN + 1n },
    });
    const less = await cashier.reissue([{ lineId, amountFen: EACH_FEN - 373n }]);
    invariant(less.ok, 'less may be reissued');
    await expectIdentities(county);
    await cashier.payOut(less.value.batches);
    expect(await county.balance(`stopped/${roster.fund}/${roster.id}`)).toBe(373n);
    expect(await county.balance(`paid/${roster.fund}/${roster.id}`)).toBe(2n * EACH_FEN - 373n);
    const release = { indicator: roster.fund, roster: roster.id, from: 'stopped' as const, key: 'death-1' };
    const give = (amountFen: bigint) =>
      county.run((tx) => county.get(ReleaseFunds).execute(tx, { ...release, amountFen }));
    expect(await give(374n)).toMatchObject({ reason: { code: 'NOT_ENOUGH_TO_RELEASE', available: 373n } });
    expect(await give(373n)).toMatchObject({ ok: true });
    expect(await county.balance(`fund/${roster.fund}`)).toBe(373n);
  });

  it('is refused whole when one of its lines may not be paid', async () => {
    const { roster, returned } = await cashier.rosterWithReturns(4, '13', [1, 3]);
    const [paid] = await cashier.lines(roster, 'paid');
    const all = [...returned, String(paid)].map((lineId) => ({ lineId }));
    expect(await cashier.reissue(all)).toMatchObject({
      reason: { code: 'LINE_STATE_WRONG', lineId: paid, state: 'paid' },
    });
    expect(await cashier.reissue([...all.slice(0, 1), ...all.slice(0, 1)])).toMatchObject({
      reason: { code: 'LINE_REPEATED' },
    });
    expect(await cashier.reissue([{ lineId: newId() }])).toMatchObject({ reason: { code: 'LINE_UNKNOWN' } });
    expect(await cashier.lines(roster, 'returned')).toEqual(returned);
  });

  it('leaves a book that verifies', async () => {
    await expectBookVerifies(county);
  });
});
