import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

import type { TestDatabase } from './database';
import { queuePrefix, redisUrl } from './needs';

const ROOT = join(__dirname, '../..');
const PATIENCE_MS = 30_000;

/** A process of the product, as compiled into dist/ by `npm test`: for tests that kill one. */
export interface AppProcess {
  readonly pid: number;
  /** All it printed so far, both streams. */
  output(): string;
  hasEnded(): boolean;
  /** Null while it runs, and when a signal ended it. */
  exitCode(): number | null;
  /** Resolves when it has printed this; throws when it ends first or takes too long. */
  printed(text: string): Promise<void>;
  /** Resolves when it is gone. SIGKILL is the crash, SIGTERM the orderly end. Harmless when it is gone already. */
  end(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

export type AppName = 'api' | 'worker' | 'bank-simulator' | 'cli';

/** Starts one. It ends with the test process at the latest, even when that is killed. */
export function startApp(
  app: AppName,
  environment: NodeJS.ProcessEnv,
  args: readonly string[] = [],
): AppProcess {
  const program = join(ROOT, 'dist/apps', app, 'src/main.js');
  const preload = join(ROOT, 'scripts/launch/child.cjs');
  // A command ends by itself; a channel to us would keep it alive.
  const watched = app === 'cli' ? [] : ['--require', preload];
  const child = spawn(process.execPath, ['--enable-source-maps', ...watched, program, ...args], {
    env: environment,
    stdio: app === 'cli' ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => (text += data.toString()));
  }
  return {
    pid: child.pid ?? 0,
    output: () => text,
    hasEnded: () => hasEnded(child),
    exitCode: () => child.exitCode,
    printed: (wanted) => printed(child, wanted, () => text),
    async end(signal = 'SIGTERM') {
      if (hasEnded(child)) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function printed(child: ChildProcess, wanted: string, text: () => string): Promise<void> {
  for (
    const end = Date.now() + PATIENCE_MS;
    Date.now() < end;
    await new Promise((go) => setTimeout(go, 20))
  ) {
    if (text().includes(wanted)) return;
    if (hasEnded(child)) throw new Error(`It ended before it printed "${wanted}":\n${text()}`);
  }
  throw new Error(`It did not print "${wanted}":\n${text()}`);
}

/** Keys are as good as real ones and forgotten with the test file. */
const keys = {
  SEAL_KEY_ID: 'k1',
  SEAL_KEY: randomBytes(32).toString('base64'),
  INDEX_KEY: randomBytes(32).toString('base64'),
  BANK_KEY: randomBytes(32).toString('base64'),
  CHECKPOINT_KEY: randomBytes(32).toString('base64'),
};

/**
 * What a process of the product reads at boot, for this database. Every call in one test file has the same keys.
 * @param queue `redis` only inside describeWithRedis
 */
export function appEnvironment(
  database: TestDatabase,
  queue: 'postgres' | 'redis' = 'postgres',
): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    DATABASE_URL: database.appUrl,
    AUDITOR_DATABASE_URL: database.auditorUrl,
    DEMO_DATABASE_URL: database.demoUrl,
    TANHUI_QUEUE_PREFIX: queuePrefix,
    ...(queue === 'redis' && { REDIS_URL: redisUrl() }),
    ...keys,
  };
}

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}
