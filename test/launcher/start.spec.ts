import { existsSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { Checkout } from './checkout';

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

async function isGone(url: string): Promise<boolean> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    try {
      await fetch(url);
    } catch {
      return true;
    }
    await sleep(50);
  }
  return false;
}

describe('npm start', () => {
  let checkout: Checkout;

  beforeEach(() => {
    checkout = new Checkout();
  });
  afterEach(() => checkout.remove());

  it('serves, notes where, keeps its secrets to itself, and leaves nothing running after Ctrl-C', async () => {
    const run = checkout.run('start.mjs');
    const url = await run.serves();
    expect(await (await fetch(url)).json()).toEqual({ who: 'tanhui_login_app', times: 1 });
    expect(run.stdout).toContain('first sign-in');
    expect(modeOf(checkout.path('.local/secrets.json'))).toBe('600');
    expect(modeOf(checkout.path('.local/running.json'))).toBe('600');
    expect(JSON.parse(readFileSync(checkout.path('.local/running.json'), 'utf8'))).toMatchObject({
      pid: run.child.pid,
      apiUrl: url,
    });

    run.child.kill('SIGINT');
    expect(await run.ended()).toBe(0);
    expect(await isGone(url)).toBe(true);
    expect(existsSync(checkout.path('.local/running.json'))).toBe(false);
  });

  it('says where it already runs when it is started twice', async () => {
    const url = await checkout.run('start.mjs').serves();
    const second = checkout.run('start.mjs');
    expect(await second.ended()).toBe(1);
    expect(second.stderr).toContain('already runs from this checkout');
    expect(second.stderr).toContain(url);
    expect((await fetch(url)).status).toBe(200);
  });

  it('survives its own SIGKILL: no process of the product is left, and the next start has the data', async () => {
    const first = checkout.run('start.mjs');
    const url = await first.serves();
    first.child.kill('SIGKILL');
    expect(await isGone(url)).toBe(true);

    const second = checkout.run('start.mjs');
    expect(await (await fetch(await second.serves())).json()).toMatchObject({ times: 2 });
    expect(second.stdout).not.toContain('first sign-in');
  });

  it('starts a worker again that was killed', async () => {
    const run = checkout.run('start.mjs');
    const [, pid] = await run.said(/worker (\d+)/);
    await run.serves();
    process.kill(Number(pid), 'SIGKILL');
    await run.said(/\[worker\] ended \(SIGKILL\)/);
    await run.said(new RegExp(`worker (?!${pid}\\b)\\d+`));
  });

  it('runs from two checkouts at the same moment, each on a port of its own', async () => {
    const other = new Checkout();
    try {
      const runs = [checkout.run('start.mjs'), other.run('start.mjs')];
      const [first, second] = await Promise.all(runs.map((run) => run.serves()));
      expect(first).not.toBe(second);
    } finally {
      await other.remove();
    }
  });
});

describe('npm run demo', () => {
  let checkout: Checkout;

  beforeEach(() => {
    checkout = new Checkout();
  });
  afterEach(() => checkout.remove());

  it('runs alone, prints only the figures to stdout, and stops what it started', async () => {
    const run = checkout.run('demo.mjs', '--county', '610924', '--json');
    expect(await run.ended()).toBe(0);
    const { args, api } = JSON.parse(run.stdout) as { args: string[]; api: string };
    expect(args).toEqual(['--county', '610924', '--json']);
    expect(await isGone(api)).toBe(true);
  });

  it('runs beside a running product and leaves it alone', async () => {
    const url = await checkout.run('start.mjs').serves();
    const run = checkout.run('demo.mjs');
    expect(await run.ended()).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ api: url });
    expect((await fetch(url)).status).toBe(200);
  });
});
