import { SeenAccounts } from './seen-accounts';

describe('accounts that an entry has named', () => {
  it.each([2, 8, 9, 10, 500])('are told from new ones among %i', (count) => {
    const seen = new SeenAccounts();
    const all = Array.from({ length: count }, (_, i) => ({ path: `a-${i}`, asset: 'CNY' }));
    expect(all.every((named) => seen.add(named))).toBe(true);
    expect(all.some((named) => seen.add(named))).toBe(false);
    expect(seen.add({ path: 'a-0', asset: 'CO2E/x' })).toBe(true);
    expect(seen.add({ path: 'b', asset: 'CNY' })).toBe(true);
  });
});
