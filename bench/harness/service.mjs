import { fork } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { NODE_FLAGS } from '../../scripts/launch/node-flags.mjs';
import { ROOT } from '../../scripts/places.mjs';
import { endChild, freePort, hasExited, until } from '../../scripts/servers/process.mjs';
import { secondsOf } from './cpu.mjs';

const PRELOAD = join(ROOT, 'scripts/launch/child.cjs');

/** A program under test, in a process of its own that ends with us at the latest. */
export class Service {
  #child;

  constructor({ name, program, environment, folder, profile }) {
    Object.assign(this, { name, program, environment });
    this.nodeOptions = profile ? ['--cpu-prof', `--cpu-prof-dir=${join(profile, name)}`] : [];
    this.logFile = join(folder, `${name}.log`);
  }

  /** Starts it and waits until it has printed this text. */
  async start(ready) {
    const log = openSync(this.logFile, 'w', 0o600);
    this.#child = fork(this.program, [], {
      execArgv: [...NODE_FLAGS, '--require', PRELOAD, ...this.nodeOptions],
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...this.environment },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    const isReady = await until(() => hasExited(this.#child) || this.output().includes(ready), 60_000);
    if (!isReady || hasExited(this.#child)) {
      await this.stop();
      throw new Error(`${this.name} did not come up:\n${this.output().slice(-3_000)}`);
    }
    return this;
  }

  output() {
    return readFileSync(this.logFile, 'utf8');
  }

  get pid() {
    return this.#child.pid;
  }

  cpuSeconds() {
    return secondsOf(this.pid);
  }

  /** Sends a question over the channel and gives its answer: `{ok, value | error}`. One at a time. */
  ask(command, parameters = {}) {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const lost = () => reject(new Error(`${this.name} ended:\n${this.output().slice(-3_000)}`));
      child.once('exit', lost);
      child.once('message', ({ ok, value, error }) => {
        child.removeListener('exit', lost);
        if (ok) resolve(value);
        else reject(new Error(`${this.name}: ${error}`));
      });
      child.send({ command, parameters });
    });
  }

  async stop() {
    if (this.#child) await endChild(this.#child, 'SIGTERM', 15_000);
  }
}

export { freePort };
