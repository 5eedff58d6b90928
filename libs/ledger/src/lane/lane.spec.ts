import { refuse } from '@app/kernel';
import { BACKLOG_COMMANDS_MAX, BACKLOG_WEIGHT_MAX } from './backlog';
import type { CommandKind, LaneCommand } from './command-kind';
import { AHEAD_MIN, Lane, type BatchDone } from './lane';

/** Answers each command with its id; `run` says when and how a batch ends. */
const kind: CommandKind<LaneCommand, string> = {
  name: 'test.echo',
  execute: () => Promise.resolve([]),
  asReplay: (answer) => `${answer} again`,
};
const command = (id: string, weight = 2): LaneCommand => ({ id, body: 'x', actor: 'a', weight });
const doneOf = (commands: readonly LaneCommand[]): BatchDone => ({
  callMs: 0,
  commitMs: 0,
  answers: () => commands.map(({ id }) => id),
});

interface Batch {
  readonly ids: string[];
  end(error?: Error): void;
}

/** A lane whose transactions end when the test says so. */
function laneByHand() {
  const batches: Batch[] = [];
  let refused = 0;
  const lane = new Lane(
    (_kind, commands) =>
      new Promise((resolve, reject) => {
        const ids = commands.map(({ id }) => id);
        batches.push({ ids, end: (error) => (error ? reject(error) : resolve(doneOf(commands))) });
      }),
    { onBatch: () => undefined, onRefused: () => (refused += 1) },
  );
  const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return { lane, batches, settled, refused: () => refused };
}

describe('the queue of a lane', () => {
  it('takes no more than it has room for, tells the others when to come again, and takes on when there is room', async () => {
    const { lane, batches, settled, refused } = laneByHand();
    const taken = Array.from({ length: BACKLOG_COMMANDS_MAX }, (_, i) => lane.submit(kind, command(`${i}`)));
    const full = refuse({ code: 'LANE_FULL', retryAfterSeconds: expect.any(Number) as number });
    expect(await lane.submit(kind, command('late'))).toEqual(full);
    expect(refused()).toBe(1);
    await settled();
    batches[0]!.end();
    await settled();
    const late = lane.submit(kind, command('late'));
    for (let i = 1; i < batches.length; i += 1) {
      batches[i]!.end();
      await settled();
    }
    expect(await Promise.all(taken)).toEqual(Array.from({ length: BACKLOG_COMMANDS_MAX }, (_, i) => `${i}`));
    expect(await late).toBe('late');
    expect(batches.flatMap(({ ids }) => ids)).toHaveLength(BACKLOG_COMMANDS_MAX + 1);
  });

  it('counts legs too: a few heavy commands fill it', async () => {
    const { lane } = laneByHand();
    const half = BACKLOG_WEIGHT_MAX / 2;
    for (const id of ['1', '2']) void lane.submit(kind, command(id, half));
    expect(await lane.submit(kind, command('3'))).toMatchObject({ ok: false });
  });

  it('has its next transaction under way before it reads the answers of the last', async () => {
    const order: string[] = [];
    let end: () => void = () => undefined;
    const lane = new Lane(
      (_kind, commands) => {
        order.push(`begin ${commands[0]!.id}`);
        return new Promise((resolve) => {
          end = () =>
            resolve({
              ...doneOf(commands),
              answers: () => {
                order.push(`answers ${commands[0]!.id}`);
                return commands.map(({ id }) => id);
              },
            });
        });
      },
      { onBatch: () => undefined, onRefused: () => undefined },
    );
    const first = lane.submit(kind, command('1'));
    await new Promise((resolve) => setImmediate(resolve));
    const second = lane.submit(kind, command('2'));
    end();
    expect(await first).toBe('1');
    expect(order).toEqual(['begin 1', 'begin 2', 'answers 1']);
    end();
    expect(await second).toBe('2');
  });

  it('has one more large batch stand in line behind a large one, and never two', async () => {
    const { lane, batches, settled } = laneByHand();
    const submit = (count: number, name: string) =>
      Promise.all(Array.from({ length: count }, (_, i) => lane.submit(kind, command(`${name}${i}`))));
    const first = submit(AHEAD_MIN, 'a');
    await settled();
    const second = submit(AHEAD_MIN - 1, 'b');
    await settled();
    expect(batches).toHaveLength(1);
    const last = submit(1, 'c');
    const third = submit(AHEAD_MIN, 'd');
    await settled();
    expect(batches.map(({ ids }) => ids.length)).toEqual([AHEAD_MIN, AHEAD_MIN]);
    batches[0]!.end();
    expect(await first).toHaveLength(AHEAD_MIN);
    expect(batches.map(({ ids }) => ids.length)).toEqual([AHEAD_MIN, AHEAD_MIN, AHEAD_MIN]);
    for (const batch of batches) batch.end();
    await Promise.all([second, last, third]);
    await lane.close();
  });

  it('lets a small batch grow while another is with the database', async () => {
    const { lane, batches, settled } = laneByHand();
    const few = Promise.all(['1', '2'].map((id) => lane.submit(kind, command(id))));
    await settled();
    const more = Promise.all(['3', '4', '5'].map((id) => lane.submit(kind, command(id))));
    await settled();
    expect(batches.map(({ ids }) => ids)).toEqual([['1', '2']]);
    batches[0]!.end();
    await few;
    batches[1]!.end();
    await more;
    expect(batches.map(({ ids }) => ids)).toEqual([
      ['1', '2'],
      ['3', '4', '5'],
    ]);
  });

  it('finishes what waits when it is closed, and takes nothing more', async () => {
    const { lane, batches, settled } = laneByHand();
    const [first] = [lane.submit(kind, command('1'))];
    await settled();
    const second = lane.submit(kind, command('2'));
    const closed = lane.close();
    expect(await lane.submit(kind, command('3'))).toMatchObject({ ok: false, reason: { code: 'LANE_FULL' } });
    batches[0]!.end();
    await settled();
    batches[1]!.end();
    expect(await Promise.all([first, second, closed])).toEqual(['1', '2', undefined]);
    expect(batches.map(({ ids }) => ids)).toEqual([['1'], ['2']]);
  });

  it('tries each command alone after a bug, and nobody again when the database is away', async () => {
    const { lane, batches, settled } = laneByHand();
    const buggy = ['1', '2'].map((id) => lane.submit(kind, command(id)));
    await settled();
    batches[0]!.end(new Error('a bug'));
    await settled();
    batches[1]!.end();
    await settled();
    batches[2]!.end(new Error('a bug'));
    expect((await Promise.allSettled(buggy)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    const away = ['3', '4'].map((id) => lane.submit(kind, command(id)));
    await settled();
    batches[3]!.end(new Error('Connection terminated unexpectedly'));
    expect((await Promise.allSettled(away)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(batches.map(({ ids }) => ids)).toEqual([['1', '2'], ['1'], ['2'], ['3', '4']]);
  });
});
