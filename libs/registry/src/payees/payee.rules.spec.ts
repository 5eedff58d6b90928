import { payeeWords, termFault } from './payee.rules';

const TODAY = '2026-03-02';

it.each([
  ['no day', { from: '2026-02-30', to: null }, 'heir', 'day'],
  ['a last day before the first', { from: '2026-04-02', to: '2026-04-01' }, 'heir', 'order'],
  ['a last day that is over', { from: '2026-01-01', to: '2026-03-01' }, 'heir', 'over'],
  ['a proxy for ever', { from: TODAY, to: null }, 'proxy', 'open'],
  ['nothing, for a guardian until another order', { from: TODAY, to: null }, 'guardian', undefined],
  ['nothing, for a proxy of one day', { from: TODAY, to: TODAY }, 'proxy', undefined],
] as const)('the days of a payee have %s against them', (_what, term, reason, fault) => {
  expect(termFault(term, reason, TODAY)).toBe(fault);
});

it('who is paid is told by numbers, without a name', () => {
  const order = { party: 'HH1', from: TODAY } as const;
  expect(payeeWords({ ...order, payee: 'GR1', reason: 'guardian', to: '2030-01-01' })).toEqual({
    zh: '自 2026-03-02 起至 2030-01-01 止，HH1 的款项付监护人 GR1',
    en: 'From 2026-03-02 to 2030-01-01 what is due to HH1 is paid to GR1, its guardian',
  });
  expect(payeeWords({ ...order, payee: null, reason: null, to: null }).zh).toBe(
    '自 2026-03-02 起 HH1 的款项付其本人',
  );
});
