import { move, sumLegs } from './entry';

describe('move', () => {
  it('debits where it comes from and credits where it goes', () => {
    expect(move('a', 'b', 'CNY', 5n)).toEqual([
      { path: 'a', asset: 'CNY', amount: 5n },
      { path: 'b', asset: 'CNY', amount: -5n },
    ]);
  });

  it.each([0n, -1n])('moves no %s', (amount) => {
    expect(() => move('a', 'b', 'CNY', amount)).toThrow('positive');
  });
});

describe('sumLegs', () => {
  it('names each path and asset once, in order of first mention', () => {
    const legs = [
      ...move('fund', 'a', 'CNY', 5n),
      ...move('fund', 'b', 'CNY', 7n),
      ...move('fund', 'a', 'X', 1n),
    ];
    expect(sumLegs(legs)).toEqual([
      { path: 'fund', asset: 'CNY', amount: 12n },
      { path: 'a', asset: 'CNY', amount: -5n },
      { path: 'b', asset: 'CNY', amount: -7n },
      { path: 'fund', asset: 'X', amount: 1n },
      { path: 'a', asset: 'X', amount: -1n },
    ]);
  });

  it('drops what cancels out', () => {
    expect(sumLegs([...move('a', 'b', 'CNY', 5n), ...move('b', 'c', 'CNY', 5n)])).toEqual(
      move('a', 'c', 'CNY', 5n),
    );
  });
});
