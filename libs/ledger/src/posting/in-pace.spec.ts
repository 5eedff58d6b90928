import { inPace } from './in-pace';

/** A book of which others take numbers in between when they are about. */
function bookWith(others: () => number) {
  let seq = 1n;
  let open = 0;
  const seen: { slices: number[]; atOnce: number }[] = [];
  const post = async (slices: readonly number[]) => {
    open += 1;
    seen.push({ slices: [...slices], atOnce: open });
    await new Promise((resolve) => setImmediate(resolve));
    seq += BigInt(others());
    const firstSeq = seq;
    seq += BigInt(slices.length);
    open -= 1;
    return { firstSeq, posted: slices.length };
  };
  return { seen, post };
}

const TWENTY = Array.from({ length: 20 }, (_none, at) => at);
const slicesOf = (seen: { slices: number[] }[]): number[] => seen.flatMap(({ slices }) => slices);

describe('posting in pace', () => {
  it('takes several slices at a time, two transactions at once, when nobody else posts', async () => {
    const { seen, post } = bookWith(() => 0);
    await inPace(TWENTY, { most: 4 }, post);
    expect(slicesOf(seen)).toEqual(TWENTY);
    expect(seen.map(({ slices }) => slices.length)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 4, 4, 4]);
    expect(Math.max(...seen.map(({ atOnce }) => atOnce))).toBe(2);
  });

  it('takes one slice at a time while others post', async () => {
    const { seen, post } = bookWith(() => 1);
    await inPace(TWENTY, { most: 4 }, post);
    expect(seen.map(({ slices }) => slices.length)).toEqual(TWENTY.map(() => 1));
    expect(Math.max(...seen.map(({ atOnce }) => atOnce))).toBe(1);
  });

  it('makes room when somebody comes, and goes on when they have gone', async () => {
    let asked = 0;
    const { seen, post } = bookWith(() => ((asked += 1) === 9 ? 1 : 0));
    await inPace([...TWENTY, ...TWENTY], { most: 4 }, post);
    expect(slicesOf(seen)).toEqual([...TWENTY, ...TWENTY]);
    const counts = seen.map(({ slices }) => slices.length);
    expect(counts.slice(7, 10)).toEqual([1, 4, 4]);
    expect(counts.slice(10, 17)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(counts.slice(17)).toContain(4);
  });

  it('posts slices that somebody else has done as nothing, and goes on', async () => {
    const seen: number[] = [];
    await inPace(TWENTY, { most: 4 }, (slices) => {
      seen.push(...slices);
      return Promise.resolve(undefined);
    });
    expect(seen).toEqual(TWENTY);
  });

  it('throws the first failure when what runs has ended, and begins nothing more', async () => {
    const { seen, post } = bookWith(() => 0);
    const failing = (slices: readonly number[]) =>
      slices.includes(7) ? Promise.reject(new Error('no')) : post(slices);
    await expect(inPace(TWENTY, { most: 4 }, failing)).rejects.toThrow('no');
    expect(slicesOf(seen)).not.toContain(19);
  });
});
