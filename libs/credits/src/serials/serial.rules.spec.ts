import fc from 'fast-check';

import { formatSerials, issuanceCode, parseSerials } from './serial.rules';

describe('the code of an issuance', () => {
  const name = { township: '610924100', year: 2025, grade: 'G1', supplement: 1 } as const;

  it('names township, year and grade', () => {
    expect(issuanceCode(name)).toBe('610924100-2025-g1');
  });

  it('tells a supplement apart', () => {
    expect(issuanceCode({ ...name, supplement: 2 })).toBe('610924100-2025-g1s2');
  });
});

describe('a serial', () => {
  it('is read back as written, whatever issuance and numbers', () => {
    const codes = fc.constantFrom('610924100-2025-g0', '610924100-2025-g1', '610924200-2031-g1s12');
    const ends = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 15n }), fc.bigInt({ min: 0n, max: 10n ** 12n }));
    fc.assert(
      fc.property(codes, ends, (code, [first, more]) => {
        const range = { code, first, last: first + more };
        expect(parseSerials(formatSerials(range))).toEqual(range);
        expect(parseSerials(formatSerials(range).toLowerCase())).toEqual(range);
      }),
    );
  });

  it('may stand alone', () => {
    expect(parseSerials(' 610924100-2025-G1-17 ')).toEqual({
      code: '610924100-2025-g1',
      first: 17n,
      last: 17n,
    });
  });

  it('is read as people type it: wide digits, other dashes, blanks and thousands marks', () => {
    for (const text of [
      '610924100 2025 G1 1 3000',
      '610924100–2025–g1–1～3000',
      '６１０９２４１００－２０２５－Ｇ１－１至３０００',
      'CO2E/610924100-2025-g1-1-3,000',
      '编号：610924100-2025-G1: 1 - 3000',
    ]) {
      expect([text, parseSerials(text)]).toEqual([
        text,
        { code: '610924100-2025-g1', first: 1n, last: 3_000n },
      ]);
    }
  });

  it('is not read when backwards, from zero, with a leading zero or of another shape', () => {
    for (const text of [
      '610924100-2025-G1-5-4',
      '610924100-2025-G1-0-4',
      '610924100-2025-G1-01-4',
      '610924100-2025-G4-1-4',
      '610924100-2025-G1',
      '610924-2025-G1-1',
      '=cmd()',
      '',
    ]) {
      expect(parseSerials(text)).toBeUndefined();
    }
  });
});
