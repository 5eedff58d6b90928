import { faultsOf, stepsOf, summaryOf, type HeldShare, type OrderShare } from './right-order.rules';

const partyOf = (externalNo: string): string | undefined => ({ A: 'a', B: 'b', C: 'c' })[externalNo];
const want = (partyExternalNo: string, sharePercent: string) => ({
  partyExternalNo,
  sharePercent,
  documentNo: 'D1',
});
const share = (externalNo: string, percent: number, documentNo = 'D1'): OrderShare => ({
  ...{ party: externalNo.toLowerCase(), externalNo, documentNo },
  sharePpm: BigInt(percent * 10_000),
});
const held = (externalNo: string, percent: number, documentNo = 'D1'): HeldShare => ({
  ...share(externalNo, percent, documentNo),
  ...{ id: `${externalNo}-${percent}`, from: '2020-01-01', to: null },
});

describe('shares that somebody wants', () => {
  it('may make up the whole or less, or be none', () => {
    expect(faultsOf([want('A', '66.6667'), want('B', '33.3333')], partyOf)).toEqual([]);
    expect(faultsOf([want('A', '1')], partyOf)).toEqual([]);
    expect(faultsOf([], partyOf)).toEqual([]);
  });

  it('are judged all in one pass, each with what would be right', () => {
    const faults = faultsOf(
      [want('A', '60'), want('A', '0'), want('X', 'half'), want('B', '40.0001'), want('C', '5')],
      partyOf,
    );
    expect(faults.map(({ row, field, code, expected }) => [row, field, code, expected])).toEqual([
      [2, 'sharePercent', 'SHARE_NOT_POSITIVE', expect.any(String)],
      [2, 'partyExternalNo', 'PARTY_REPEATED', 'one row a party; row 1 names it'],
      [3, 'sharePercent', 'SHARE_MALFORMED', expect.any(String)],
      [3, 'partyExternalNo', 'PARTY_UNKNOWN', expect.any(String)],
      [4, 'sharePercent', 'SHARES_OVER_WHOLE', 'at most 40 %: that is what the rows before leave'],
      [5, 'sharePercent', 'SHARES_OVER_WHOLE', 'at most 0 %: that is what the rows before leave'],
    ]);
  });
});

describe('the steps to what is wanted', () => {
  it('leave alone what stays as it is', () => {
    const { ended, added } = stepsOf([held('A', 50), held('B', 50)], [share('A', 50), share('C', 50, 'D2')]);
    expect(ended.map(({ id }) => id)).toEqual(['B-50']);
    expect(added).toEqual([share('C', 50, 'D2')]);
  });

  it('end and begin a share whose size or document changes', () => {
    const { ended, added } = stepsOf([held('A', 100)], [share('A', 60), share('B', 40)]);
    expect([ended.length, added.length]).toEqual([1, 2]);
    expect(stepsOf([held('A', 100)], [share('A', 100, 'D2')])).toMatchObject({ ended: [{}], added: [{}] });
  });

  it('are none when nothing changes, and end all when nobody follows', () => {
    expect(stepsOf([held('A', 100)], [share('A', 100)])).toEqual({ ended: [], added: [] });
    expect(stepsOf([held('A', 100)], []).ended).toHaveLength(1);
  });
});

it('tells the change in words', () => {
  const order = { parcel: 'XB1', kind: 'management', from: '2026-04-01' } as const;
  expect(summaryOf({ ...order, before: [share('A', 100)], after: [share('A', 60), share('B', 40)] })).toEqual(
    {
      zh: '小班 XB1 的经营权自 2026-04-01 起：A 100 % → A 60 %、B 40 %',
      en: 'From 2026-04-01 the management right to parcel XB1: A 100 % → A 60 %, B 40 %',
    },
  );
  expect(summaryOf({ ...order, before: [share('A', 100)], after: [] }).zh).toMatch(/→ 无人$/);
});
