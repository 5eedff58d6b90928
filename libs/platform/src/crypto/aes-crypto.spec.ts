import { randomBytes } from 'node:crypto';

import { AesCrypto } from './aes-crypto';

const keys = (id: string, key: Buffer) => ({
  sealKeyId: id,
  sealKeys: new Map([[id, key]]),
  indexKey: Buffer.alloc(32, 7),
});
const crypto = new AesCrypto(keys('k1', Buffer.alloc(32, 1)));

describe('sealing', () => {
  it('opens what it sealed, and seals the same text differently each time', () => {
    const sealed = crypto.seal('party.phone', '13812345678');
    expect(crypto.open('party.phone', sealed)).toBe('13812345678');
    expect(crypto.seal('party.phone', '13812345678').equals(sealed)).toBe(false);
    expect(sealed.includes('13812345678')).toBe(false);
  });

  it('does not open what was altered, or moved to another purpose', () => {
    const sealed = crypto.seal('party.phone', '13812345678');
    expect(() => crypto.open('party.id-number', sealed)).toThrow();
    sealed[sealed.length - 1]! ^= 1;
    expect(() => crypto.open('party.phone', sealed)).toThrow();
  });

  it('names the key, so that old values open after a new key came', () => {
    const old = Buffer.alloc(32, 1);
    const both = new AesCrypto({
      sealKeyId: 'k2',
      sealKeys: new Map([
        ['k1', old],
        ['k2', randomBytes(32)],
      ]),
      indexKey: Buffer.alloc(32, 7),
    });
    expect(both.open('party.phone', crypto.seal('party.phone', 'x'))).toBe('x');
    expect(() => crypto.open('party.phone', both.seal('party.phone', 'x'))).toThrow(/k2/);
  });

  it('indexes equal texts equally within a purpose and differently across purposes', () => {
    expect(crypto.blindIndex('party.phone', 'x').equals(crypto.blindIndex('party.phone', 'x'))).toBe(true);
    expect(crypto.blindIndex('party.phone', 'x').equals(crypto.blindIndex('user.phone', 'x'))).toBe(false);
  });
});
