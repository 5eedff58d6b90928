import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { ROOT } from '../places.mjs';
import { endChild } from '../servers/process.mjs';
import { follow, openLog } from './log-file.mjs';
import { NODE_FLAGS } from './node-flags.mjs';

const PRELOAD = join(ROOT, 'scripts/launch/child.cjs');
const PAUSE_FIRST_MS = 200;
const PAUSE_MAX_MS = 10_000;

/** Who has lived so long did not die of its start: the next pause is a short one again. */
const SETTLED_MS = 30_000;

/**
 * Keeps one process of the product running: started again when it dies, after a pause that grows.
 * The child has an IPC channel: it ends on `disconnect`, so that it never outlives the launcher, not even one that
 * was killed (see child.cjs).
 */
export class Service {
  #child;
  #log;
  #isStopping = false;
  #pauseMs = PAUSE_FIRST_MS;
  /** How often it died by itself. */
  deaths = 0;
  /** The last question over HTTP that is known to have reached this process and no other. */
  heard;

  /**
   * @param {object} about
   * @param {string} about.name as shown to people
   * @param {string} about.program path of the compiled main file
   * @param {() => object | Promise<object>} about.environment asked at every start
   * @param {string} about.logFile
   * @param {(text: string) => void} about.say
   */
  constructor({ name, program, environment, logFile, say }) {
    Object.assign(this, { name, program, environment, say });
    this.#log = openLog(logFile);
  }

  async start() {
    const env = await this.environment();
    if (this.#isStopping) return;
    const began = Date.now();
    const child = spawn(process.execPath, [...NODE_FLAGS, '--require', PRELOAD, this.program], {
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Its own process group: Ctrl-C reaches the launcher alone, which then stops everything in order.
      detached: true,
    });
    this.#child = child;
    this.heard = undefined;
    child.on('message', (message) => (this.heard = message.heard));
    for (const stream of [child.stdout, child.stderr]) {
      follow(stream, this.#log, (text) => this.say(`[${this.name}] ${text}`));
    }
    child.once('error', (error) => this.say(`[${this.name}] ${error.message}`));
    child.once('exit', (code, signal) => this.#revive(signal ?? `code ${code}`, Date.now() - began));
  }

  async #revive(reason, livedMs) {
    if (this.#isStopping) return;
    this.deaths += 1;
    if (livedMs > SETTLED_MS) this.#pauseMs = PAUSE_FIRST_MS;
    this.say(`[${this.name}] ended (${reason}); starting it again in ${this.#pauseMs / 1000} s.`);
    await sleep(this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, PAUSE_MAX_MS);
    if (!this.#isStopping) await this.start();
  }

  async stop() {
    this.#isStopping = true;
    if (this.#child) await endChild(this.#child, 'SIGTERM', 5_000);
    this.#log.end();
  }
}
