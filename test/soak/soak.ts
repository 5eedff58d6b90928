import { writeFileSync } from 'node:fs';

/** What `npm run soak` wants: see scripts/soak.mjs. */
export const wish = {
  minutes: Number(process.env.SOAK_MINUTES ?? 1),
  seed: Number(process.env.SOAK_SEED ?? 1),
};

export const PATIENCE_MS = (wish.minutes + 30) * 60_000;

/** Goes on with one seed after the other until the time is up; what was counted is told even when it fails. */
export async function soak(
  counts: () => Record<string, number>,
  round: (seed: number) => Promise<void>,
): Promise<void> {
  const end = Date.now() + wish.minutes * 60_000;
  let failure: string | undefined;
  let seed = wish.seed;
  try {
    for (; Date.now() < end; seed += 1) await round(seed);
  } catch (error) {
    failure = `seed ${seed}: ${error instanceof Error ? error.message : String(error)}`;
    throw error;
  } finally {
    const result = { seeds: [wish.seed, seed], counts: counts(), failure: failure ?? null };
    if (process.env.SOAK_RESULT) writeFileSync(process.env.SOAK_RESULT, JSON.stringify(result));
  }
}
