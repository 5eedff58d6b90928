import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Runs a piece of a module with the bench's harness in reach and gives what it printed as JSON. */
function evaluated(imports: string, code: string): unknown {
  const lines = `${imports}\nconst print = (value) => console.log(JSON.stringify(value));\n${code}`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', lines], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

const from = (file: string, names: string): string => `import { ${names} } from './bench/${file}.mjs';`;

describe('the statistics of a bench', () => {
  it('take the middle, and the mean of the two middles', () => {
    const imports = from('harness/statistics', 'median');
    expect(evaluated(imports, 'print([median([9, 1, 5]), median([4, 1, 2, 9])])')).toEqual([5, 3]);
  });

  it('tell a percentile that some request had', () => {
    const imports = from('harness/latencies', 'Latencies');
    const code = `const seen = new Latencies();
      for (let n = 200_000; n > 0; n -= 1) seen.add(n);
      print([seen.count, seen.summary()]);`;
    const summary = { p50: 100_000, p90: 180_000, p99: 198_000, p999: 199_800, max: 200_000 };
    expect(evaluated(imports, code)).toEqual([200_000, summary]);
  });

  it('alternate the order of the contenders and count only the rounds', () => {
    const imports = from('harness/rounds', 'interleave');
    const code = `const order = [];
      let n = 0;
      const one = (name) => async () => (order.push(name), { value: (n += 1) });
      const seen = [];
      const contenders = { a: one('a'), b: one('b') };
      const medians = await interleave({ rounds: 3, contenders, onMeasured: ({ name, round }) => seen.push(name + round) });
      print({ order: order.join(''), seen: seen.join(' '), medians });`;
    expect(evaluated(imports, code)).toEqual({
      order: 'ababbaab',
      seen: 'a1 b1 b2 a2 a3 b3',
      medians: { a: 6, b: 5 },
    });
  });
});

describe('several runs', () => {
  it('tell each figure as the last of them found it', () => {
    const imports = from('harness/outcome', 'newestOf');
    const code = `const run = (commit, values) => ({
        commit,
        results: Object.entries(values).map(([name, value]) => ({ name, value })),
        load: { cpu: Object.fromEntries(Object.keys(values).map((name) => [name, commit])) },
      });
      print(newestOf([run('old', { a: 1, b: 2 }), run('between', { b: 3 }), run('new', { b: 4, c: 5 })]));`;
    expect(evaluated(imports, code)).toEqual([
      { commit: 'old', results: [{ name: 'a', value: 1 }], load: { cpu: { a: 'old' } } },
      {
        commit: 'new',
        results: [
          { name: 'b', value: 4 },
          { name: 'c', value: 5 },
        ],
        load: { cpu: { b: 'new', c: 'new' } },
      },
    ]);
  });
});

describe('an open loop', () => {
  it('counts a latency from the moment the request was meant to start', () => {
    const imports = `import { createServer } from 'node:http';\n${from('harness/load', 'httpLoad')}`;
    // One connection and 20 ms an answer: whoever arrives every 5 ms waits for all before.
    const code = `const server = createServer((_request, answer) => setTimeout(() => answer.end('{}'), 20));
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address();
      const spec = { port, connections: 1, warmupMs: 0, measureMs: 300, expect: 200,
        workload: new URL('./bench/ledger/workloads.mjs', 'file://' + process.cwd() + '/').href, parameters: { kind: 'empty' } };
      const who = { cluster: { pid: process.pid, dataDir: '/proc' }, services: [] };
      const open = await httpLoad({ ...spec, mode: 'open', rate: 200 }, who);
      const closed = await httpLoad({ ...spec, mode: 'closed' }, who);
      server.close();
      print({ arrived: open.requests, unanswered: open.unanswered, longest: open.latencyMs.max,
        closed: closed.requests, shares: Object.keys(open.cpu) });`;
    const seen = evaluated(imports, code) as Record<string, number>;
    expect(seen).toMatchObject({
      unanswered: 0,
      shares: ['generator', 'api', 'postgres', 'others'],
    });
    // The last arrival may fall on either side of the window's end.
    expect([59, 60]).toContain(seen.arrived);
    // 59 answers of at least 20 ms, one after the other, the last asked for after 295 ms.
    expect(seen.longest).toBeGreaterThan(59 * 20 - 295 - 5);
    expect(seen.closed).toBeLessThanOrEqual(15);
  });

  it('counts who was never answered, with the time waited', () => {
    const imports = from('harness/tally', 'Tally');
    const code = `const tally = new Tally({ window: { startMs: 100, endMs: 200 }, by: 'started', expect: 200 });
      tally.answered({ startedMs: 50 }, 200, () => '', 190);
      tally.answered({ startedMs: 150 }, 200, () => '', 900);
      tally.unanswered(160, 1160);
      const { requests, unanswered, latencyMs } = tally.summary();
      print({ requests, unanswered, p50: latencyMs.p50, max: latencyMs.max });`;
    expect(evaluated(imports, code)).toEqual({ requests: 1, unanswered: 1, p50: 750, max: 1000 });
  });

  it('forgives no other status', () => {
    const imports = `import { createServer } from 'node:http';\n${from('harness/load', 'httpLoad')}`;
    const code = `let n = 0;
      const server = createServer((_request, answer) => ((answer.statusCode = (n += 1) === 7 ? 500 : 200), answer.end('{}')));
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      const spec = { mode: 'closed', port: server.address().port, connections: 2, warmupMs: 0, measureMs: 100, expect: 200,
        workload: new URL('./bench/ledger/workloads.mjs', 'file://' + process.cwd() + '/').href, parameters: { kind: 'empty' } };
      const who = { cluster: { pid: process.pid, dataDir: '/proc' }, services: [] };
      const outcome = await httpLoad(spec, who).then(() => 'accepted', (error) => error.message);
      server.close();
      print(outcome);`;
    expect(evaluated(imports, code)).toMatch(/expected 200 only, got .*"500":1/);
  });
});

describe('the output of a bench', () => {
  const KEYS = ['name', 'value', 'unit', 'baseline', 'baselineValue', 'ratio', 'atLeast', 'aim', 'met'];

  it('has the one shape', () => {
    const imports = `${from('harness/outcome', 'outcomeOf')}\n${from('harness/result.rules', 'resultOf')}`;
    const code = `const cluster = { version: 'v', pgbench: { version: 'p' }, settings: {} };
      const target = { atLeast: 1.5, aim: 2.5 };
      const results = [resultOf({ name: 'x', value: 3, unit: 'posts/s', baseline: 'b', baselineValue: 2, target })];
      const seen = [{ name: 'x', round: 1, load: 0.5, value: 3, cpu: { api: 1 } }];
      print(await outcomeOf({ command: 'c', rounds: 1, measure: async () => ({ results, cluster, seen }) }));`;
    const outcome = evaluated(imports, code) as { load: object; results: object[] };
    expect(Object.keys(outcome)).toEqual(['machine', 'load', 'commit', 'results']);
    expect(Object.keys(outcome.results[0]!)).toEqual(KEYS);
    expect(outcome.results[0]).toMatchObject({ ratio: 1.5, met: true });
    expect(outcome.load).toMatchObject({ least: 0.5, most: 0.5, cpu: { x: { api: 1 } } });
  });

  it('is met by more where more is better, by less where less is, and never by rounding', () => {
    const imports = from('harness/result.rules', 'resultOf');
    const code = `const met = (value, baselineValue, atLeast, aim) =>
        resultOf({ name: 'x', value, unit: '', baselineValue, target: { atLeast, aim } }).met;
      print([met(14999, 10000, 1.5, 2.5), met(15, 10, 1.5, 2.5), met(20, 10, 2, 1.5), met(20001, 10000, 2, 1.5),
        met(0.4, undefined, 2, 0.5), resultOf({ name: 'x', value: 1, unit: '' }).met]);`;
    expect(evaluated(imports, code)).toEqual([false, true, true, false, true, null]);
  });

  it('has a figure for every target', () => {
    const imports = `${from('ledger/index', 'figures')}\n${from('ledger/targets', 'TARGETS')}`;
    const code = `const known = [...figures({}), ...figures({ growth: true })];
      print(Object.keys(TARGETS).filter((name) => !known.includes(name)));`;
    expect(evaluated(imports, code)).toEqual([]);
  });

  it('goes between its marks in a document and touches nothing else', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tanhui-bench-'));
    const file = join(folder, 'doc.md');
    writeFileSync(file, 'before\n<!-- bench:a -->\nold\n<!-- /bench:a -->\nafter\n');
    const imports = from('harness/report', 'writeBlock');
    evaluated(imports, `writeBlock(${JSON.stringify(file)}, 'a', 'new'); print(null);`);
    const text = readFileSync(file, 'utf8');
    rmSync(folder, { recursive: true });
    expect(text).toBe('before\n<!-- bench:a -->\n\nnew\n\n<!-- /bench:a -->\nafter\n');
  });
});
