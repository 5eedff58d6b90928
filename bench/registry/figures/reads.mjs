import { httpLoad } from '../../harness/load.mjs';
import { resultOf } from '../../harness/result.rules.mjs';
import { interleave } from '../../harness/rounds.mjs';
import { TARGETS } from '../targets.mjs';

const WORKLOADS = new URL('../workloads.mjs', import.meta.url).href;
const CONNECTIONS = 8;
const RATE = 20;

export const names = ['serial-history-p99', 'one-book-p99'];

/** Two pages that anybody may ask for, of a county of half a million parcels, from the product as it is run. */
export async function measure(stage, wanted) {
  const own = await stage.elsewhere('large_county');
  const desk = await own.registryDesk();
  const { code, book } = await own.newBook(desk);
  stage.log(`a county of ${stage.size.county} parcels`);
  await desk.ask('county', { book, count: stage.size.county });
  await desk.ask('issue', { book, year: stage.year });
  await desk.stop();
  await own.rows('VACUUM ANALYZE');
  const issuances = await own.rows(`SELECT code, grams::text FROM credits.issuance WHERE book = $1`, [book]);
  const { port, services, stop } = await own.product();
  const read = (kind) => async () => {
    const seen = await httpLoad(
      {
        ...{ mode: 'open', rate: RATE, port, connections: CONNECTIONS, expect: 200, workload: WORKLOADS },
        ...{ warmupMs: 1_000, measureMs: stage.options.quick ? 2_000 : 10_000 },
        parameters: { kind, book: code, issuances },
      },
      { cluster: own.cluster, services },
    );
    return { ...seen, value: seen.latencyMs.p99 };
  };
  const all = { 'serial-history-p99': read('histories'), 'one-book-p99': read('oneBook') };
  const contenders = Object.fromEntries(wanted.map((name) => [name, all[name]]));
  const medians = await interleave({ rounds: stage.rounds, contenders, onMeasured: stage.saw });
  await stop();
  const unit = `ms at ${RATE} requests/s`;
  return wanted.map((name) => resultOf({ name, value: medians[name], unit, target: TARGETS[name] }));
}
