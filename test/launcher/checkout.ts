import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(__dirname, '../..');
const PATIENCE_MS = 60_000;

/** The smallest product that the launcher can start: what it asks of the real one, and nothing else. */
const APPS = {
  api: `
    import { createServer } from 'node:http';
    import { Client } from 'pg';
    const server = createServer(async (_, answer) => {
      const client = new Client({ connectionString: process.env.DATABASE_URL });
      await client.connect();
      const { rows } = await client.query('SELECT session_user AS who, count(*)::int AS times FROM started GROUP BY 1');
      await client.end();
      answer.end(JSON.stringify(rows[0]));
    });
    server.listen(Number(process.env.PORT), process.env.HOST);`,
  worker: `console.log(JSON.stringify({ level: 'warn', msg: 'worker ' + process.pid })); setInterval(() => undefined, 1e6);`,
  'bank-simulator': 'setInterval(() => undefined, 1e6);',
  cli: `
    import { Client } from 'pg';
    async function main() {
      const client = new Client({ connectionString: process.env.MIGRATE_DATABASE_URL });
      await client.connect();
      if (process.argv[2] === 'migrate') {
        await client.query('CREATE TABLE IF NOT EXISTS started (at timestamptz)');
        await client.query('GRANT SELECT ON started TO tanhui_app');
      }
      if (process.argv[2] === 'first-user') {
        const { rowCount } = await client.query('SELECT 1 FROM started');
        if (!rowCount) console.log('first sign-in');
        await client.query('INSERT INTO started VALUES (now())');
      }
      if (process.argv[2] === 'demo') console.log(JSON.stringify({ args: process.argv.slice(3), api: process.env.API_URL }));
      await client.end();
    }
    void main();`,
};

/** A checkout of its own with the real scripts and a tiny product. */
export class Checkout {
  readonly root = mkdtempSync(join(tmpdir(), 'tanhui-checkout-'));
  readonly #started: ChildProcess[] = [];

  constructor() {
    cpSync(join(ROOT, 'scripts'), join(this.root, 'scripts'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(this.root, 'node_modules'));
    for (const [app, source] of Object.entries(APPS)) this.write(`apps/${app}/src/main.ts`, source);
  }

  path(name: string): string {
    return join(this.root, name);
  }

  write(name: string, content: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), content);
  }

  /** Runs one of the scripts on servers of its own kind only, whatever this machine has. */
  run(script: string, ...args: string[]): Run {
    const child = spawn(process.execPath, [this.path(`scripts/${script}`), ...args], {
      env: { ...process.env, PORT: '', TANHUI_SERVERS: 'embedded' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#started.push(child);
    return new Run(child);
  }

  /** Ends what still runs, and removes everything, also data that root had to keep elsewhere. */
  async remove(): Promise<void> {
    for (const child of this.#started) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      await ended;
    }
    const note = this.path('.local/postgres.json');
    if (existsSync(note)) {
      const { dataDir } = JSON.parse(readFileSync(note, 'utf8')) as { dataDir: string };
      rmSync(dataDir, { recursive: true, force: true });
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A running script and what it says. */
export class Run {
  stdout = '';
  stderr = '';

  constructor(readonly child: ChildProcess) {
    child.stdout?.on('data', (data: Buffer) => (this.stdout += data.toString()));
    child.stderr?.on('data', (data: Buffer) => (this.stderr += data.toString()));
  }

  /** The first match of what it said; waits for it. */
  async said(pattern: RegExp): Promise<RegExpExecArray> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(20)) {
      const found = pattern.exec(this.stdout);
      if (found) return found;
      if (this.child.exitCode !== null) break;
    }
    throw new Error(`It never said ${pattern.source}:\n${this.stdout}\n${this.stderr}`);
  }

  async serves(): Promise<string> {
    const [, url] = await this.said(/Tanhui serves (http:\S+)/);
    return url ?? '';
  }

  async ended(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'close');
    return this.child.exitCode;
  }
}
