import { lastOf, linesJson, type PageColumns } from './statement-text.rules';

const kindOf = (id: string): string => ({ '7': 'transfer', '8': 'reversal' })[id] ?? 'unknown';

const page: PageColumns = {
  versions: '{12,11}',
  seqs: '{40,39}',
  ids: '{0190c8f4-0000-7000-8000-000000000002,0190c8f4-0000-7000-8000-000000000001}',
  kinds: '{8,7}',
  amounts: '{-5,1000000000000000}',
  balances: '{9223372036854775807,-3}',
  recorded: '{1767225600000001,1767225599999999}',
  effective: '{1767225600000001,-1}',
  references: '["“引号\\" 与 \\\\ 与 \\u0007”",null]',
  memos: null,
};

describe('a page of a statement as JSON', () => {
  it('has every line with its names in the order of the contract', () => {
    expect(JSON.parse(linesJson(page, kindOf))).toEqual([
      {
        version: '12',
        seq: '40',
        entryId: '0190c8f4-0000-7000-8000-000000000002',
        kind: 'reversal',
        credit: '5',
        balanceAfter: '9223372036854775807',
        recordedAt: '2026-01-01T00:00:00.000001Z',
        effectiveAt: '2026-01-01T00:00:00.000001Z',
        reference: '“引号" 与 \\ 与 \u0007”',
        memo: null,
      },
      {
        version: '11',
        seq: '39',
        entryId: '0190c8f4-0000-7000-8000-000000000001',
        kind: 'transfer',
        debit: '1000000000000000',
        balanceAfter: '-3',
        recordedAt: '2025-12-31T23:59:59.999999Z',
        effectiveAt: '1969-12-31T23:59:59.999999Z',
        reference: null,
        memo: null,
      },
    ]);
    expect(lastOf(page)).toBe('11');
  });

  it('refuses to tell a page whose lines came in another order', () => {
    expect(() => linesJson({ ...page, versions: '{11,12}' }, kindOf)).toThrow('a page runs from new to old');
  });
});
