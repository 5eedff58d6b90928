import { workLoad } from '../../harness/load.mjs';
import { resultOf } from '../../harness/result.rules.mjs';
import { interleave } from '../../harness/rounds.mjs';
import { BareInsert } from '../bare.mjs';
import { openBook } from '../contenders.mjs';
import { checkBook, countEntries } from '../sanity.mjs';
import { TARGETS } from '../targets.mjs';

const SIZE = 1_000;

export const names = ['sql-batch-1000-random', 'sql-batch-1000-hot'];

/** Batches of 1,000 entries through a library's door, each one call and one commit, beside the bare rows. */
export async function measure(stage, wanted) {
  const desk = await stage.desk();
  const place = await openBook(stage, desk, 'engine');
  const before = await countEntries(stage, place.book);
  const seconds = stage.time.measureMs / 1000;
  let posted = 0;
  let runs = 0;
  const bares = [];
  const contenders = {};
  for (const load of ['random', 'hot']) {
    if (!wanted.includes(`sql-batch-1000-${load}`)) continue;
    const bare = new BareInsert(stage, `batch_${load}`);
    const batch = async () => {
      const wish = { ...place, size: SIZE, seconds, hot: load === 'hot', tag: `${load}-${(runs += 1)}` };
      const { entries, rate } = await desk.ask('batch', wish);
      posted += entries;
      return { value: rate, entries };
    };
    const watched = () => workLoad(batch, { cluster: stage.cluster, services: [desk] });
    contenders[`batch-${load}`] = watched;
    contenders[`bare-${load}`] = async () => {
      if (!bares.includes(bare)) {
        // Rows of this very load: those just posted.
        const { entries } = await batch();
        await bare.copy({ book: place.book, entries, batch: SIZE });
        bares.push(bare);
      }
      return { value: bare.entries / (await bare.insert()) };
    };
  }
  const medians = await interleave({ rounds: stage.rounds, contenders, onMeasured: stage.saw });
  for (const bare of bares) await bare.close();
  await checkBook(stage, desk, { name: 'batch', book: place.book, entries: before + posted });
  await desk.stop();
  return wanted.map((name) => {
    const load = name.split('-').at(-1);
    return resultOf({
      ...{ name, value: medians[`batch-${load}`], unit: 'entries/s', target: TARGETS[name] },
      baseline: 'bare INSERT of the same rows and indexes',
      baselineValue: medians[`bare-${load}`],
    });
  });
}
