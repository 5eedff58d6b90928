import fc, { type Arbitrary } from 'fast-check';

import { alone, racing } from './arbitraries';
import type { Command } from './commands';
import type { Run } from './stage';

/** A way to use a book: what is generated, and how it is asked. */
export interface Scenario {
  readonly name: 'one-by-one' | 'racing' | 'long-racing';
  readonly steps: Arbitrary<Steps>;
}

/** Lists of callers, one after the other; a list of one is a command by itself. */
export type Steps = readonly (readonly (readonly Command[])[])[];

export async function play(run: Run, steps: Steps): Promise<void> {
  for (const callers of steps) {
    const [only] = callers;
    if (callers.length === 1 && only) for (const command of only) await run.one(command);
    else await run.race(callers);
  }
}

/** Sometimes the very same comes again. */
function withRepeats(command: Arbitrary<Command>): Arbitrary<Command[]> {
  const items = fc.array(fc.tuple(command, fc.nat({ max: 160 })), LENGTHS.list);
  return items.map((list) => repeated(list));
}

const repeated = (list: readonly (readonly [Command, number])[]): Command[] =>
  list.map(([command, again], at) => (again < 16 ? (list[at - again - 1]?.[0] ?? command) : command));

const LENGTHS = {
  list: { minLength: 40, maxLength: 400, size: 'max' },
  callers: { minLength: 8, maxLength: 32, size: 'max' },
} as const;

export const ONE_BY_ONE: Scenario = {
  name: 'one-by-one',
  steps: withRepeats(fc.oneof({ weight: 6, arbitrary: racing }, { weight: 1, arbitrary: alone })).map(
    (list) => [[list]],
  ),
};

/** The callers ask the same things here and there, so that twins meet. */
const callers = (calls: { minLength: number; maxLength: number }): Arbitrary<Command[][]> =>
  fc
    .array(fc.array(fc.tuple(racing, fc.nat({ max: 160 })), { ...calls, size: 'max' }), LENGTHS.callers)
    .map((lists) => {
      const all = repeated(lists.flat());
      return lists.map((list) => list.map(() => all.shift()!));
    });

const racingFor = (calls: { minLength: number; maxLength: number }): Scenario => ({
  name: 'racing',
  steps: fc
    .array(fc.tuple(callers(calls), fc.array(alone, { maxLength: 6 })), {
      minLength: 1,
      maxLength: 4,
      size: 'max',
    })
    .map((rounds) => rounds.flatMap(([race, then]): Steps => [race, [then]])),
});

export const RACING = racingFor({ minLength: 1, maxLength: 12 });
/** As many callers, each for longer: for the soak, where books may grow. */
export const LONG_RACING: Scenario = { ...racingFor({ minLength: 10, maxLength: 50 }), name: 'long-racing' };
