import { inOrder } from './in-order';

interface Item {
  readonly n: number;
  readonly size: number;
}

async function* upTo(count: number, size = 1): AsyncGenerator<Item> {
  for (let n = 1; n <= count; n += 1) yield { n, size };
}

const roomFor = (items: number, size = 1_000) => ({ items, size });

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

describe('work on the items of a stream', () => {
  it('begins in order, at most so many at once, and yields in order whoever is ready first', async () => {
    let running = 0;
    let most = 0;
    const began: number[] = [];
    const work = async ({ n }: Item): Promise<number> => {
      began.push(n);
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < 7 - n; turn += 1) await new Promise(setImmediate);
      running -= 1;
      return n;
    };
    expect(await all(inOrder(upTo(7), roomFor(3), work))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect([began, most]).toEqual([[1, 2, 3, 4, 5, 6, 7], 3]);
  });

  it('yields what is ready while the next item has not come', async () => {
    let send: () => void = () => undefined;
    async function* slow(): AsyncGenerator<Item> {
      yield { n: 1, size: 1 };
      await new Promise<void>((resolve) => (send = resolve));
      yield { n: 2, size: 1 };
    }
    const results = inOrder(slow(), roomFor(10), ({ n }) => Promise.resolve(n));
    expect((await results.next()).value).toBe(1);
    send();
    expect(await all(results)).toEqual([2]);
  });

  it('begins no more than fit together, and one that is larger alone', async () => {
    let running = 0;
    let most = 0;
    const work = async ({ size }: Item): Promise<void> => {
      running += size;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= size;
    };
    await all(inOrder(upTo(20, 4), roomFor(100, 10), work));
    expect(most).toBe(12);
    await all(inOrder(upTo(5, 50), roomFor(100, 10), work));
    expect(most).toBe(50);
  });

  it('waits for what was begun and begins no more when nobody listens', async () => {
    const ended: number[] = [];
    const work = async ({ n }: Item): Promise<number> => {
      await new Promise(setImmediate);
      ended.push(n);
      return n;
    };
    for await (const n of inOrder(upTo(100), roomFor(4), work)) if (n === 2) break;
    const count = ended.length;
    await new Promise(setImmediate);
    expect(ended).toHaveLength(count);
    expect(count).toBeLessThan(10);
  });

  it('passes on that the stream broke, after those begun', async () => {
    const ended: number[] = [];
    async function* broken(): AsyncGenerator<Item> {
      yield { n: 1, size: 1 };
      throw new Error('broken');
    }
    const work = async ({ n }: Item): Promise<void> => {
      await new Promise(setImmediate);
      ended.push(n);
    };
    await expect(all(inOrder(broken(), roomFor(4), work))).rejects.toThrow('broken');
    expect(ended).toEqual([1]);
  });
});
