import { workLoad } from '../../harness/load.mjs';
import { resultOf } from '../../harness/result.rules.mjs';
import { interleave } from '../../harness/rounds.mjs';
import { PostingLoad } from '../contenders.mjs';
import { largeBook } from '../large-book.mjs';
import { TARGETS } from '../targets.mjs';

export const names = ['verify-full-10m', 'verify-incremental'];

/** Verification of the large book, whole and of what is new, beside reading its tables and beside posting to it. */
export async function measure(stage, wanted) {
  const large = await largeBook(stage);
  const results = [];
  if (wanted.includes('verify-full-10m')) results.push(await full(stage, large));
  if (wanted.includes('verify-incremental')) results.push(await incremental(stage, large));
  return results;
}

/** Beside reading the same tables once, as fast as PostgreSQL gives them out. */
async function full(stage, large) {
  const name = 'verify-full-10m';
  await seal(large);
  const contenders = {
    'copy-binary': async () => ({ value: await copySeconds(large.stage) }),
    'verify-full': watched(large, async () => ({ value: (await verify(large)).seconds })),
  };
  const medians = await interleave({ rounds: stage.rounds, contenders, warm: false, onMeasured: stage.saw });
  return resultOf({
    ...{ name, value: medians['verify-full'], unit: 's', target: TARGETS[name] },
    ...{ baseline: 'COPY of the tables, BINARY', baselineValue: medians['copy-binary'] },
  });
}

/** The auditor has to be faster than those who post, or it would never catch up. */
async function incremental(stage, large) {
  const name = 'verify-incremental';
  const api = await large.stage.engineApi();
  const http = new PostingLoad(large.stage, { place: large.place, port: api.port, services: [api] });
  // What was verified before is the point to go on from.
  await seal(large);
  await verify(large);
  let runs = 0;
  const verifyNew = async () => {
    const tag = `new-${(runs += 1)}-`;
    await large.desk.ask('load', { ...large.place, entries: stage.size.fresh, tag });
    await seal(large);
    return watched(large, async () => {
      const { entries, seconds } = await verify(large, { onlyNew: true });
      return { value: entries / seconds };
    })();
  };
  const post = async () => {
    const seen = await http.closed({ hot: false });
    return { ...seen, value: seen.rate };
  };
  const contenders = { 'verify-new': verifyNew, 'large-random': post };
  const medians = await interleave({ rounds: stage.rounds, contenders, onMeasured: stage.saw });
  await api.stop();
  return resultOf({
    ...{ name, value: medians['verify-new'], unit: 'entries/s', target: TARGETS[name] },
    ...{ baseline: 'posts over HTTP to the same book', baselineValue: medians['large-random'] },
  });
}

const watched = (large, work) => () =>
  workLoad(work, { cluster: large.stage.cluster, services: [large.desk] });

/** To nowhere on the server itself: a client would only add to it. */
async function copySeconds(stage) {
  const tables = await stage.rows(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'ledger'`,
  );
  const began = process.hrtime.bigint();
  for (const { name } of tables) await stage.rows(`COPY ${name} TO '/dev/null' (FORMAT binary)`);
  return Number(process.hrtime.bigint() - began) / 1e9;
}

/** The worker would have done it by and by. */
async function seal(large) {
  const { entries, seconds } = await large.desk.ask('seal', { book: large.place.book });
  large.stage.log(`  sealed ${entries} entries in ${seconds.toFixed(1)} s`);
}

async function verify(large, { onlyNew = false } = {}) {
  const found = await large.desk.ask('verify', { book: large.place.book, onlyNew });
  if (!found.ok) throw new Error(`the large book does not verify: ${found.findings.join('; ')}`);
  return found;
}
