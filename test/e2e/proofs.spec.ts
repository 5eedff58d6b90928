import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { publishedNotes } from '@app/ledger';
import { compareCheckpoints, verifyBundle } from '@app/proof';
import { Strangers } from './proofs-edge';
import { ProofsStage } from './proofs-stage';

const WEBHOOK_KEY = 'a secret of sixteen and more';

describe('proofs of the shipped product', () => {
  let strangers: Strangers;
  let stage: ProofsStage;

  beforeAll(async () => {
    strangers = await Strangers.start();
    stage = await ProofsStage.open(() => ({
      CHECKPOINT_STORE_URL: `${strangers.url}/store`,
      CHECKPOINT_STORE_AUTHORIZATION: 'Bearer store',
      CHECKPOINT_WEBHOOK_URL: `${strangers.url}/hook`,
      CHECKPOINT_WEBHOOK_KEY: WEBHOOK_KEY,
    }));
  });
  afterAll(async () => {
    await stage.close();
    await strangers.stop();
  });

  const entryAndProof = async () => stage.proofOf(`entries/${await stage.transfer()}`);

  it('seals an entry behind the request and proves it to whoever has the public key', async () => {
    const bundle = await entryAndProof();
    const { vkey, origin } = await stage.log();
    expect(origin).toBe('ledger.example/books/county');
    expect(verifyBundle(bundle, vkey)).toMatchObject({
      ok: true,
      proven: { record: { kind: 'transfer', postings: [{ path: 'a', amount: 12_300n }, { path: 'b' }] } },
    });
  });

  it('checks a proof on the command line with neither database nor network', async () => {
    const bundle = await entryAndProof();
    const { vkey } = await stage.log();
    const verify = (name: string, text: string, ...key: string[]) =>
      stage.cli(['proof', 'verify', stage.file(name, text), ...key]);
    const whole = await verify('bundle.json', bundle, '--key', vkey);
    expect(whole).toContain('PROVEN');
    expect(whole).toContain('debit     12300 CNY  a');
    const forged = bundle.replace('"amount": "12300"', '"amount": "12301"');
    expect(await verify('forged.json', forged, '--key', vkey)).toMatch(/^NOT PROVEN {2}RECORD/);
    expect(await verify('bundle.json', bundle)).toContain('Usage');
  });

  it('proves to everybody that a later checkpoint continues an earlier one', async () => {
    const before = await stage.log();
    await entryAndProof();
    const after = await stage.log();
    expect(BigInt(after.size)).toBeGreaterThan(BigInt(before.size));
    const { path } = await stage.see<{ path: string[] }>(
      `public/books/county/consistency?from=${before.size}&to=${after.size}`,
    );
    expect(compareCheckpoints([before.note, after.note], path, after.vkey)).toMatchObject({ ok: true });
    const told = await stage.cli([
      ...['proof', 'compare', stage.file('old', before.note), stage.file('new', after.note)],
      ...['--key', after.vkey, '--path', stage.file('path.json', JSON.stringify({ path }))],
    ]);
    expect(told).toContain('CONSISTENT');
    expect(await stage.see(`public/books/county/checkpoints/${before.size}`)).toMatchObject({
      note: before.note,
    });
  });

  it.each([
    ['public/books/county/checkpoints/999999', 404, 'CHECKPOINT_UNKNOWN'],
    ['public/books/county/checkpoints/0x1', 404, 'CHECKPOINT_UNKNOWN'],
    ['public/books/county/consistency?from=1&to=999999', 422, 'PROOF_SIZES_WRONG'],
    ['public/books/county/consistency?from=2', 422, 'PROOF_SIZES_WRONG'],
    ['public/books/county/consistency?from=1&from=1&to=1', 422, 'PROOF_SIZES_WRONG'],
    ['public/books/nowhere/checkpoints', 404, 'BOOK_UNKNOWN'],
    ['books/county/entries/99999/proof', 404, 'ENTRY_UNKNOWN'],
    ['books/county/entries/not-an-id/proof', 404, 'ENTRY_UNKNOWN'],
  ])('refuses %s with %i %s', async (path, status, code) => {
    const answer = await stage.call(path);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
  });

  it('gives the salt of an entry to nobody but a reader of the book', async () => {
    const entry = await stage.transfer();
    await stage.proofOf(`entries/${entry}`);
    const answer = await stage.call(`books/county/entries/${entry}/proof`, {}, '');
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain('salt');
  });

  it('publishes to folder, store and webhook, through broken places and a killed worker, each note once', async () => {
    strangers.broken = 3;
    await entryAndProof();
    await stage.killWorker();
    await entryAndProof();
    const { note, size, vkey, origin } = await stage.log();
    const place = `/store/county/${'0'.repeat(12)}/${size.padStart(12, '0')}.checkpoint`;
    await stage.until(() => Promise.resolve(strangers.objects.get(place)));
    expect(strangers.objects.get(place)).toBe(note);
    const delivery = await stage.until(() =>
      Promise.resolve(strangers.deliveries.find(({ body }) => body === note)),
    );
    const signature = createHmac('sha256', WEBHOOK_KEY).update(note).digest('hex');
    expect(delivery.headers).toMatchObject({
      'tanhui-signature': `sha256=${signature}`,
      'tanhui-delivery': `${origin}/${size}`,
    });
    const folder = join(stage.folder, 'checkpoints');
    const notes = await stage.until(async () => {
      const found = await publishedNotes(folder, 'county');
      return found.includes(note) ? found : undefined;
    });
    expect(new Set(notes).size).toBe(notes.length);
    const keyId = vkey.split('+')[1]!;
    expect(readFileSync(join(folder, 'county', `${keyId}.vkey`), 'utf8').trim()).toBe(vkey);
  });

  it('shows how far it is behind', async () => {
    const answer = await stage.metrics();
    expect(await answer.text()).toMatch(/tanhui_seal_lag_seconds\{book="county"\} [\d.]+/);
  });
});
