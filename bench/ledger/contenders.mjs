import { httpLoad } from '../harness/load.mjs';
import { checkBook, countEntries } from './sanity.mjs';
import { SealWatch } from './seal-watch.mjs';
import { POOLS, TypeormBaseline } from './typeorm.mjs';

export const WORKLOADS = new URL('workloads.mjs', import.meta.url).href;
export const TPCB_CLIENTS = 16;
const CONNECTIONS = 256;
/** More connections only make the baseline slower. */
const CONNECTIONS_TYPEORM = 64;

/** Who posts in the rounds: functions by name, and how to check and stop them. */

export async function tpcb(stage) {
  const pgbench = await stage.pgbench();
  const seconds = Math.max(1, Math.round(stage.time.measureMs / 1000));
  return async () => ({ value: await pgbench.tps({ clients: TPCB_CLIENTS, seconds }) });
}

/** The engine behind its own HTTP edge: nobody signs in, no worker runs. */
export async function engine(stage, desk) {
  const place = await openBook(stage, desk, 'engine');
  const api = await stage.engineApi();
  const http = new PostingLoad(stage, { place, port: api.port, services: [api] });
  return { ...contender({ stage, desk, place, http }), http, stop: () => api.stop() };
}

/**
 * The product as it is run: api and worker, signed in, audited, sealed, logged, counted. On a database of its own, for
 * its worker seals every book it finds and would work for the others too.
 */
export async function whole(stage) {
  const own = await stage.elsewhere('whole');
  const desk = await own.desk();
  const place = await openBook(own, desk, 'whole');
  const { port, token, services, stop } = await own.product();
  const http = new PostingLoad(own, { place, port, token, services });
  const watch = new SealWatch(own, place.book);
  const { contenders, check } = contender({ stage: own, desk, place, http, watch });
  return { contenders, check, http, watch, stop: () => Promise.all([stop(), desk.stop()]) };
}

/** A book with accounts that have money; made at the first call, for opening them takes its time. */
export async function openBook(stage, desk, code) {
  if (!stage.books.has(code)) {
    const { accounts } = stage.size;
    stage.log(`book "${code}" with ${accounts} accounts`);
    stage.books.set(code, { code, ...(await desk.ask('open', { code, accounts })) });
  }
  return stage.books.get(code);
}

function contender({ stage, desk, place, http, watch }) {
  const before = countEntries(stage, place.book);
  const run = async (hot) => {
    await watch?.begin();
    const seen = await http.closed({ hot });
    await watch?.end(hot);
    return { ...seen, value: seen.rate };
  };
  const { code: name, book } = place;
  return {
    contenders: { [`${name}-random`]: () => run(false), [`${name}-hot`]: () => run(true) },
    check: async () => checkBook(stage, desk, { name, book, entries: (await before) + http.accepted }),
  };
}

/** The baseline takes part with the pool size that served it best in a round of its own. */
export async function typeorm(stage) {
  stage.log('TypeORM baseline: looking for its best pool');
  const baseline = new TypeormBaseline(stage);
  const { accounts } = stage.size;
  await baseline.prepare({ accounts });
  const loads = [];
  const start = async (pool) => {
    const service = await baseline.start(pool);
    const place = { code: 'any', accounts };
    const { port } = service;
    const http = new PostingLoad(stage, {
      place,
      port,
      services: [service],
      connections: CONNECTIONS_TYPEORM,
    });
    loads.push(http);
    const run = async (hot) => {
      const seen = await http.closed({ hot });
      return { ...seen, value: seen.rate };
    };
    return { pool, run, stop: () => service.stop() };
  };
  const [random, hot] = await bestOf(stage, start);
  return {
    contenders: { 'typeorm-random': () => random.run(false), 'typeorm-hot': () => hot.run(true) },
    check: () => baseline.check(loads.reduce((sum, { accepted }) => sum + accepted, 0)),
    stop: () => Promise.all([random.stop(), hot.stop()]),
  };
}

async function bestOf(stage, start) {
  const best = [];
  for (const pool of POOLS) {
    const service = await start(pool);
    for (const [index, hot] of [false, true].entries()) {
      const { value } = await service.run(hot);
      stage.log(`  pool ${pool} ${hot ? 'hot' : 'random'}: ${value.toFixed(0)}`);
      if (!(best[index]?.value >= value)) best[index] = { value, pool };
    }
    await service.stop();
  }
  return [await start(best[0].pool), await start(best[1].pool)];
}

/** Posts to one server, on fresh connections and with keys of its own at every call. */
export class PostingLoad {
  static #runs = 0;
  accepted = 0;

  constructor(stage, { place, port, token, services, connections = CONNECTIONS }) {
    Object.assign(this, { stage, place, port, token, services, connections });
  }

  closed({ hot }) {
    return this.#run({ mode: 'closed' }, hot);
  }

  /** At a fixed rate of arrivals. */
  open({ hot, rate, measureMs }) {
    return this.#run({ mode: 'open', rate, ...(measureMs === undefined ? {} : { measureMs }) }, hot);
  }

  async #run(mode, hot) {
    const { stage, place, port, token, services, connections } = this;
    const tag = `r${(PostingLoad.#runs += 1)}`;
    const seen = await httpLoad(
      {
        ...{ port, connections, ...stage.time, ...mode, expect: 201, workload: WORKLOADS },
        parameters: { kind: 'posts', book: place.code, accounts: place.accounts, hot, token, tag },
      },
      { cluster: stage.cluster, services },
    );
    this.accepted += seen.statuses[201] ?? 0;
    return seen;
  }
}
