import fc from 'fast-check';

import { plain } from './plain';
import { play, type Scenario, type Steps } from './scenario';
import type { Run, Stage } from './stage';

export interface Tally {
  commands: number;
  books: number;
  /** How often each refusal and each kind of success was met. */
  readonly codes: Map<string, number>;
}

export const newTally = (): Tally => ({ commands: 0, books: 0, codes: new Map() });

export interface CheckTerms {
  readonly seed: number;
  readonly books: number;
  /** Where in the tree of a seed to begin: what a failure prints. */
  readonly path?: string;
  /** Shorten what fails: only worth its time where the same commands fail again. */
  readonly shrink?: boolean;
}

/** Plays books from a seed until one differs from its model or is found wrong by its own verification. */
export async function check(
  stage: Stage,
  scenario: Scenario,
  terms: CheckTerms,
  tally: Tally,
): Promise<void> {
  const property = fc.asyncProperty(scenario.steps, async (steps) => {
    const run = await stage.run();
    await play(run, steps);
    await run.lookAtEverything();
    await stage.verify(run);
    add(tally, run);
  });
  const { seed, books: numRuns, path, shrink = false } = terms;
  const found = await fc.check(property, { seed, numRuns, endOnFailure: !shrink, ...(path && { path }) });
  if (!found.failed) return;
  const where = JSON.stringify({ scenario: scenario.name, seed, path: found.counterexamplePath });
  const cause =
    found.errorInstance instanceof Error ? found.errorInstance.message : String(found.errorInstance);
  throw new Error(`${where}\n${cause}\n${brief(found.counterexample?.[0])}`);
}

export function add(tally: Tally, run: Run): void {
  tally.commands += run.compared;
  tally.books += 1;
  for (const [code, count] of run.codes) tally.codes.set(code, (tally.codes.get(code) ?? 0) + count);
}

const brief = (steps: Steps | undefined): string => {
  const lines = (steps ?? []).flat(2).map((command) => JSON.stringify(command, plain));
  return lines.length <= 12 ? lines.join('\n') : `${lines.length} commands; the last:\n${lines.at(-1)}`;
};
