import { priceOf, readCardNumber } from './order.rules';

const LIMITS = { leastGrams: 1_000n, mostGrams: 1_000_000n, priceFenPerKg: 12n };

describe('the price of an order', () => {
  it('is rounded half up once', () => {
    expect(priceOf(1_041n, LIMITS)).toEqual({ ok: true, value: 12n });
    expect(priceOf(1_042n, LIMITS)).toEqual({ ok: true, value: 13n });
    expect(priceOf(12_345n, { ...LIMITS, priceFenPerKg: 100n })).toEqual({ ok: true, value: 1_235n });
  });

  it('is refused below and above what the product sells, with both limits', () => {
    for (const grams of [0n, 999n, 1_000_001n]) {
      expect(priceOf(grams, LIMITS)).toEqual({
        ok: false,
        reason: { code: 'ORDER_SIZE_WRONG', grams, leastGrams: 1_000n, mostGrams: 1_000_000n },
      });
    }
  });

  it('is refused when it would be nothing', () => {
    expect(priceOf(1n, { leastGrams: 1n, mostGrams: 10n, priceFenPerKg: 1n }).ok).toBe(false);
  });
});

describe('a card number', () => {
  it('is one whether written in groups or not', () => {
    expect(readCardNumber('7256 0001-1234 5678')).toBe('7256000112345678');
    expect(readCardNumber('ak12345678')).toBe('AK12345678');
  });

  it('is none when too short, too long or of other signs', () => {
    for (const text of ['12345', '1'.repeat(25), '1234567８', '=cmd()', '']) {
      expect(readCardNumber(text)).toBeUndefined();
    }
  });
});
