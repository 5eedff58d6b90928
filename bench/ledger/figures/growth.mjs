import { resultOf } from '../../harness/result.rules.mjs';
import { interleave } from '../../harness/rounds.mjs';
import { PostingLoad, tpcb } from '../contenders.mjs';
import { fill } from '../growth-rows.mjs';
import { countEntries } from '../sanity.mjs';
import { TARGETS } from '../targets.mjs';

const MILLIONS = [1, 10, 50];
const QUICK_PART = 250;
const OPEN_SHARE = 0.5;

export const names = [
  'growth-10m',
  'growth-50m',
  ...MILLIONS.map((millions) => `growth-${millions}m-open-p99`),
];

/**
 * One book of each size, each in a database of its own on the one cluster, so that all sizes meet the same minutes.
 * A larger one begins as a copy of the smaller one.
 */
export async function measure(stage, wanted) {
  const books = await loadAll(stage);
  const contenders = { tpcb: await tpcb(stage) };
  for (const { name, http } of books) {
    contenders[name] = async () => {
      const seen = await http.closed({ hot: false });
      return { ...seen, value: seen.rate };
    };
  }
  const medians = await interleave({ rounds: stage.rounds, contenders, onMeasured: stage.saw });
  const waits = await openLoops(stage, books, Math.floor(medians[books[0].name] * OPEN_SHARE));
  for (const book of books) await check(book);
  return wanted.map((name) => {
    if (name.endsWith('-open-p99')) return waits[name];
    const [value, baselineValue] = [medians[name], medians[books[0].name]];
    const baseline = 'the same with 1 million postings in the book';
    return resultOf({ name, value, unit: 'posts/s', baseline, baselineValue, target: TARGETS[name] });
  });
}

async function loadAll(stage) {
  const books = [];
  let loaded = 0;
  for (const millions of MILLIONS) {
    const postings = (millions * 1_000_000) / (stage.options.quick ? QUICK_PART : 1);
    const database = `growth_${millions}m`;
    const before = books.at(-1);
    stage.log(`${database}: a book of ${postings} postings`);
    const own = before ? await copyOf(stage, before, database) : await stage.elsewhere(database);
    const desk = await own.desk();
    const place = before?.place ?? {
      code: 'growth',
      ...(await desk.ask('open', { code: 'growth', accounts: stage.size.accounts })),
    };
    const entries = postings / 2 - loaded;
    await fill(own, { place, entries });
    loaded += entries;
    await own.rows('VACUUM ANALYZE');
    await desk.stop();
    books.push({ name: `growth-${millions}m`, database, own, place });
  }
  for (const book of books) await serve(book);
  return books;
}

/** PostgreSQL copies the files of a database that nobody is connected to. */
async function copyOf(stage, { database: from }, database) {
  await stage.rows(`CREATE DATABASE ${database} OWNER tanhui_owner TEMPLATE ${from} STRATEGY file_copy`);
  return stage.inDatabase(database);
}

async function serve(book) {
  const { own, place } = book;
  book.before = await countEntries(own, place.book);
  book.api = await own.engineApi();
  book.http = new PostingLoad(own, { place, port: book.api.port, services: [book.api] });
}

/** The same rate for all sizes, so that their waits can be compared. */
async function openLoops(stage, books, rate) {
  const contenders = Object.fromEntries(
    books.map(({ name, http }) => [
      `${name}-open-p99`,
      async () => {
        const seen = await http.open({ hot: false, rate });
        return { ...seen, value: seen.latencyMs.p99 };
      },
    ]),
  );
  const medians = await interleave({ rounds: stage.rounds, contenders, onMeasured: stage.saw });
  const unit = `ms at ${rate} posts/s`;
  return Object.fromEntries(
    Object.entries(medians).map(([name, value]) => {
      const first = `${books[0].name}-open-p99`;
      const compared = name === first ? {} : { baseline: first, baselineValue: medians[first] };
      return [name, resultOf({ name, value, unit, ...compared })];
    }),
  );
}

async function check({ name, own, place, api, http, before }) {
  await api.stop();
  const found = await countEntries(own, place.book);
  if (found !== before + http.accepted) {
    throw new Error(`${name}: ${before + http.accepted} entries were accepted, the book holds ${found}`);
  }
  const desk = await own.desk();
  const { ok, findings } = await desk.ask('verify', { book: place.book });
  if (!ok) throw new Error(`${name}: the book does not verify: ${findings.join('; ')}`);
  await desk.stop();
  own.log(`  ${name}: ${found} entries, verified`);
}
