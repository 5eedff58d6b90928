import { resultOf } from '../../harness/result.rules.mjs';
import { TARGETS } from '../targets.mjs';

export const names = ['growth-import-1m', 'growth-issue-1m'];

/** Ten times the county, in one book, beside the county itself just before: once, for it takes long. */
export async function measure(stage, wanted) {
  const { growth, holders } = stage.size;
  const county = async (count) => {
    const own = await stage.elsewhere(`county_${count}`);
    const desk = await own.registryDesk();
    const { book } = await own.newBook(desk);
    const imported = await desk.ask('county', { book, count });
    const issued = await desk.ask('issue', { book, year: stage.year });
    await desk.stop();
    stage.log(`  ${count}: imported in ${imported.toFixed(1)} s, issued in ${issued.toFixed(1)} s`);
    return { 'growth-import-1m': imported, 'growth-issue-1m': issued };
  };
  const small = await county(holders);
  const large = await county(growth);
  const baseline = `${holders} in a book of their own`;
  return wanted.map((name) =>
    resultOf({
      ...{ name, value: large[name], unit: `s for ${growth}`, target: TARGETS[name] },
      ...{ baseline, baselineValue: small[name] },
    }),
  );
}
