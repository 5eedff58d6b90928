import fc from 'fast-check';

import { explain, priceParcel, splitParcel } from './amount.rules';
import { amountOfExplanation } from '../../../../test/support/explanations';

const PLAIN = { deductionFenPerMu: 0n, qualityPpm: 1_000_000n };

describe('the explanation of a line', () => {
  const whole = { areaMu100: 1_230n, fenPerMu: 1_575n, ...PLAIN, sharePpm: 1_000_000n, amountFen: 19_373n };

  it('is arithmetic a household can do again, in either language', () => {
    expect(explain(whole, 'en')).toBe('12.30 mu × 15.75 yuan × 1.00 = 193.73 yuan');
    expect(explain(whole, 'zh')).toBe('12.30 亩 × 15.75 元 × 1.00 = 193.73 元');
  });

  it('shows a share with as many decimals as it has', () => {
    expect(explain({ ...whole, sharePpm: 250_000n, amountFen: 4_843n }, 'en')).toBe(
      '12.30 mu × 15.75 yuan × 0.25 = 48.43 yuan',
    );
    expect(explain({ ...whole, sharePpm: 333_333n, amountFen: 6_457n }, 'en')).toContain('× 0.333333 =');
  });

  it('names the unit that the split gave or kept', () => {
    const half = { ...whole, sharePpm: 500_000n };
    // The exact half is 96.8625 yuan.
    expect(explain({ ...half, amountFen: 9_686n }, 'zh')).toBe('12.30 亩 × 15.75 元 × 0.50 = 96.86 元');
    expect(explain({ ...half, amountFen: 9_687n }, 'zh')).toBe(
      '12.30 亩 × 15.75 元 × 0.50 = 96.87 元（尾差 +0.01 元）',
    );
    expect(explain({ ...half, amountFen: 9_685n }, 'en')).toContain('(remainder -0.01 yuan)');
  });

  it('names each factor that there is, when there are more than area, standard and share', () => {
    const line = { ...whole, deductionFenPerMu: 200n, qualityPpm: 950_000n, sharePpm: 500_000n };
    expect(explain({ ...line, amountFen: 8_034n }, 'zh')).toBe(
      '12.30 亩 ×（15.75 − 2.00）元 × 0.95（质量等级）× 0.50（份额）= 80.34 元（尾差 +0.01 元）',
    );
    expect(explain({ ...line, amountFen: 8_033n }, 'en')).toBe(
      '12.30 mu × (15.75 − 2.00) yuan × 0.95 (quality) × 0.50 (share) = 80.33 yuan',
    );
    expect(explain({ ...whole, deductionFenPerMu: 200n, amountFen: 16_913n }, 'zh')).toBe(
      '12.30 亩 ×（15.75 − 2.00）元 = 169.13 元',
    );
    expect(explain({ ...whole, qualityPpm: 1_100_000n, amountFen: 21_310n }, 'zh')).toBe(
      '12.30 亩 × 15.75 元 × 1.10（质量等级）= 213.10 元',
    );
  });

  it('recomputes to its amount, whatever the land, the standard, the quality and the shares', () => {
    const figures = fc.record({
      areaMu100: fc.bigInt({ min: 1n, max: 50_000_000n }),
      fenPerMu: fc.bigInt({ min: 201n, max: 100_000n }),
      deductionFenPerMu: fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 200n })),
      qualityPpm: fc.oneof(fc.constant(1_000_000n), fc.bigInt({ min: 800_000n, max: 1_200_000n })),
    });
    const weights = fc.array(fc.bigInt({ min: 1n, max: 1_000n }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(figures, weights, fc.constantFrom('zh' as const, 'en' as const), (of, list, language) => {
        const sum = list.reduce((a, b) => a + b, 0n);
        const sharesPpm = list.map((weight) => (weight * 1_000_000n) / sum);
        sharesPpm[0]! += 1_000_000n - sharesPpm.reduce((a, b) => a + b, 0n);
        const parcelFen = priceParcel(of);
        const amounts = splitParcel(parcelFen, sharesPpm);
        expect(amounts.reduce((a, b) => a + b, 0n)).toBe(parcelFen);
        sharesPpm.forEach((sharePpm, i) => {
          const amountFen = amounts[i]!;
          expect(amountOfExplanation(explain({ ...of, sharePpm, amountFen }, language))).toBe(amountFen);
        });
      }),
    );
  });
});
