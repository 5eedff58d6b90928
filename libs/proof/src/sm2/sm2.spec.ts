import { createHash, generateKeyPairSync, createPrivateKey, sign } from 'node:crypto';

import fc from 'fast-check';

import { fromHex, toHex, utf8 } from '../bytes';
import { readSignature } from './der-signature';
import { sm2Verifier } from './sm2-verify';
import { sm3 } from './sm3';

/** A key as OpenSSL has it: one that was made in the process would sign ECDSA on the same curve. */
function newKey(): { publicKey: Uint8Array; signed: (message: Uint8Array) => Uint8Array } {
  const pair = generateKeyPairSync('ec', { namedCurve: 'SM2' });
  const der = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-65);
  return { publicKey: new Uint8Array(publicKey), signed: (message) => sign('sm3', message, key) };
}

describe('SM3', () => {
  it('is that of GB/T 32905, appendix A', () => {
    expect(toHex(sm3(utf8('abc')))).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(toHex(sm3(utf8('abcd'.repeat(16))))).toBe(
      'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
    );
  });

  it('is that of OpenSSL for any message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
        expect(toHex(sm3(message))).toBe(createHash('sm3').update(message).digest('hex'));
      }),
    );
  });
});

describe('an SM2 signature', () => {
  const { publicKey, signed } = newKey();

  it('made by OpenSSL holds for its key and message, and for no other', () => {
    const verify = sm2Verifier(publicKey)!;
    const stranger = sm2Verifier(newKey().publicKey)!;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (message) => {
        const signature = signed(message);
        expect(verify(message, signature)).toBe(true);
        expect(stranger(message, signature)).toBe(false);
        expect(verify(Uint8Array.of(...message, 0), signature)).toBe(false);
      }),
      { numRuns: 25 },
    );
  });

  it('does not hold with any bit of it another', () => {
    const [verify, message] = [sm2Verifier(publicKey)!, utf8('ledger.example\n1\n')];
    const signature = signed(message);
    fc.assert(
      fc.property(fc.nat({ max: signature.length * 8 - 1 }), (bit) => {
        const changed = Uint8Array.from(signature, (byte, at) =>
          at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte,
        );
        expect(verify(message, changed)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['nothing', ''],
    ['no sequence', '310602010102010 1'.replace(' ', '')],
    ['a byte too many', '3006020101020101ff'],
    ['a length that lies', '3007020101020101'],
    ['a zero too many', '300702020001020101'],
    ['a negative number', '3006020181020101'],
    ['an empty number', '30050200020101'],
    ['one number', '3003020101'],
    ['three numbers', '3009020101020101020101'],
  ])('is none with %s', (_what, der) => {
    expect(readSignature(fromHex(der))).toBeUndefined();
    expect(sm2Verifier(publicKey)!(utf8(''), fromHex(der))).toBe(false);
  });

  it('has two numbers of the group, or it is none', () => {
    expect(readSignature(fromHex('3006020101020102'))).toEqual([1n, 2n]);
    const verify = sm2Verifier(publicKey)!;
    const n = 'fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123';
    for (const der of ['3006020100020101', '3006020101020100', `3026022100${n}020101`]) {
      expect(readSignature(fromHex(der))).toBeDefined();
      expect(verify(utf8(''), fromHex(der))).toBe(false);
    }
  });
});

describe('an SM2 key', () => {
  it.each([
    ['of another length', (key: Uint8Array) => key.slice(1)],
    ['that is compressed', (key: Uint8Array) => Uint8Array.of(0x02, ...key.slice(1, 33))],
    ['beside the curve', (key: Uint8Array) => key.with(64, (key[64] ?? 0) ^ 1)],
    ['that says it is compressed', (key: Uint8Array) => key.with(0, 0x03)],
  ])('%s is none', (_what, change) => {
    const { publicKey } = newKey();
    expect(sm2Verifier(publicKey)).toBeDefined();
    expect(sm2Verifier(change(publicKey))).toBeUndefined();
  });
});
