import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';

import { operate, programOf as programOfApp } from '../../scripts/launch/operate.mjs';
import { adminOf, openCluster, provisionDatabase, withClient } from '../harness/cluster.mjs';
import { Pgbench } from '../harness/pgbench.mjs';
import { programOf } from '../harness/programs.mjs';
import { freePort, Service } from '../harness/service.mjs';

const DATABASE = 'bench';
const SIZE = { accounts: 100_000, lines: 100_000, large: 5_000_000, fresh: 50_000, tpcbScale: 50 };
const SIZE_QUICK = { accounts: 10_000, lines: 10_000, large: 20_000, fresh: 2_000, tpcbScale: 10 };

/** A domain owner of the bench's own: kinds that a library would have, without a library. */
const KINDS = `
  INSERT INTO ledger.account_kind (kind, owner, side, floor) VALUES ('bench-due', 'bench', -1, 0);
  INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds) VALUES
    ('bench.move', 'bench', false, '{open}'),
    ('bench.lock', 'bench', false, '{open,bench-due}')`;

/** What all figures share: the cluster, the product's database on it, and the programs under test. */
export class Stage {
  constructor({ options, log }) {
    Object.assign(this, { options, log });
    /** What to end, last first. */
    this.undo = [];
    /** Books opened so far, by code: figures that only post share one. */
    this.books = new Map();
    this.rounds = options.rounds;
    this.time = options.quick ? { warmupMs: 300, measureMs: 700 } : { warmupMs: 1_000, measureMs: 3_000 };
    /** Open accounts of a book, lines of a payout, entries of the large book. */
    this.size = options.quick ? SIZE_QUICK : SIZE;
    /** What was seen of every measurement, for the load and the processor shares of the run. */
    this.seen = [];
  }

  async open() {
    this.cluster = await openCluster();
    this.undo.push(() => this.cluster.close());
    await this.openDatabase(DATABASE);
    this.log(`${this.cluster.version} on port ${this.cluster.port}`);
  }

  /** The same stage over another database of the cluster, with nothing in it but what is measured. */
  async elsewhere(database) {
    const other = Object.create(this);
    await other.openDatabase(database);
    return other;
  }

  /** The same stage over a database that is there already, as a copy of one of ours. */
  async inDatabase(database) {
    const other = Object.create(this);
    other.use(database, await provisionDatabase(this.cluster, database));
    return other;
  }

  /** Makes a database with the product's schema and the bench's kinds. */
  async openDatabase(database) {
    const urls = await provisionDatabase(this.cluster, database);
    await operate('migrate', { ...process.env, MIGRATE_DATABASE_URL: urls.owner }, () => undefined);
    await withClient(adminOf(this.cluster, database), (admin) => admin.query(KINDS));
    this.use(database, urls);
  }

  use(database, urls) {
    Object.assign(this, { database, urls, adminUrl: adminOf(this.cluster, database) });
  }

  async close() {
    while (this.undo.length > 0) await this.undo.pop()();
  }

  admin(work) {
    return withClient(this.adminUrl, work);
  }

  /** The rows of one question of the superuser. */
  async rows(sql, parameters = []) {
    return this.admin(async (admin) => (await admin.query(sql, parameters)).rows);
  }

  /** pgbench, its tables made at the first call. */
  async pgbench() {
    if (!this.tpcb) {
      this.log(`pgbench tables, scale ${this.size.tpcbScale}`);
      this.tpcb = new Pgbench(this.cluster, { scale: this.size.tpcbScale });
      await this.tpcb.prepare();
    }
    return this.tpcb;
  }

  /** The environment of a process of the product. */
  environment() {
    const { sealKey, sealKeyId, indexKey, bankKey, checkpointKey } = this.cluster.secrets;
    return {
      DATABASE_URL: this.urls.app,
      AUDITOR_DATABASE_URL: this.urls.auditor,
      HOST: '127.0.0.1',
      SEAL_KEY: sealKey,
      SEAL_KEY_ID: sealKeyId,
      INDEX_KEY: indexKey,
      BANK_KEY: bankKey,
      CHECKPOINT_KEY: checkpointKey,
      TANHUI_QUEUE_PREFIX: 'tanhui-bench',
    };
  }

  /** A started program; it is stopped with the stage at the latest. */
  async start({ name, program, environment, ready }) {
    const { profile } = this.options;
    const service = new Service({ name, program, environment, folder: this.cluster.folder, profile });
    this.undo.push(() => service.stop());
    return service.start(ready);
  }

  desk() {
    const program = programOf('bench/ledger/programs/desk');
    return this.start({ name: 'desk', program, environment: this.environment(), ready: 'ready' });
  }

  async engineApi() {
    const port = await freePort();
    const program = programOf('bench/ledger/programs/engine-api');
    const environment = { ...this.environment(), PORT: String(port) };
    return Object.assign(await this.start({ name: 'engine-api', program, environment, ready: 'ready' }), {
      port,
    });
  }

  /** The product as it is run: api and worker, with a signed-in administrator's token. */
  async product() {
    const port = await freePort();
    const published = mkdtempSync(join(this.cluster.folder, 'checkpoints-'));
    const environment = { ...this.environment(), PORT: String(port), CHECKPOINT_FOLDER: published };
    const api = await this.start({
      name: 'api',
      program: programOfApp('api'),
      environment,
      ready: 'api ready',
    });
    const worker = await this.start({
      ...{ name: 'worker', program: programOfApp('worker'), environment, ready: 'worker ready' },
    });
    const token = await this.signIn(port);
    return {
      port,
      token,
      api,
      worker,
      services: [api, worker],
      stop: () => Promise.all([api.stop(), worker.stop()]),
    };
  }

  async signIn(port) {
    if (!this.administrator) {
      let told = '';
      const environment = { ...process.env, MIGRATE_DATABASE_URL: this.urls.owner };
      await operate('first-user', environment, (text) => (told = text));
      const [, user, password] = /user (\S+)\s+password (\S+)/.exec(told) ?? [];
      if (!password) throw new Error('nobody can sign in to the api under test');
      this.administrator = { user, password };
    }
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(this.administrator),
    });
    if (!answer.ok) throw new Error(`sign-in answered ${answer.status}`);
    return (await answer.json()).token;
  }

  /** Notes a measurement and tells of it. */
  saw = (measured) => {
    this.seen.push(measured);
    const { name, round, value, load, rate, cpu, latencyMs } = measured;
    const shares = cpu ? ` · cores ${textOf(cpu, (share) => share.toFixed(2))}` : '';
    const costs =
      cpu && rate ? ` · µs each ${textOf(cpu, (share) => ((share / rate) * 1e6).toFixed(0))}` : '';
    const waits = latencyMs ? ` · p50 ${latencyMs.p50.toFixed(1)} p99 ${latencyMs.p99.toFixed(1)} ms` : '';
    this.log(
      `  ${name} round ${round}: ${value.toFixed(value < 100 ? 2 : 0)} · load ${load}${waits}${shares}${costs}`,
    );
  };
}

const textOf = (cpu, format) =>
  Object.entries(cpu)
    .map(([who, share]) => `${who} ${format(share)}`)
    .join(', ');
