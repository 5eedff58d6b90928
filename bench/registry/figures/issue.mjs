import { workLoad } from '../../harness/load.mjs';
import { resultOf } from '../../harness/result.rules.mjs';
import { interleave } from '../../harness/rounds.mjs';
import { BareIssue } from '../bare-issue.mjs';
import { TARGETS } from '../targets.mjs';

export const names = ['issue-100k', 'issue-over-bare'];

/** A year of a county in which everybody has a parcel: measured, re-checked and issued, beside its bare rows. */
export async function measure(stage, wanted) {
  const desk = await stage.registryDesk();
  const { size, year } = stage;
  const bare = new BareIssue(stage);
  let last;
  const issue = async () => {
    const { book } = await stage.newBook(desk);
    await desk.ask('county', { book, count: size.holders });
    last = book;
    return workLoad(async () => ({ value: await desk.ask('issue', { book, year }) }), {
      ...{ cluster: stage.cluster, services: [desk] },
    });
  };
  await issue();
  await check(stage, last);
  await bare.copy(last);
  const contenders = { bare: async () => ({ value: await bare.insert() }), 'issue-100k': issue };
  const medians = await interleave({ rounds: stage.rounds, contenders, onMeasured: stage.saw });
  await bare.close();
  await desk.stop();
  const value = medians['issue-100k'];
  const all = {
    'issue-100k': { unit: `s for ${size.holders}` },
    'issue-over-bare': {
      ...{ unit: 's', baseline: 'bare INSERT of the same rows and indexes', baselineValue: medians.bare },
    },
  };
  return wanted.map((name) => resultOf({ name, value, target: TARGETS[name], ...all[name] }));
}

/** Every holder has a block, and the blocks hold the grams of the measurements. */
async function check(stage, book) {
  const [found] = await stage.rows(
    `SELECT (SELECT count(DISTINCT party) FROM credits.serial_block WHERE book = $1)::int AS holders,
            (SELECT count(*) FROM credits.measurement WHERE book = $1)::int AS measured`,
    [book],
  );
  if (found.measured !== stage.size.holders || found.holders === 0) {
    throw new Error(`book ${book}: ${found.measured} parcels were measured, ${found.holders} hold serials`);
  }
  stage.log(`  ${found.holders} holders of ${found.measured} parcels`);
}
