import { ed25519 } from '@noble/curves/ed25519';
import { sha256 } from '@noble/hashes/sha2';
import fc from 'fast-check';

import { fromHex, toHex, utf8 } from '../bytes';
import { entryForm, type EntryRecord, type PostingRecord } from '../forms/entry-form';
import { eventForm } from '../forms/event-form';
import { refusalForm } from '../forms/refusal-form';
import { sealForm, type SealRecord } from '../forms/seal-form';
import { checkpointText } from '../note/checkpoint';
import { writeNote } from '../note/signed-note';
import { keyIdOf, vkeyOf } from '../note/verifier-key';
import { saltedLeafHash, saltOf } from '../tree/hashes';
import { proveConsistency, proveInclusion, rootOf, treeOf } from '../tree/prove';
import { readBundle, writeBundle, type ProvenRecord } from './bundle';
import { compareCheckpoints } from './compare-checkpoints';
import { follows, formOf, indexOf, sealHash, verifyBundle } from './verify-bundle';

const SECRET = fromHex('01'.repeat(32));
const SEED = fromHex('5e'.repeat(32));
const ORIGIN = 'ledger.example/books/610924';
const PUBLIC = ed25519.getPublicKey(SECRET);
const KEY = vkeyOf(ORIGIN, 'ed25519', PUBLIC);

const POSTING: PostingRecord = {
  leg: 1n,
  path: 'payable/i1/r1',
  asset: 'CNY',
  side: -1n,
  accountKind: 'payable',
  amount: 19_373n,
  version: 1n,
  balanceAfter: -19_373n,
  effectiveAt: '2026-03-01T01:02:03.000004Z',
  effectiveHigh: null,
  openedAt: '2026-03-01T01:02:03.000004Z',
  floor: 0n,
};
const ENTRY: EntryRecord = {
  seq: 7n,
  id: '0b0a6a52-0000-8000-8000-000000000301',
  kind: 'compensation.lock',
  legs: 2n,
  body: 'ab'.repeat(32),
  recordedAt: '2026-03-01T01:02:03.000004Z',
  effectiveAt: '2026-03-01T01:02:03.000004Z',
  actor: '林业局',
  reference: null,
  memo: 'lock',
  reverses: null,
  hold: '0b0a6a52-0000-8000-8000-000000000302',
  holdAs: 'commit',
  made: { seq: 7n, owner: 'ledger', expiresAt: '2026-03-02T00:00:00.000000Z' },
  postings: [
    POSTING,
    { ...POSTING, leg: 2n, path: 'in-transit/i1', amount: -19_373n, version: 9n, floor: null },
  ],
};
const REFUSAL = {
  no: 3n,
  id: '0b0a6a52-0000-8000-8000-000000000303',
  body: 'cd'.repeat(32),
  code: 'BALANCE_INSUFFICIENT',
  facts: '{"missing": "1"}',
  actor: 'user',
  decidedAt: '2026-03-01T01:02:03.000004Z',
};
const EVENT = {
  no: 2n,
  at: '2026-03-01T01:02:03.000004Z',
  actor: 'user',
  type: 'asset-opened',
  facts: '{"asset": "CNY"}',
};

const SEAL: SealRecord = {
  no: 3n,
  entries: { first: 5n, next: 9n },
  refusals: { first: 3n, next: 4n },
  events: { first: 1n, next: 3n },
  root: new Uint8Array(32),
  previous: fromHex('11'.repeat(32)),
  sealedAt: '2026-03-01T01:02:04.000000Z',
};

const sign = (size: bigint, root: Uint8Array): string => {
  const text = checkpointText({ origin: ORIGIN, size, root });
  return writeNote(text, ORIGIN, keyIdOf(ORIGIN, 'ed25519', PUBLIC), ed25519.sign(utf8(text), SECRET));
};

/** A seal of seven leaves, third of five in the log; all but the proven one made up. */
async function bundleOf(proven: ProvenRecord): Promise<string> {
  const index = indexOf({ ...proven, seal: SEAL });
  const no = proven.stream === 'entry' ? proven.record.seq : proven.record.no;
  const salt = saltOf(SEED, proven.stream, no);
  const leaves = Array.from({ length: 7 }, (_none, at) => sha256(Uint8Array.of(at)));
  const tree = treeOf(leaves.with(Number(index), saltedLeafHash(salt, formOf(proven))));
  const seal = { ...SEAL, root: await rootOf(7n, tree) };
  const log = treeOf(
    [0, 1, 0, 3, 4].map((n, at) => (at === 2 ? sealHash(seal) : sha256(Uint8Array.of(n, at)))),
  );
  return writeBundle({
    ...proven,
    salt,
    seal,
    sealPath: await proveInclusion(index, 7n, tree),
    logPath: await proveInclusion(2n, 5n, log),
    checkpoint: sign(5n, await rootOf(5n, log)),
  });
}

