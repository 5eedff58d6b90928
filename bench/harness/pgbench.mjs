import { spawn } from 'node:child_process';

import { withClient } from './cluster.mjs';

const DATABASE = 'tpcb';

/** pgbench's own TPC-B-like script, the yardstick that everybody can run. */
export class Pgbench {
  constructor(cluster, { scale }) {
    this.cluster = cluster;
    this.scale = scale;
  }

  async prepare() {
    await withClient(this.cluster.adminUrl, (admin) => admin.query(`CREATE DATABASE ${DATABASE}`));
    await this.#run(['-i', '-q', '-s', String(this.scale)]);
  }

  /** Transactions a second. Its connections are fresh each time. */
  async tps({ clients, seconds }) {
    const options = ['-c', String(clients), '-j', '2', '-M', 'prepared', '-T', String(seconds)];
    const output = await this.#run(options);
    const tps = Number(/^tps = ([\d.]+)/m.exec(output)?.[1]);
    if (!(tps > 0)) throw new Error(`pgbench told no rate:\n${output}`);
    return tps;
  }

  #run(options) {
    const { program } = this.cluster.pgbench;
    const args = [...options, '-h', '127.0.0.1', '-p', String(this.cluster.port), '-U', 'postgres', DATABASE];
    const child = spawn(program, args, {
      env: { PATH: process.env.PATH, LC_ALL: 'C', PGPASSWORD: this.cluster.password },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (errors += data));
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) =>
        code === 0 ? resolve(output) : reject(new Error(`pgbench: ${errors.trim()}`)),
      );
    });
  }
}
