import { openBook } from './contenders.mjs';

/** A book that is lived in has late postings; point-in-time reads have to get past them. */
const LATE_ONE_IN = 50;
const STEP = 500_000;

/** A database with one book of ten million postings, loaded through the engine's own door for bulk. Made once. */
export function largeBook(stage) {
  stage.large ??= open(stage);
  return stage.large;
}

async function open(stage) {
  const own = await stage.elsewhere('large');
  const desk = await own.desk();
  const place = await openBook(own, desk, 'large');
  const entries = stage.size.large;
  const seconds = await load(own, desk, { place, entries });
  await own.rows('VACUUM ANALYZE');
  return { stage: own, desk, place, entries, rate: entries / seconds };
}

/** A month's entries, in steps, and tells how it goes. Returns the seconds spent. */
async function load(stage, desk, { place, entries }) {
  let spent = 0;
  for (let done = 0; done < entries; done += STEP) {
    const step = Math.min(STEP, entries - done);
    const spread = { done, total: entries, lateOneIn: LATE_ONE_IN };
    const seconds = await desk.ask('load', { ...place, entries: step, tag: `large-${done}-`, spread });
    spent += seconds;
    stage.log(`  loaded ${done + step} entries, ${Math.round(step / seconds)}/s`);
  }
  return spent;
}
