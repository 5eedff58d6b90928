import { explain } from './amount.rules';

describe('the explanation of a line', () => {
  const whole = { areaMu100: 1_230n, fenPerMu: 1_575n, sharePpm: 1_000_000n, amountFen: 19_373n };

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
});
