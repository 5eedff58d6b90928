import { readFileSync } from 'node:fs';
import pg from 'pg';

import { resultOf } from '../../harness/result.rules.mjs';
import { interleave } from '../../harness/rounds.mjs';
import { BareInsert } from '../bare.mjs';
import { openBook } from '../contenders.mjs';

/** Entries of a batch, and batches of one measurement. */
const SIZE = 1_000;
const BATCHES = 20;
const BARE = 'bare INSERT of the same rows and indexes';

/**
 * The posting function, cut off before each of these places: what a cut costs more than the one before it is what
 * stands between them.
 */
const CUTS = {
  'phase-accounts': '    -- 2. The fence:',
  'phase-fence': '    -- 5. Decide.',
  'phase-decide': '    -- 5. Record what was accepted.',
  'phase-entries': '    INSERT INTO ledger.posting (',
  'phase-postings': '    -- By place on disk:',
  'phase-totals': '    IF p_hold_until IS NOT NULL THEN\n      INSERT INTO ledger.hold (',
};

/** What a door sets for the posting function. */
const AT_THE_DOOR = `
  SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_material = off; SET enable_hashjoin = off;
  SET enable_mergejoin = off; SET enable_memoize = off; SET jit = off; SET plan_cache_mode = force_generic_plan`;

export const names = Object.keys(CUTS);

/** Where a post's time goes in PostgreSQL: processor time of one connection, entries of two legs, random payers. */
export async function measure(stage, wanted) {
  const desk = await stage.desk();
  const place = await openBook(stage, desk, 'engine');
  await desk.ask('batch', { ...place, size: SIZE, seconds: 5, hot: false, tag: 'phases' });
  await desk.stop();
  const bare = new BareInsert(stage, 'phases');
  await bare.copy({ book: place.book, entries: SIZE * BATCHES, batch: SIZE });
  const client = new pg.Client({ connectionString: stage.adminUrl });
  await client.connect();
  await prepare(client, place);
  const contenders = {
    bare: async () => ({
      value: await microseconds(bare.client, SIZE * bare.batches, () => bare.insert()),
    }),
  };
  for (const name of names) contenders[name] = () => cut(client, name);
  const medians = await interleave({ rounds: stage.rounds, contenders, onMeasured: stage.saw });
  await bare.close();
  await client.end();
  return wanted.map((name) => {
    const before = names[names.indexOf(name) - 1];
    return resultOf({
      ...{ name, value: medians[name] - (before === undefined ? 0 : medians[before]) },
      ...{ unit: 'µs an entry', baseline: BARE, baselineValue: medians.bare },
    });
  });
}

/** Makes the cut functions, and batches of random payers for them. */
async function prepare(client, { book, accounts }) {
  const { rows } = await client.query(`SELECT pg_get_functiondef('ledger.post_batch'::regproc) AS whole`);
  await client.query('CREATE SCHEMA phases');
  for (const [name, place] of Object.entries(CUTS)) {
    if (!rows[0].whole.includes(place)) throw new Error(`the posting function has no "${place.trim()}"`);
    const body = rows[0].whole.replace('ledger.post_batch(', `phases.${functionOf(name)}(`);
    await client.query(body.replace(place, `RETURN;\n${place}`));
  }
  await client.query(AT_THE_DOOR);
  await client.query(`
    CREATE TABLE phases.batch (no int PRIMARY KEY, paths text[], assets text[], slots int[], amounts bigint[])`);
  for (let no = 0; no < BATCHES; no += 1) {
    const { paths, slots, amounts } = batchOf(accounts);
    await client.query(`INSERT INTO phases.batch VALUES ($1, $2, $3, $4, $5)`, [
      ...[no, paths, paths.map(() => 'CNY'), slots, amounts],
    ]);
  }
  for (const name of names) await client.query(callOf(name, book));
}

const functionOf = (name) => name.replace('-', '_');

function batchOf(accounts) {
  const [slotOf, slots, amounts] = [new Map(), [], []];
  const slotFor = (path) => slotOf.get(path) ?? slotOf.set(path, slotOf.size + 1).size;
  for (let n = 0; n < SIZE; n += 1) {
    const payer = Math.floor(Math.random() * accounts);
    const payee = (payer + 1 + Math.floor(Math.random() * (accounts - 1))) % accounts;
    slots.push(slotFor(pathOf(payer)), slotFor(pathOf(payee)));
    amounts.push(1, -1);
  }
  return { paths: [...slotOf.keys()], slots, amounts };
}

const pathOf = (n) => `p${String(n).padStart(6, '0')}`;

const filled = (value, type) => `array_fill(${value}::${type}, ARRAY[${SIZE}])`;

const callOf = (name, book) => `
  PREPARE ${functionOf(name)} (int) AS
  SELECT p.first_seq FROM phases.batch b, LATERAL phases.${functionOf(name)}(false, ${book}, 'bench', false, false, NULL,
    NULL, ARRAY(SELECT gen_random_uuid() FROM generate_series(1, ${SIZE})), ${filled(`sha256('x')`, 'bytea')},
    ${filled(`'bench.move'`, 'text')}, ${filled(`'bench'`, 'text')}, ${filled('NULL', 'text')}, ${filled('NULL', 'text')},
    ${filled('NULL', 'timestamptz')}, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    ARRAY(SELECT 2 * n - 1 FROM generate_series(1, ${SIZE} + 1) n), b.paths, b.assets, b.slots, b.amounts) p
   WHERE b.no = $1`;

/** Whatever a cut has recorded goes back: it is half of a post. */
async function cut(client, name) {
  const value = await microseconds(client, SIZE * BATCHES, async () => {
    for (let no = 0; no < BATCHES; no += 1) {
      await client.query('BEGIN');
      await client.query(`EXECUTE ${functionOf(name)}(${no})`);
      await client.query('ROLLBACK');
    }
  });
  await client.query('VACUUM ledger.account, ledger.entry, ledger.posting');
  return { value };
}

/** Processor time that the connection's server process spent on each of so many things. */
async function microseconds({ processID }, count, work) {
  const spent = () => Number(readFileSync(`/proc/${processID}/schedstat`, 'utf8').split(' ')[0]) / 1_000;
  const before = spent();
  await work();
  return (spent() - before) / count;
}
