import { HeavyHitters } from './heavy-hitters';

describe('what comes most often', () => {
  it('is counted exactly while there is room', () => {
    const hitters = new HeavyHitters(3);
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) hitters.count(name);
    expect(hitters.top(2)).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
  });

  it('is found among any number of strangers, and is never counted too high', () => {
    const hitters = new HeavyHitters(10);
    let often = 0;
    for (let i = 0; i < 10_000; i += 1) {
      const isOften = i % 5 === 0;
      if (isOften) often += 1;
      hitters.count(isOften ? 'often' : `stranger ${i}`);
    }
    const [first] = hitters.top(1);
    expect(first?.[0]).toBe('often');
    expect(first?.[1]).toBeLessThanOrEqual(often);
    expect(first?.[1]).toBeGreaterThanOrEqual(often - 10_000 / 11);
  });

  it('never keeps more names than it has room for', () => {
    const hitters = new HeavyHitters(10);
    for (let i = 0; i < 1_000; i += 1) hitters.count(`${i % 37}`);
    expect(hitters.top(1_000).length).toBeLessThanOrEqual(10);
  });
});
