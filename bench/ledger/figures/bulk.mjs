import { workLoad } from '../../harness/load.mjs';
import { resultOf } from '../../harness/result.rules.mjs';
import { interleave } from '../../harness/rounds.mjs';
import { BareInsert } from '../bare.mjs';
import { openBook, PostingLoad } from '../contenders.mjs';
import { checkBook, countEntries } from '../sanity.mjs';
import { TARGETS } from '../targets.mjs';

/** As the desk slices a roster: an entry each. */
const LINES_A_SLICE = 249;
const NEIGHBOUR = { rate: 200, connections: 32, measureMs: 6_000, quickMs: 2_000 };
const BARE = 'bare INSERT of n entries + 2n postings';

const linesTable = (lines) => `
  CREATE SCHEMA bench;
  GRANT USAGE ON SCHEMA bench TO tanhui_app;
  CREATE TABLE bench.line (line int PRIMARY KEY, path text NOT NULL, amount bigint NOT NULL);
  INSERT INTO bench.line SELECT n, 'p' || lpad((n - 1)::text, 6, '0'), 1 + n % 100 FROM generate_series(1, ${lines}) n;
  GRANT SELECT ON bench.line TO tanhui_app;
  ANALYZE bench.line`;

export const names = ['payout-100k', 'roster-100k', 'roster-neighbour-p99'];

/** A payout and a roster whose lines are in the database, beside the bare rows of a payout; and who posts meanwhile. */
export async function measure(stage, wanted) {
  const desk = await stage.desk();
  await stage.rows(linesTable(stage.size.lines));
  const place = await openBook(stage, desk, 'engine');
  const bulk = new Bulk(stage, desk, { place, before: await countEntries(stage, place.book) });
  const results = [];
  const walls = wanted.filter((name) => name !== 'roster-neighbour-p99');
  if (walls.length > 0) results.push(...(await measureWalls(stage, bulk, walls)));
  if (wanted.includes('roster-neighbour-p99')) results.push(await measureNeighbour(stage, bulk));
  await checkBook(stage, desk, { name: 'bulk', book: place.book, entries: bulk.entries });
  await desk.stop();
  return results;
}

/** Payouts and rosters of fresh keys, and how many entries they made. */
class Bulk {
  #runs = 0;

  constructor(stage, desk, { place, before }) {
    Object.assign(this, { stage, desk, place, entries: before });
  }

  async payout() {
    const value = await this.#ask('payout');
    this.entries += this.stage.size.lines;
    return { value };
  }

  async roster() {
    const value = await this.#ask('roster');
    this.entries += Math.ceil(this.stage.size.lines / LINES_A_SLICE);
    return { value };
  }

  #ask(command) {
    const { book } = this.place;
    return this.desk.ask(command, {
      book,
      lines: this.stage.size.lines,
      tag: `${command}-${(this.#runs += 1)}-`,
    });
  }

  watched(work) {
    return () => workLoad(work, { cluster: this.stage.cluster, services: [this.desk] });
  }
}

async function measureWalls(stage, bulk, wanted) {
  const bare = new BareInsert(stage, 'payout');
  // The rows of a payout, all in one statement.
  await bulk.payout();
  const { lines } = stage.size;
  await bare.copy({ book: bulk.place.book, entries: lines, batch: lines });
  const contenders = { bare: async () => ({ value: await bare.insert() }) };
  if (wanted.includes('payout-100k')) contenders['payout-100k'] = bulk.watched(() => bulk.payout());
  if (wanted.includes('roster-100k')) contenders['roster-100k'] = bulk.watched(() => bulk.roster());
  const medians = await interleave({ rounds: stage.rounds, contenders, onMeasured: stage.saw });
  await bare.close();
  return wanted.map((name) =>
    resultOf({
      ...{ name, value: medians[name], unit: 's', target: TARGETS[name] },
      ...{ baseline: BARE, baselineValue: medians.bare },
    }),
  );
}

/** Single posts at a low fixed rate in the same book, while one roster after the other is locked and while none is. */
async function measureNeighbour(stage, bulk) {
  const name = 'roster-neighbour-p99';
  const api = await stage.engineApi();
  const { place } = bulk;
  const { rate, connections } = NEIGHBOUR;
  const http = new PostingLoad(stage, { place, port: api.port, services: [api, bulk.desk], connections });
  const measureMs = stage.options.quick ? NEIGHBOUR.quickMs : NEIGHBOUR.measureMs;
  const post = async () => {
    const seen = await http.open({ hot: false, rate, measureMs });
    return { ...seen, value: seen.latencyMs.p99 };
  };
  const meanwhile = async () => {
    let isPosting = true;
    const locking = (async () => {
      while (isPosting) await bulk.roster();
    })();
    const seen = await post();
    isPosting = false;
    await locking;
    return seen;
  };
  const contenders = { 'neighbour-idle': post, 'neighbour-roster': meanwhile };
  const medians = await interleave({ rounds: stage.rounds, contenders, onMeasured: stage.saw });
  await api.stop();
  bulk.entries += http.accepted;
  return resultOf({
    ...{ name, value: medians['neighbour-roster'], unit: `ms at ${rate} posts/s`, target: TARGETS[name] },
    ...{ baseline: 'p99 while no roster is locked', baselineValue: medians['neighbour-idle'] },
  });
}