const PROVEN: readonly ProvenRecord[] = [
  { stream: 'entry', record: ENTRY },
  { stream: 'refusal', record: REFUSAL },
  { stream: 'event', record: EVENT },
];

describe('canonical forms', () => {
  it.each([
    ['an entry', entryForm(ENTRY), '71be5cfae12735a187dccc35bcc8af86e6bf67821b0f6dcf402ef00b98960b02'],
    ['a refusal', refusalForm(REFUSAL), 'aef00b6ff85ae3fe472f08feddb4511f13f32ba63518e70abf5790c03d294ab4'],
    ['an event', eventForm(EVENT), '1206cbfb8aaf3b9581be2172daf3604a702c55a6ecf09ea4bce25a4a451456b0'],
    ['a seal', sealForm(SEAL), '66d70d7eb089da705d734ee0d15d7d495aab48ece66078c059f77025e6943721'],
  ])('are for ever: %s', (_what, form, digest) => {
    expect(toHex(sha256(form))).toBe(digest);
  });

  it('are written field by field: count, then type, length and bytes of each', () => {
    const form = toHex(eventForm({ ...EVENT, actor: '', facts: '{}' }));
    const text = (bytes: string) => `00000011${(bytes.length / 2).toString(16).padStart(8, '0')}${bytes}`;
    expect(form).toBe(
      '00000006' +
        text(toHex(utf8('tanhui event 1'))) +
        '00000014' +
        '00000008' +
        '0000000000000002' +
        '000004a0' +
        '00000008' +
        '0002eeeac973f8c4' +
        text('') +
        text(toHex(utf8('asset-opened'))) +
        text(toHex(utf8('{}'))),
    );
  });

  it.each(['2026-02-30T00:00:00.000000Z', '2026-03-01T24:00:00.000000Z', '2026-03-01T00:00:00.000Z', 'now'])(
    'have no bytes for %s',
    (at) => {
      expect(() => eventForm({ ...EVENT, at })).toThrow(RangeError);
    },
  );
});

