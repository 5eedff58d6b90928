import { checkDraft, type IndicatorDraft } from './indicator.rules';

const draft: IndicatorDraft = {
  docNo: '安财农〔2026〕18号',
  year: 2026,
  sourceKind: 'advance',
  fundSource: 'central',
  projectCode: '610924-SL-2026',
  functionItem: '2110602',
  economicItem: '30310',
  fundNature: '一般公共预算资金',
  budgetUnit: '县林业局',
  direct: true,
  amountFen: 739_257_500n,
  arrivedOn: '2026-01-15',
};
const wrong = (change: Partial<IndicatorDraft>) => {
  const checked = checkDraft({ ...draft, ...change });
  return checked.ok ? undefined : checked.reason;
};

describe('an indicator draft', () => {
  it('is right with the fields of its document', () => {
    expect(wrong({})).toBeUndefined();
    expect(wrong({ governmentEconomicItem: '50905' })).toBeUndefined();
  });

  it.each([
    ['docNo', { docNo: ' ' }],
    ['year', { year: 1999 }],
    ['projectCode', { projectCode: '=cmd()' }],
    ['functionItem', { functionItem: '21106021' }],
    ['economicItem', { economicItem: '3031' }],
    ['governmentEconomicItem', { governmentEconomicItem: 'x' }],
    ['fundNature', { fundNature: '' }],
    ['budgetUnit', { budgetUnit: '' }],
    ['arrivedOn', { arrivedOn: '2026-02-30' }],
  ] as const)('names %s when it is wrong, and what is expected', (field, change) => {
    const reason = wrong(change);
    expect(reason).toMatchObject({ code: 'INDICATOR_FIELD_WRONG', field });
    expect(reason?.code === 'INDICATOR_FIELD_WRONG' && reason.expected.length).toBeGreaterThan(0);
  });

  it('brings an amount above zero', () => {
    expect(wrong({ amountFen: 0n })).toEqual({ code: 'AMOUNT_NOT_POSITIVE', amountFen: 0n });
  });
});
