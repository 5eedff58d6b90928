import { move } from '../entry';
import { checkBalanced, isAccountPath, isMemo } from './draft.rules';

describe('an account path', () => {
  it.each(['a', 'payable/3f-1/x', '0/1/2', 'a'.repeat(200)])('may be %s', (path) => {
    expect(isAccountPath(path)).toBe(true);
  });

  it.each(['', '/', 'a/', '/a', 'a//b', 'A', 'a b', 'a_b', 'a.b', 'ä', '路', 'a\n', 'a'.repeat(201)])(
    'may not be "%s"',
    (path) => {
      expect(isAccountPath(path)).toBe(false);
    },
  );
});

describe('a memo', () => {
  it('is a code', () => {
    expect([isMemo('carbon.2026-1'), isMemo('two words'), isMemo(''), isMemo('m'.repeat(65))]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('an entry balances', () => {
  const draft = { id: '', kind: 'transfer' };

  it('in each asset by itself', () => {
    const legs = [...move('a', 'b', 'CNY', 5n), ...move('a', 'b', 'CO2E/x', 7n)];
    expect(checkBalanced({ ...draft, legs }).ok).toBe(true);
  });

  it('or is told in which asset and by how much it does not', () => {
    const legs = [...move('a', 'b', 'CNY', 5n), { path: 'c', asset: 'CO2E/x', amount: -7n }];
    expect(checkBalanced({ ...draft, legs })).toEqual({
      ok: false,
      reason: { code: 'ENTRY_UNBALANCED', asset: 'CO2E/x', difference: -7n },
    });
  });
});
