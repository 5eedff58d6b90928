import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  checkpointText,
  formOf,
  keyIdOf,
  saltedLeafHash,
  sealHash,
  utf8,
  vkeyOf,
  writeBundle,
  writeNote,
  type EntryRecord,
  type NoteAlgorithm,
  type ProvenRecord,
} from '@app/proof';
import type { Page } from 'playwright-core';
import { describeWithChromium } from '../support';
import { PHONE, WebStage } from './browser';
import { FLAWS } from './in-page';

const ORIGIN = 'ledger.example/books/610924';
const AT = '2026-03-01T01:02:03.000004Z';

interface LogKey {
  readonly algorithm: NoteAlgorithm;
  readonly publicKey: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

function ed25519Key(): LogKey {
  const pair = generateKeyPairSync('ed25519');
  const publicKey = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { algorithm: 'ed25519', publicKey, sign: (message) => sign(null, message, pair.privateKey) };
}

/** Read again from DER: a key that was made in the process would sign ECDSA on the same curve. */
function sm2Key(): LogKey {
  const pair = generateKeyPairSync('ec', { namedCurve: 'SM2' });
  const der = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-65);
  return { algorithm: 'sm2-sm3', publicKey, sign: (message) => sign('sm3', message, secret) };
}

const OUR_KEY = ed25519Key();
const vkeyOfLog = ({ algorithm, publicKey }: LogKey): string => vkeyOf(ORIGIN, algorithm, publicKey);
const KEY = vkeyOfLog(OUR_KEY);

const leg = (n: bigint, path: string, amount: bigint) => ({
  ...{
    leg: n,
    path,
    asset: 'CNY',
    side: -1n,
    accountKind: 'open',
    amount,
    version: 1n,
    balanceAfter: -amount,
  },
  ...{ effectiveAt: AT, effectiveHigh: null, openedAt: AT, floor: null },
});
const ENTRY: EntryRecord = {
  ...{
    seq: 1n,
    id: '0b0a6a52-0000-8000-8000-000000000301',
    kind: 'transfer',
    legs: 2n,
    body: 'ab'.repeat(32),
  },
  ...{
    recordedAt: AT,
    effectiveAt: AT,
    actor: 'user',
    reference: '榆林-2026-17',
    memo: null,
    reverses: null,
  },
  ...{ hold: null, holdAs: null, made: null },
  postings: [leg(1n, 'a', 19_373n), leg(2n, 'b', -19_373n)],
};

/** The only leaf of the only seal. */
function bundle(logKey = OUR_KEY, proven: ProvenRecord = { stream: 'entry', record: ENTRY }): string {
  const salt = new Uint8Array(32).fill(7);
  const range = (stream: ProvenRecord['stream']) => ({
    ...{ first: 1n, next: proven.stream === stream ? 2n : 1n },
  });
  const seal = {
    ...{ no: 1n, entries: range('entry'), refusals: range('refusal'), events: range('event') },
    ...{ root: saltedLeafHash(salt, formOf(proven)), previous: new Uint8Array(32), sealedAt: AT },
  };
  const text = checkpointText({ origin: ORIGIN, size: 1n, root: sealHash(seal) });
  const keyId = keyIdOf(ORIGIN, logKey.algorithm, logKey.publicKey);
  const checkpoint = writeNote(text, ORIGIN, keyId, logKey.sign(utf8(text)));
  return writeBundle({ ...proven, salt, seal, sealPath: [], logPath: [], checkpoint });
}

describeWithChromium('the page that checks proofs', () => {
  let web: WebStage;
  let page: Page;
  let folder: string;

  beforeAll(async () => {
    web = await WebStage.open();
    folder = mkdtempSync(join(tmpdir(), 'tanhui-proof-page-'));
  });
  beforeEach(async () => {
    page = await web.look('/proof');
    page.setDefaultTimeout(5_000);
  });
  afterEach(async () => {
    await page.close();
    expect(web.complaints.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await web.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const fill = async (text: string, key = KEY): Promise<void> => {
    await page.locator('input[name=key]').fill(key);
    await page.locator('textarea[name=bundle]').fill(text);
  };
  const verdict = (): Promise<string> => page.locator('.proof-verdict').innerText();

  it('says what was proven and against what, without a network', async () => {
    await page.context().setOffline(true);
    await fill(bundle());
    expect(await verdict()).toContain('✓ 证明成立');
    const text = await page.locator('main').innerText();
    for (const part of [ORIGIN, '第 1 次封存为止', '榆林-2026-17', '193.73 元', ENTRY.id])
      expect(text).toContain(part);
    expect(page.viewportSize()).toEqual(PHONE);
    expect(await page.evaluate<string[]>(FLAWS)).toEqual([]);
    await page.context().setOffline(false);
  });

  it('takes a file', async () => {
    const file = join(folder, 'bundle.json');
    writeFileSync(file, bundle());
    await page.locator('input[name=key]').fill(KEY);
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByText('证明成立').waitFor();
  });

  it.each<[ProvenRecord, readonly string[]]>([
    [
      {
        stream: 'refusal',
        record: {
          ...{ no: 1n, id: ENTRY.id, body: 'cd'.repeat(32), code: 'BALANCE_INSUFFICIENT', actor: 'user' },
          ...{ facts: '{"missing": "40"}', decidedAt: AT },
        },
      },
      ['BALANCE_INSUFFICIENT', '"missing": "40"', ENTRY.id],
    ],
    [
      {
        stream: 'event',
        record: { no: 1n, at: AT, actor: 'user', type: 'account-opened', facts: '{"account": "till"}' },
      },
      ['account-opened', '"account": "till"'],
    ],
  ])('shows what else can be proven than entries (%#)', async (proven, parts) => {
    const text = bundle(OUR_KEY, proven);
    await fill(text);
    expect(await verdict()).toContain('✓ 证明成立');
    const shown = await page.locator('main').innerText();
    for (const part of parts) expect(shown).toContain(part);
    await fill(text.replace(String(parts[0]), 'ACCOUNT_CLOSED'));
    expect(await verdict()).toContain('和当时封存的不一样');
  });

  it('checks a log that is signed with SM2 too', async () => {
    const key = sm2Key();
    await fill(bundle(key), vkeyOfLog(key));
    expect(await verdict()).toContain('✓ 证明成立');
    await fill(bundle(sm2Key()), vkeyOfLog(key));
    expect(await verdict()).toContain('不是用这把公钥签的');
  });

  it.each([
    ['a changed amount', bundle().replace('"19373"', '"19374"'), KEY, '和当时封存的不一样'],
    [
      'a changed checkpoint',
      bundle().replace('books/610924\\n1', 'books/610924\\n2'),
      KEY,
      '不是用这把公钥签的',
    ],
    ['another key', bundle(), vkeyOf(ORIGIN, 'ed25519', new Uint8Array(32).fill(9)), '不是用这把公钥签的'],
    ['a key that is none', bundle(), 'x', '公钥不对'],
    ['a file that is none', '{}', KEY, '不是本格式的证明'],
  ])('believes nothing with %s', async (_what, text, key, reason) => {
    await fill(text, key);
    expect(await verdict()).toContain('✗ 证明不成立');
    expect(await verdict()).toContain(reason);
    expect(await page.locator('main').innerText()).not.toContain('✓');
  });

  it('speaks English when asked', async () => {
    await fill(bundle());
    await page.getByRole('button', { name: 'Switch to English' }).click();
    await page.getByText('Proven: this very record').waitFor();
  });
});
