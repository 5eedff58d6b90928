import { COMMANDS_MAX, HEAVY, takeBatch, WEIGHT_MAX, type AnyKind, type Waiting } from './take-batch.rules';

const kind = (name: string): AnyKind => ({
  name,
  execute: () => Promise.resolve([]),
  asReplay: (answer) => answer,
});
const [posts, holds] = [kind('posts'), kind('holds')];
const waiting = (id: string, body = 'x', of = posts, weight = 2): Waiting => ({
  kind: of,
  command: { id, body, actor: 'a', weight },
  since: 0,
  answer: () => undefined,
  fail: () => undefined,
});

describe('the next batch of a queue', () => {
  it('is nothing when nothing waits', () => {
    expect(takeBatch([])).toEqual({ seats: [], left: [] });
  });

  it('is of one kind, the one that waits longest; the others keep their order', () => {
    const queue = [waiting('1'), waiting('2', 'x', holds), waiting('3'), waiting('4', 'x', holds)];
    const { seats, left } = takeBatch(queue);
    expect(seats.map(({ leader }) => leader)).toEqual([queue[0], queue[2]]);
    expect(left).toEqual([queue[1], queue[3]]);
  });

  it('seats those who ask the very same together', () => {
    const queue = [waiting('1'), waiting('2'), waiting('1'), waiting('1')];
    const { seats, left } = takeBatch(queue);
    expect(seats).toEqual([
      { leader: queue[0], twins: [queue[2], queue[3]] },
      { leader: queue[1], twins: [] },
    ]);
    expect(left).toEqual([]);
  });

  it('leaves an id that comes with another body for later, all of its askers in their order', () => {
    const queue = [waiting('1', 'x'), waiting('1', 'y'), waiting('1', 'x'), waiting('1', 'y')];
    const { seats, left } = takeBatch(queue);
    expect(seats).toEqual([{ leader: queue[0], twins: [queue[2]] }]);
    expect(left).toEqual([queue[1], queue[3]]);
  });

  it('ends at the most commands, and nobody overtakes from behind', () => {
    const queue = Array.from({ length: COMMANDS_MAX + 2 }, (_, i) => waiting(String(i)));
    const { seats, left } = takeBatch(queue);
    expect([seats.length, left]).toEqual([COMMANDS_MAX, queue.slice(COMMANDS_MAX)]);
  });

  it('ends before the most weight, but always takes at least one', () => {
    const heavy = [waiting('1', 'x', posts, WEIGHT_MAX + 1), waiting('2'), waiting('3')];
    expect(takeBatch(heavy).seats).toHaveLength(1);
    const light = Array.from({ length: WEIGHT_MAX / HEAVY }, (_, i) => waiting(`${i}`, 'x', posts, HEAVY));
    const queue = [waiting('first', 'x', posts, HEAVY - 1), ...light, waiting('last', 'x', posts, 1)];
    expect(takeBatch(queue).left).toEqual(queue.slice(-2));
  });

  it('has a seat for one heavy command only; light ones pass those that are left', () => {
    const [big, bigger, small] = [
      waiting('big', 'x', posts, HEAVY + 1),
      waiting('bigger', 'x', posts, HEAVY + 2),
      waiting('small'),
    ];
    const { seats, left } = takeBatch([big, bigger, small]);
    expect(seats.map(({ leader }) => leader)).toEqual([big, small]);
    expect(left).toEqual([bigger]);
  });

  it('lets light ones pass a heavy one that there is no room for', () => {
    const light = Array.from({ length: 10 }, (_, i) => waiting(`${i}`, 'x', posts, HEAVY));
    const [heavy, last] = [waiting('heavy', 'x', posts, WEIGHT_MAX - HEAVY), waiting('last')];
    expect(takeBatch([...light, heavy, last]).left).toEqual([heavy]);
  });

  it('lets nobody of the same id pass the one that is left', () => {
    const queue = [
      waiting('1', 'x', posts, HEAVY + 1),
      waiting('2', 'x', posts, HEAVY + 1),
      waiting('2', 'y'),
      waiting('3'),
    ];
    expect(takeBatch(queue).left).toEqual([queue[1], queue[2]]);
  });

  it('seats the twin of whoever has a seat, however full it is', () => {
    const queue = Array.from({ length: COMMANDS_MAX + 1 }, (_, i) => waiting(`${i}`));
    const twin = waiting('0');
    const { seats, left } = takeBatch([...queue, twin]);
    expect([seats[0]!.twins, left]).toEqual([[twin], [queue.at(-1)]]);
  });
});
