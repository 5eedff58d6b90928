import { workLoad } from '../../harness/load.mjs';
import { resultOf } from '../../harness/result.rules.mjs';
import { interleave } from '../../harness/rounds.mjs';
import { TARGETS } from '../targets.mjs';

export const names = ['import-100k', 'import-parties-100k', 'validate-csv-100k', 'validate-xlsx-100k'];

/**
 * Parcels and their rights come in as two files, after the parties who hold them; and the file of parcels is read and
 * checked against the book, as CSV and as a workbook, without loading it.
 */
export async function measure(stage, wanted) {
  const desk = await stage.registryDesk();
  const { holders: count } = stage.size;
  const watched = (work) => () => workLoad(work, { cluster: stage.cluster, services: [desk] });
  const file = (book, kind, more = {}) => desk.ask('import', { book, kind, from: 0, count, ...more });
  const { book: empty } = await stage.newBook(desk);
  let parties = [];
  const all = {
    'import-100k': watched(async () => {
      const { book } = await stage.newBook(desk);
      parties.push(await file(book, 'parties'));
      return { value: (await file(book, 'parcels')) + (await file(book, 'rights')) };
    }),
    'validate-csv-100k': watched(async () => ({ value: await file(empty, 'parcels', { dryRun: true }) })),
    'validate-xlsx-100k': watched(async () => ({
      value: await file(empty, 'parcels', { dryRun: true, format: 'xlsx' }),
    })),
  };
  const needed = (name) =>
    wanted.includes(name) ||
    (name === 'import-100k' && wanted.includes('import-parties-100k')) ||
    (name === 'validate-csv-100k' && wanted.includes('validate-xlsx-100k'));
  const contenders = Object.fromEntries(Object.entries(all).filter(([name]) => needed(name)));
  const medians = await interleave({ rounds: stage.rounds, contenders, onMeasured: stage.saw });
  await desk.stop();
  // The first was not counted.
  parties = parties.slice(1).sort((a, b) => a - b);
  const values = { ...medians, 'import-parties-100k': parties[parties.length >> 1] };
  return wanted.map((name) =>
    resultOf({
      ...{ name, value: values[name], unit: `s for ${count}`, target: TARGETS[name] },
      ...(name === 'validate-xlsx-100k'
        ? { baseline: 'the same rows as CSV', baselineValue: medians['validate-csv-100k'] }
        : {}),
    }),
  );
}
