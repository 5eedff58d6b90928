import fc from 'fast-check';

import {
  beancountAccount,
  beancountCommodity,
  colonPath,
  decimalOf,
  pathOfBeancount,
  pathOfColon,
  plainText,
  quotedCommodity,
} from './names.rules';

const path = fc
  .array(fc.stringMatching(/^[a-z0-9-]{1,12}$/), { minLength: 1, maxLength: 6 })
  .map((segments) => segments.join('/'));
const asset = fc.stringMatching(/^[A-Z][A-Z0-9]{1,15}(\/[a-z0-9.-]{1,64})?$/);
const side = fc.constantFrom(1 as const, -1 as const);

describe('Names in the journals of the plain-text tools', () => {
  it('lead back to the path, in all of them', () => {
    fc.assert(
      fc.property(path, side, fc.boolean(), (one, sign, isParent) => {
        expect(pathOfColon(colonPath(one))).toBe(one);
        expect(pathOfBeancount(beancountAccount(one, sign, isParent))).toBe(one);
      }),
    );
  });

  it('are accounts of beancount: a root, then segments that begin with a capital or a digit', () => {
    fc.assert(
      fc.property(path, side, fc.boolean(), (one, sign, isParent) => {
        expect(beancountAccount(one, sign, isParent)).toMatch(
          /^(Assets|Liabilities)(:[A-Z0-9][A-Za-z0-9-]*)+$/,
        );
      }),
    );
    expect(beancountAccount('fund/610924/-x/xn-x/xo', -1, true)).toBe(
      'Liabilities:Fund:610924:XN-x:Xn-x:Xo:XO',
    );
  });

  it('are commodities of beancount, and different ones for different assets', () => {
    fc.assert(
      fc.property(fc.uniqueArray(asset, { minLength: 2, maxLength: 20 }), (assets) => {
        const names = assets.map(beancountCommodity);
        for (const name of names) expect(name).toMatch(/^[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]$/);
        expect(new Set(names).size).toBe(assets.length);
      }),
    );
    expect(beancountCommodity('CNY')).toBe('CNY');
    expect(beancountCommodity('CO2E/610924-2026-1')).toBe('CO2E_610924-2026-1');
    expect(beancountCommodity('CO2E/610924-')).toMatch(/^ASSET'[0-9A-F]{16}$/);
  });

  it('are quoted for hledger and ledger when they are not of letters only', () => {
    expect([quotedCommodity('CNY'), quotedCommodity('CO2E')]).toEqual(['CNY', '"CO2E"']);
  });

  it('write an integer with the decimals of its asset', () => {
    expect(decimalOf(-1_234_567n, 2)).toBe('-12345.67');
    expect(decimalOf(5n, 3)).toBe('0.005');
    expect(decimalOf(-5n, 0)).toBe('-5');
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 18n), 10n ** 18n), fc.nat(9), (amount, scale) => {
        expect(BigInt(decimalOf(amount, scale).replace('.', ''))).toBe(amount);
      }),
    );
  });

  it('write any text without a mark that a tool reads a meaning into, and lead back to it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeURIComponent(plainText(text))).toBe(text);
        expect(plainText(text)).toMatch(/^[\p{L}\p{N}._/〔〕（）%-]*$/u);
      }),
    );
    expect(plainText('财农〔2026〕15号; "a"\n[2026-01-01]')).toBe(
      '财农〔2026〕15号%3B%20%22a%22%0A%5B2026-01-01%5D',
    );
  });
});
