import { RecordUse, SetEarmark, SetDayLimit, UseOfFunds, VoidUse, type UseKind } from '@app/funds';
import { dayOf, newId } from '@app/kernel';
import { Books } from '@app/platform';
import { Cashier, EACH_FEN } from './disbursement-cashier';
import { County } from './disbursement-county';
import { Treasury } from './funds-stage';

const VILLAGE = '610924100001';
const HASH = 'a'.repeat(64);

describe('money with a purpose', () => {
  let county: County;
  let treasury: Treasury;
  /** A village committee that was paid twice EACH_FEN, and a household that was paid once. */
  let committee: string;
  let household: string;

  beforeAll(async () => {
    county = await County.open();
    treasury = new Treasury(county);
    const cashier = new Cashier(county);
    const [village, house] = await county.payees(2);
    [committee, household] = [village!.party, house!.party];
    await county.owner(`UPDATE registry.party SET kind = 'village-committee' WHERE id = '${committee}'`);
    const fund = await county.indicator(3n * EACH_FEN);
    const roster = await county.roster(fund, [village!, house!], EACH_FEN);
    await cashier.payOut(await cashier.planned(roster));
    const again = await county.roster(fund, [village!], EACH_FEN);
    await cashier.payOut(await cashier.planned(again));
  });
  afterAll(() => county.close());

  const today = async () => dayOf(await county.get(Books).now(county.book));
  const use = (amountFen: bigint, documentNo: string, more: object = {}) => {
    const draft = {
      ...{ party: committee, useKind: 'public-management' as UseKind, amountFen, documentNo },
      ...{ usedOn: '2026-06-01', evidenceSha256: HASH },
      ...more,
    };
    return county.run((tx) => county.get(RecordUse).execute(tx, draft, [VILLAGE]), 'clerk');
  };
  const standing = async () => (await county.get(UseOfFunds).on(county.book, await today(), ['610924']))[0];

  it('is what payees of purpose were paid, less what they showed they used; households show nothing', async () => {
    expect((await use(EACH_FEN, 'V1')).ok).toBe(true);
    expect(await county.get(UseOfFunds).on(county.book, await today(), ['610924'])).toMatchObject([
      { id: committee, receivedFen: 2n * EACH_FEN, usedFen: EACH_FEN, residualFen: EACH_FEN, findings: [] },
    ]);
    expect(await county.get(UseOfFunds).on(county.book, await today(), ['610925'])).toEqual([]);
    expect(await use(1n, 'V2', { party: household })).toMatchObject({
      reason: { code: 'PARTY_NOT_EARMARKED', kind: 'household' },
    });
  });

  it.each([
    ['the same document', { documentNo: 'V1' }, 'VOUCHER_EXISTS'],
    ['nobody', { party: newId() }, 'PARTY_UNKNOWN'],
    ['nothing', { amountFen: 0n }, 'AMOUNT_NOT_POSITIVE'],
    ['a day that is not yet', { usedOn: '2026-06-02' }, 'FUNDS_FIELD_WRONG'],
    ['a hash that is none', { evidenceSha256: 'A'.repeat(64) }, 'FUNDS_FIELD_WRONG'],
    ['a phone for a document', { documentNo: '13912345678' }, 'PERSONAL_NUMBER_IN_TEXT'],
  ])('refuses %s', async (_what, more, code) => {
    const refused = await use(5n, 'V9', more);
    expect(refused.ok || refused.reason.code).toBe(code);
  });

  it('is found when it is used for something else, by the rules of that day', async () => {
    await use(300n, 'O1', { useKind: 'office' });
    expect((await standing())?.findings).toMatchObject([
      { code: 'USE_NOT_ALLOWED', useKind: 'office', amountFen: 300n },
    ]);
    const rule = (isAllowed: boolean, from: string) =>
      county.run((tx) =>
        county.get(SetEarmark).execute(tx, {
          ...{
            payeeKind: 'village-committee',
            useKind: 'office',
            isAllowed,
            from,
            documentNo: '县财〔2026〕9号',
          },
        }),
      );
    expect((await rule(true, '2026-06-01')).ok).toBe(true);
    expect((await standing())?.findings).toEqual([]);
    expect(await rule(false, '2026-06-01')).toMatchObject({ reason: { code: 'ALREADY_IN_FORCE' } });
    expect((await rule(false, '2026-06-02')).ok).toBe(true);
    expect((await standing())?.findings).toEqual([]);
  });

  it('is found when more is used than came, until another person voids what was wrong', async () => {
    const over = await use(2n * EACH_FEN, 'X1');
    if (!over.ok) throw new Error(over.reason.code);
    expect((await standing())?.findings).toMatchObject([
      { code: 'USED_MORE_THAN_RECEIVED', residualFen: -EACH_FEN - 300n },
    ]);
    const voiding = { id: over.value.id, reason: '录错', regions: [VILLAGE] };
    const void_ = (actor: string) => county.run((tx) => county.get(VoidUse).execute(tx, voiding), actor);
    expect(await void_('clerk')).toMatchObject({ reason: { code: 'STEP_BY_SAME_PERSON' } });
    expect((await void_('other')).ok).toBe(true);
    expect(await void_('other')).toMatchObject({ reason: { code: 'VOUCHER_VOID' } });
    expect(await standing()).toMatchObject({ residualFen: EACH_FEN - 300n, findings: [] });
    expect((await use(1n, 'X1')).ok).toBe(true);
    await expect(county.query(`UPDATE funds.use_voucher SET amount_fen = 1`)).rejects.toThrow(
      /permission denied/,
    );
  });

  it('is found when it lies unused beyond the limit', async () => {
    const limit = { kind: 'unused' as const, days: 30, from: '2026-06-01', documentNo: '县财〔2026〕3号' };
    expect((await county.run((tx) => county.get(SetDayLimit).execute(tx, limit))).ok).toBe(true);
    expect((await standing())?.findings).toEqual([]);
    await treasury.advanceTo('2026-07-02');
    expect((await standing())?.findings).toMatchObject([
      { code: 'UNUSED_TOO_LONG', since: '2026-06-01', days: 31, unusedFen: EACH_FEN - 301n },
    ]);
  });
});
