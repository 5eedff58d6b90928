import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { serverAccount } from '../../scripts/servers/account.mjs';
import { startInstance, type Instance } from '../../scripts/servers/postgres-instance.mjs';
import { openScratch } from '../../scripts/servers/scratch.mjs';
import { newSecrets } from '../../scripts/secrets.mjs';
import { newRunName, openRun } from '../../scripts/test/scratch.mjs';
import { TcpProxy, type Watcher } from '../support/tcp-proxy';

const ROOT = join(__dirname, '../..');

/**
 * A PostgreSQL of one test file's own, with every safety on, for what no other test would survive. Clients reach it
 * through a proxy, so that they find it again when it was started anew.
 */
export class PrivateCluster {
  #instance: Instance;

  private constructor(
    private readonly wish: Parameters<typeof startInstance>[0],
    instance: Instance,
    readonly proxy: TcpProxy,
    private readonly remove: () => void,
    private readonly before: NodeJS.ProcessEnv,
  ) {
    this.#instance = instance;
  }

  /** From now on `createTestDatabase` makes its databases here. */
  static async open(watch?: () => Watcher): Promise<PrivateCluster> {
    const { folder, remove } = await openScratch();
    const secrets = newSecrets();
    const wish = {
      ...{ dataDir: join(folder, 'postgres'), password: secrets.superuser, isKept: true },
      ...{ logFile: join(folder, 'postgres.log'), account: serverAccount() },
    };
    const instance = await startInstance(wish);
    const proxy = await TcpProxy.before(() => addressOf(cluster.#instance.url), watch);
    const cluster: PrivateCluster = new PrivateCluster(wish, instance, proxy, remove, { ...process.env });
    const run = newRunName();
    const straight = await openRun(instance.url, run, secrets);
    // Waits for another process, so it cannot go through a proxy in this one.
    migrate(straight.owner);
    const urls = mapped(straight, (url) => proxy.through(url));
    Object.assign(process.env, {
      TEST_TEMPLATE: run,
      TEST_ADMIN_DATABASE_URL: proxy.through(instance.url),
      TEST_OWNER_DATABASE_URL: urls.owner,
      TEST_APP_DATABASE_URL: urls.app,
      TEST_AUDITOR_DATABASE_URL: urls.auditor,
      TEST_DEMO_DATABASE_URL: urls.demo,
    });
    return cluster;
  }

  async close(): Promise<void> {
    await this.proxy.close();
    await this.#instance.stop();
    this.remove();
    Object.assign(process.env, this.before);
  }

  /** The postmaster is gone without a word, as in a power cut; then it is started again and repairs itself. */
  async killPostmaster(): Promise<void> {
    this.#instance.child.kill('SIGKILL');
    await this.restart();
  }

  /** The postmaster sees one backend die and, not trusting the memory they share, ends all and starts over. */
  killBackend(pid: number): void {
    process.kill(pid, 'SIGKILL');
  }

  private async restart(): Promise<void> {
    this.proxy.cutAll();
    for (let tries = 1; ; tries += 1) {
      try {
        this.#instance = await startInstance(this.wish);
        return;
      } catch (error) {
        // Backends of the old one may still be letting go of the shared memory.
        if (tries === 20) throw error;
        await sleep(250);
      }
    }
  }
}

const mapped = <T extends Record<string, string>>(urls: T, change: (url: string) => string): T =>
  Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, change(url)])) as T;

const addressOf = (url: string): { host: string; port: number } => {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
};

function migrate(url: string): void {
  const script = join(ROOT, 'scripts/test/migrate.mjs');
  const done = spawnSync(process.execPath, [script], {
    env: { ...process.env, MIGRATE_DATABASE_URL: url },
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`The private cluster was not migrated.\n${done.stderr}`);
}
