// Runs one of the long checks on servers of its own: `npm run soak -- model|faults --minutes 15 --seed 1`.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { ROOT } from './places.mjs';

const NAMES = ['model', 'faults'];
const EVIDENCE = join(ROOT, 'docs/evidence');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '15' }, seed: { type: 'string', default: '1' } },
});
const [name] = positionals;
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
if (!NAMES.includes(name) || !(minutes > 0) || !Number.isInteger(seed)) {
  console.error('Usage: npm run soak -- model|faults [--minutes 15] [--seed 1]');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'tanhui-soak-'));
const resultFile = join(folder, 'result.json');
const startedAt = new Date();
console.log(`Soak "${name}" for ${minutes} minutes from seed ${seed}, commit ${commit()}.`);
const code = await run();
const evidence = evidenceOf(code);
rmSync(folder, { recursive: true, force: true });
const file = save(evidence);
console.log(JSON.stringify(evidence, null, 2));
console.log(`Written to docs/evidence/${file}.`);
process.exitCode = evidence.result === 'passed' ? 0 : 1;

function run() {
  const environment = {
    ...process.env,
    TANHUI_SOAK: name,
    SOAK_MINUTES: String(minutes),
    SOAK_SEED: String(seed),
    SOAK_RESULT: resultFile,
  };
  const child = spawn(
    process.execPath,
    [join(ROOT, 'scripts/test.mjs'), '--selectProjects', 'soak', '--forceExit'],
    {
      cwd: ROOT,
      env: environment,
      stdio: 'inherit',
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill('SIGTERM'));
  return new Promise((resolve) => child.once('exit', (exitCode) => resolve(exitCode ?? 1)));
}

function evidenceOf(code) {
  const told = existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : undefined;
  const [first] = cpus();
  return {
    name,
    seed,
    lastSeed: told?.seeds[1] ?? seed,
    commit: commit(),
    startedAt: startedAt.toISOString(),
    minutes: Math.round((Date.now() - startedAt.getTime()) / 6_000) / 10,
    machine: { cpu: first?.model, cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30) },
    counts: told?.counts ?? {},
    result: code === 0 && told && !told.failure ? 'passed' : 'failed',
    failure: told ? told.failure : 'It ended before it told anything.',
  };
}

/** A tree with changes of its own is not the commit it stands on. */
function commit() {
  const git = (...args) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' }).stdout?.trim() ?? '';
  const head = git('rev-parse', '--short=12', 'HEAD') || 'unknown';
  return git('status', '--porcelain') ? `${head} with changes` : head;
}

function save(evidence) {
  mkdirSync(EVIDENCE, { recursive: true });
  const date = evidence.startedAt.slice(0, 10);
  const time = evidence.startedAt.slice(11, 16).replace(':', '');
  const file = `${date}-${name}-${time}.json`;
  writeFileSync(join(EVIDENCE, file), `${JSON.stringify(evidence, null, 2)}\n`);
  const index = join(EVIDENCE, 'README.md');
  const { commands, faults } = evidence.counts;
  const counted = commands === undefined ? `${faults ?? 0} faults` : `${commands} commands`;
  const row = `| [${date}](${file}) | ${name} | ${evidence.commit} | ${seed} | ${evidence.minutes} | ${counted} | ${evidence.result} |`;
  writeFileSync(index, `${readFileSync(index, 'utf8').trimEnd()}\n${row}\n`);
  return file;
}
