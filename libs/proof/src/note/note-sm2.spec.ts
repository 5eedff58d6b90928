import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

import { ed25519 } from '@noble/curves/ed25519';
import fc from 'fast-check';

import { fromHex, toBase64, utf8 } from '../bytes';
import { checkpointText, openCheckpoint } from './checkpoint';
import { writeNote } from './signed-note';
import { keyIdOf, readVkey, vkeyOf } from './verifier-key';

const ORIGIN = 'ledger.example/books/610924';
const ROOT = fromHex('ab'.repeat(32));
const TEXT = checkpointText({ origin: ORIGIN, size: 7n, root: ROOT });

// Read again from DER: a key that was made in the process would sign ECDSA on the same curve.
const der = generateKeyPairSync('ec', { namedCurve: 'SM2' }).privateKey.export({
  ...{ format: 'der', type: 'pkcs8' },
});
const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' });
const PUBLIC = new Uint8Array(spki.subarray(-65));
const VKEY = vkeyOf(ORIGIN, 'sm2-sm3', PUBLIC);
const NOTE = writeNote(TEXT, ORIGIN, keyIdOf(ORIGIN, 'sm2-sm3', PUBLIC), sign('sm3', utf8(TEXT), secret));

describe('checkpoints that are signed with SM2', () => {
  it('are opened with the key of their origin, as those of Ed25519 are', () => {
    expect(openCheckpoint(NOTE, readVkey(VKEY)!)).toEqual({ origin: ORIGIN, size: 7n, root: ROOT });
    const other = ed25519.getPublicKey(fromHex('01'.repeat(32)));
    expect(openCheckpoint(NOTE, readVkey(vkeyOf(ORIGIN, 'ed25519', other))!)).toBeUndefined();
  });

  it('lose their signature with any bit of them', () => {
    const bytes = utf8(NOTE);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length * 8 - 1 }), (bit) => {
        const changed = bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        const text = new TextDecoder().decode(changed);
        expect(openCheckpoint(text, readVkey(VKEY)!)).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });

  it('have a key of their own sort: neither half of one, nor a point beside the curve, nor an unknown algorithm', () => {
    const [name = '', keyId = ''] = VKEY.split('+');
    const type = [0xff, ...utf8('sm2-with-sm3')];
    const keyOf = (...bytes: number[]): string => `${name}+${keyId}+${toBase64(Uint8Array.from(bytes))}`;
    expect(keyOf(...type, ...PUBLIC)).toBe(VKEY);
    for (const wrong of [
      keyOf(...type, ...PUBLIC.slice(0, 64)),
      keyOf(...type, ...PUBLIC, 0),
      keyOf(...type),
      keyOf(0xff, ...utf8('sm2-with-sm4'), ...PUBLIC),
      keyOf(0x02, ...PUBLIC),
      vkeyOf(ORIGIN, 'sm2-sm3', PUBLIC.with(64, PUBLIC[64]! ^ 1)),
      VKEY.replace('ledger', 'ledgar'),
    ]) {
      expect(readVkey(wrong)).toBeUndefined();
    }
  });
});
