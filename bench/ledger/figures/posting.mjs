import { resultOf } from '../../harness/result.rules.mjs';
import { interleave } from '../../harness/rounds.mjs';
import { median } from '../../harness/statistics.mjs';
import { engine, tpcb, TPCB_CLIENTS, typeorm, whole } from '../contenders.mjs';
import { TARGETS } from '../targets.mjs';

/** Of what a closed loop got through: a rate at which nothing should pile up. */
const OPEN_SHARE = 0.5;

export const names = [
  ...['http-engine-random', 'http-engine-hot', 'http-whole-random', 'http-whole-hot'],
  ...['http-engine-random-over-typeorm', 'http-engine-hot-over-typeorm', 'http-hot-over-random'],
  ...['http-engine-open-p99', 'http-whole-open-p99', 'sealing-lag'],
];

const NEEDS = {
  engine: (name) => name.includes('engine') || name === 'http-hot-over-random',
  whole: (name) => name.includes('whole') || name === 'sealing-lag',
  typeorm: (name) => name.includes('typeorm'),
};

/** Single posts over HTTP: the engine alone, the whole product, and the two yardsticks, in the same rounds. */
export async function measure(stage, wanted) {
  const desk = await stage.desk();
  const opened = {};
  for (const [who, open] of Object.entries({ engine, whole, typeorm })) {
    if (wanted.some(NEEDS[who])) opened[who] = await open(stage, desk);
  }
  const contenders = Object.assign(
    { tpcb: await tpcb(stage) },
    ...Object.values(opened).map((one) => one.contenders),
  );
  const medians = await interleave({ rounds: stage.rounds, contenders, onMeasured: stage.saw });
  const results = [];
  for (const name of wanted) results.push(await figure(name, { stage, medians, opened }));
  for (const { check } of Object.values(opened)) await check();
  for (const { stop } of Object.values(opened)) await stop();
  await desk.stop();
  return results;
}

function figure(name, { stage, medians, opened }) {
  const target = TARGETS[name];
  const unit = 'posts/s';
  if (name === 'http-hot-over-random') {
    const [value, baselineValue] = [medians['engine-hot'], medians['engine-random']];
    return resultOf({ name, value, unit, baseline: 'the same with random payers', baselineValue, target });
  }
  if (name === 'sealing-lag') return sealingLag(name, opened.whole.watch);
  const [, who, load, over] = /^http-(engine|whole)-(random|hot|open-p99)(-over-typeorm)?$/.exec(name);
  if (load === 'open-p99')
    return openP99({ name, who, stage, http: opened[who].http, top: medians[`${who}-random`] });
  const value = medians[`${who}-${load}`];
  const baseline = over ? `TypeORM service, best pool, ${load}` : `pgbench TPC-B, ${TPCB_CLIENTS} clients`;
  return resultOf({
    ...{ name, value, unit, baseline, target },
    baselineValue: over ? medians[`typeorm-${load}`] : medians.tpcb,
  });
}

/** The first look belongs to the uncounted round. */
function sealingLag(name, { worst }) {
  return resultOf({ name, value: median(worst.slice(2)), unit: 's', target: TARGETS[name] });
}

/** What a caller waits at half of the top rate, its arrivals not caring how the server is doing. */
async function openP99({ name, who, stage, http, top }) {
  const rate = Math.floor(top * OPEN_SHARE);
  const contenders = {
    [`${who}-open`]: async () => {
      const seen = await http.open({ hot: false, rate });
      if (seen.unanswered > 0) throw new Error(`${name}: ${seen.unanswered} posts were never answered`);
      return { ...seen, value: seen.latencyMs.p99 };
    },
  };
  const medians = await interleave({ rounds: stage.rounds, contenders, onMeasured: stage.saw });
  return resultOf({ name, value: medians[`${who}-open`], unit: `ms at ${rate} posts/s` });
}
