import { randomBytes } from 'node:crypto';

import { AesCrypto } from '@app/platform';
import { codeHashOf, isCode, mayRequestCode } from './one-time-codes.rules';

describe('mayRequestCode', () => {
  it.each([
    ['the first code', { inHour: 0, inDay: 0, secondsSinceLast: undefined }, undefined],
    ['a second one after a minute', { inHour: 1, inDay: 1, secondsSinceLast: 60 }, undefined],
    ['a second one within the minute', { inHour: 1, inDay: 1, secondsSinceLast: 59 }, 1],
    ['the sixth within an hour', { inHour: 5, inDay: 5, secondsSinceLast: 600 }, 3_600],
    ['the eleventh within a day', { inHour: 0, inDay: 10, secondsSinceLast: 7_200 }, 86_400],
  ])('%s', (_name, sent, retryAfterSeconds) => {
    expect(mayRequestCode(sent)).toEqual(
      retryAfterSeconds === undefined
        ? { ok: true, value: undefined }
        : { ok: false, reason: { code: 'CODE_TOO_OFTEN', retryAfterSeconds } },
    );
  });
});

describe('a hashed code', () => {
  const crypto = new AesCrypto({
    sealKeyId: 'k1',
    sealKeys: new Map([['k1', randomBytes(32)]]),
    indexKey: randomBytes(32),
  });

  it('fits its own row and code only', () => {
    const open = { id: 'row-1', codeHash: codeHashOf(crypto, 'row-1', '123456') };
    expect(isCode(crypto, open, '123456')).toBe(true);
    expect(isCode(crypto, open, '123457')).toBe(false);
    expect(isCode(crypto, { ...open, id: 'row-2' }, '123456')).toBe(false);
  });
});
