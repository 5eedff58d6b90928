import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { processesInside } from '../../scripts/servers/orphan.mjs';
import { startRedis } from '../../scripts/servers/redis.mjs';
import { newSecrets } from '../../scripts/secrets.mjs';

/** A Redis of one test's own, which may be killed: it comes up again where everybody looks for it, and empty. */
export class MortalRedis {
  kills = 0;

  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly stop: () => Promise<void>,
  ) {}

  /** Undefined where there is none that belongs to nobody else. */
  static async open(): Promise<MortalRedis | undefined> {
    const folder = mkdtempSync(join(tmpdir(), 'tanhui-redis-'));
    const redis = await startRedis({ folder, password: newSecrets().redis, logFile: join(folder, 'log') });
    if (redis.url !== undefined && !redis.isShared) {
      return new MortalRedis(redis.url, folder, () => redis.stop());
    }
    rmSync(folder, { recursive: true });
    return undefined;
  }

  /** Throws when there was nobody to kill, so that no test counts a blow that did not fall. */
  kill(): Promise<void> {
    const pids = processesInside(this.folder) ?? [];
    if (pids.length === 0) throw new Error('No Redis was there to be killed');
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    this.kills += 1;
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