describe('a proof', () => {
  it.each(PROVEN)('of one $stream holds against the key of the log, and no other', async (proven) => {
    const bundle = await bundleOf(proven);
    expect(verifyBundle(bundle, KEY)).toMatchObject({
      ok: true,
      proven,
      checkpoint: { origin: ORIGIN, size: 5n },
    });
    const stranger = vkeyOf(ORIGIN, 'ed25519', ed25519.getPublicKey(fromHex('02'.repeat(32))));
    expect(verifyBundle(bundle, stranger)).toEqual({ ok: false, fault: 'SIGNATURE' });
    expect(verifyBundle(bundle, 'no key')).toEqual({ ok: false, fault: 'KEY' });
    expect(writeBundle(readBundle(bundle))).toBe(bundle);
  });

  it('does not hold with any one character of it another', async () => {
    const bundles = await Promise.all(PROVEN.map(bundleOf));
    fc.assert(
      fc.property(
        fc.constantFrom(...bundles),
        fc.nat(),
        fc.integer({ min: 33, max: 126 }),
        (bundle, seed, code) => {
          const at = seed % bundle.length;
          const other = String.fromCharCode(code);
          // White space between the members of a JSON text says nothing.
          fc.pre(bundle[at] !== other && !/\s/.test(bundle[at]!));
          const changed = bundle.slice(0, at) + other + bundle.slice(at + 1);
          expect(verifyBundle(changed, KEY).ok).toBe(false);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('does not hold with any member taken out, added or set to null', async () => {
    const whole = JSON.parse(await bundleOf(PROVEN[0]!)) as Record<string, unknown>;
    const objects = [
      [],
      ['record'],
      ['record', 'postings', '0'],
      ['record', 'made'],
      ['seal'],
      ['seal', 'entries'],
    ];
    for (const path of objects) {
      const at = (root: unknown) =>
        path.reduce((value, name) => (value as Record<string, unknown>)[name], root) as Record<
          string,
          unknown
        >;
      for (const name of Object.keys(at(whole))) {
        const [without, empty] = [structuredClone(whole), structuredClone(whole)];
        Reflect.deleteProperty(at(without), name);
        expect(verifyBundle(JSON.stringify(without), KEY)).toMatchObject({ ok: false, fault: 'FORMAT' });
        if (at(whole)[name] === null) continue;
        at(empty)[name] = null;
        expect(verifyBundle(JSON.stringify(empty), KEY).ok).toBe(false);
      }
      const more = structuredClone(whole);
      at(more).note = 'x';
      expect(verifyBundle(JSON.stringify(more), KEY)).toMatchObject({ ok: false, fault: 'FORMAT' });
    }
  });

  it.each(['', 'null', '[]', '{}', '"x"', '{"format":"tanhui-proof-2"}', '['.repeat(100_000)])(
    'is none when the file is %.20s',
    (text) => {
      expect(verifyBundle(text, KEY)).toMatchObject({ ok: false, fault: 'FORMAT' });
    },
  );

  it('says where the chain breaks', async () => {
    const bundle = readBundle(await bundleOf(PROVEN[0]!));
    const fault = (changed: object) => verifyBundle(writeBundle({ ...bundle, ...changed }), KEY);
    expect(fault({ record: { ...ENTRY, memo: 'lack' } })).toEqual({ ok: false, fault: 'RECORD' });
    expect(fault({ record: { ...ENTRY, seq: 9n } })).toEqual({ ok: false, fault: 'RECORD' });
    expect(fault({ seal: { ...bundle.seal, sealedAt: EVENT.at } })).toEqual({ ok: false, fault: 'SEAL' });
    expect(fault({ checkpoint: bundle.checkpoint.replace('\n5\n', '\n6\n') })).toEqual({
      ok: false,
      fault: 'SIGNATURE',
    });
    expect(fault({ record: { ...ENTRY, seq: 2n ** 63n } })).toMatchObject({ ok: false, fault: 'FORMAT' });
  });
});

describe('seals', () => {
  it('follow each other without a gap in any stream', () => {
    const next: SealRecord = {
      ...SEAL,
      no: 4n,
      entries: { first: 9n, next: 9n },
      refusals: { first: 4n, next: 5n },
      events: { first: 3n, next: 3n },
      previous: sealHash(SEAL),
    };
    expect(follows(next, SEAL)).toBe(true);
    for (const changed of [
      { no: 5n },
      { entries: { first: 10n, next: 10n } },
      { refusals: { first: 3n, next: 5n } },
      { events: { first: 4n, next: 4n } },
      { previous: SEAL.previous },
    ])
      expect(follows({ ...next, ...changed }, SEAL)).toBe(false);
  });
});

describe('two checkpoints', () => {
  const leaves = Array.from({ length: 9 }, (_none, at) => sha256(Uint8Array.of(at)));
  const note = async (size: number, of = leaves) =>
    sign(BigInt(size), await rootOf(BigInt(size), treeOf(of.slice(0, size))));
  const path = async (from: bigint, to: bigint, of = leaves) =>
    (await proveConsistency(from, to, treeOf(of))).map(toHex);

  it('of one log are consistent, whichever comes first', async () => {
    const notes = [await note(3), await note(9)] as const;
    expect(compareCheckpoints(notes, await path(3n, 9n), KEY)).toMatchObject({
      ok: true,
      older: { size: 3n },
    });
    expect(compareCheckpoints([notes[1], notes[0]], await path(3n, 9n), KEY)).toMatchObject({ ok: true });
    expect(compareCheckpoints([notes[0], notes[0]], [], KEY)).toMatchObject({ ok: true });
  });

  it('of a log whose past was changed are a fork, whatever proof is given', async () => {
    const other = leaves.with(1, sha256(Uint8Array.of(99)));
    const forked = { ok: false, fault: 'FORKED' };
    expect(compareCheckpoints([await note(3), await note(9, other)], await path(3n, 9n, other), KEY)).toEqual(
      forked,
    );
    expect(compareCheckpoints([await note(3), await note(9, other)], await path(3n, 9n), KEY)).toEqual(
      forked,
    );
    expect(compareCheckpoints([await note(5), await note(5, other)], [], KEY)).toEqual(forked);
  });

  it('are not compared with a wrong key, a wrong signature or a path that is none', async () => {
    const notes = [await note(3), await note(9)] as const;
    expect(compareCheckpoints(notes, ['zz'], KEY)).toEqual({ ok: false, fault: 'PROOF' });
    expect(compareCheckpoints(notes, [], 'x')).toEqual({ ok: false, fault: 'KEY' });
    expect(compareCheckpoints([notes[0].replace('\n3\n', '\n4\n'), notes[1]], [], KEY)).toEqual({
      ok: false,
      fault: 'SIGNATURE',
    });
  });
});
