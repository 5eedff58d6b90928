import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { COUNTY } from '../invariants/credits-county';
import { request } from '../../apps/cli/src/requests/request';
import { BOOK, CreditsEdge } from './credits-edge';

/** Two parcels of two households, both issued for 2025. */
describe('requests of the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tanhui-cli-'));
  let edge: CreditsEdge;
  let handler: string;
  let registrar: string;

  beforeAll(async () => {
    edge = await CreditsEdge.start();
    await edge.county.plant(2);
    await edge.county.issueAll();
    handler = await edge.staff('forestry-handler', COUNTY);
    registrar = await edge.staff('credit-registrar', COUNTY);
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await edge.stop();
  });

  /** What one command of `credits` prints, and its exit code. */
  async function credits(args: readonly string[], token: string, url = edge.url) {
    Object.assign(process.env, { API_URL: url, API_TOKEN: token });
    let [out, err] = ['', ''];
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
    jest.spyOn(console, 'error').mockImplementation((text) => void (err += String(text)));
    const code = await request('credits', args);
    jest.restoreAllMocks();
    return { code, out, err };
  }

  it('tell who holds land, for people and as JSON', async () => {
    const plain = await credits(['land', '--book', BOOK, '--code', 'XB00001'], '');
    expect([plain.code, plain.err]).toEqual([0, '']);
    expect(plain.out).toMatch(/^ +scheme: county-ledger$/m);
    const { out } = await credits(['land', '--book', BOOK, '--code', 'XB00001', '--json'], '');
    expect(JSON.parse(out)).toMatchObject({ landUnits: [{ claims: [{ scheme: 'county-ledger' }] }] });
  });

  it('propose a reversal, dry first, and have another person decide it', async () => {
    const file = join(folder, 'fire.json');
    const parcels = [{ parcelCode: 'XB00001', lostPercent: '100' }];
    writeFileSync(
      file,
      JSON.stringify({ kind: 'fire', day: '2026-03-01', evidence: '勘查报告1号', parcels }),
    );
    const propose = ['propose-reversal', '--book', BOOK, '--file', file, '--json'];
    expect((await credits([...propose, '--dry-run'], handler)).code).toBe(0);
    const { out } = await credits(propose, handler);
    const decide = [
      'decide-reversal',
      '--book',
      BOOK,
      '--id',
      String((JSON.parse(out) as { id: string }).id),
    ];
    const refused = await credits([...decide, '--json'], handler);
    expect([refused.code, JSON.parse(refused.err)]).toMatchObject([1, { code: 'POST_REQUIRED' }]);
    expect((await credits(decide, registrar)).code).toBe(0);
    const listed = await credits(['reversals', '--book', BOOK, '--state', 'approved', '--json'], registrar);
    expect(JSON.parse(listed.out)).toMatchObject({ items: [{ kind: 'fire', parcels: 1, openGrams: '0' }] });
  });

  it('are explained when they are not understood, and say when nobody answers', async () => {
    const unknown = await credits(['mint'], '');
    expect([unknown.code, unknown.out]).toEqual([2, '']);
    expect(unknown.err).toContain('credits land --book <book>');
    const away = await credits(['land', '--book', BOOK, '--code', 'XB00001'], '', 'http://127.0.0.1:9');
    expect([away.code, away.err]).toEqual([2, expect.stringContaining('cannot be reached')]);
  });
});
