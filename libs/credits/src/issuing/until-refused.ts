import type { Refusal, Result } from '@app/kernel';

/**
 * Does works in their order, some at a time, and begins none after one was refused or failed. Answers of those that
 * were done, in the order of the works. A failure is thrown when the others have ended.
 */
export async function untilRefused<T, R extends Refusal>(
  works: readonly (() => Promise<Result<T, R>>)[],
  atOnce: number,
): Promise<Result<T, R>[]> {
  const answers: Result<T, R>[] = [];
  let next = 0;
  let isStopped = false;
  const workOff = async (): Promise<void> => {
    while (!isStopped && next < works.length) {
      const place = next++;
      try {
        const answer = await works[place]!();
        answers[place] = answer;
        isStopped ||= !answer.ok;
      } catch (error) {
        isStopped = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, workOff));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  return answers.filter((answer) => answer !== undefined);
}
