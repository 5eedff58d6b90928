import fc from 'fast-check';

import { formatUnits, MU, parseCount, parseUnits, TONNE, YUAN } from './units';

describe('written units', () => {
  it('reads yuan as fen and mu as hundredths', () => {
    expect(parseUnits(YUAN, '15.75')).toEqual({ ok: true, value: 1575n });
    expect(parseUnits(MU, '12.3')).toEqual({ ok: true, value: 1230n });
    expect(parseUnits(MU, '0')).toEqual({ ok: true, value: 0n });
  });

  it.each(['-1', '1e309', '01', '', '1.', '.5', ' 1', '１', 'NaN', '1,000', '99999999999999999'])(
    'refuses %p as malformed',
    (text) => {
      expect(parseUnits(MU, text)).toMatchObject({ ok: false, reason: { code: 'AMOUNT_MALFORMED' } });
    },
  );

  it('refuses more decimals than the unit has rather than rounding', () => {
    expect(parseUnits(MU, '1.234')).toMatchObject({
      ok: false,
      reason: { code: 'AMOUNT_TOO_FINE', scale: 2 },
    });
  });

  it('writes what it reads, for every amount', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        fc.constantFrom(YUAN, MU, TONNE),
        (count, unit) => {
          expect(parseUnits(unit, formatUnits(unit, count))).toEqual({ ok: true, value: count });
        },
      ),
    );
    expect(formatUnits(YUAN, -1n)).toBe('-0.01');
  });

  it('reads counts up to the largest bigint and no further', () => {
    expect(parseCount('9223372036854775807')).toBe(9223372036854775807n);
    for (const text of ['9223372036854775808', '-1', '007', '1.0', '1e3', ''])
      expect(parseCount(text)).toBeUndefined();
  });
});
