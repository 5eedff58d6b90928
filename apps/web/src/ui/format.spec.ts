import {
  day,
  decimals,
  factor,
  gramsOf,
  instant,
  kg,
  mu,
  percent,
  permille,
  sum,
  exactKg,
  yuan,
} from './format';

describe('amounts on a page', () => {
  it('are grouped by thousands and keep the decimals of their unit', () => {
    expect(yuan('739257500')).toBe('7,392,575.00');
    expect(yuan('5')).toBe('0.05');
    expect(mu('1230')).toBe('12.30');
    expect(decimals('0', 0)).toBe('0');
    expect(yuan('-19373')).toBe('−193.73');
  });

  it('keep every digit beyond what a JS number holds', () => {
    expect(yuan('9223372036854775807')).toBe('92,233,720,368,547,758.07');
  });

  it('of carbon drop needless zeros in kg, and keep them where they are added up', () => {
    expect([kg('12400'), kg('980000'), kg('1'), kg('0'), kg('10000')]).toEqual([
      '12.4',
      '980',
      '0.001',
      '0',
      '10',
    ]);
    expect(exactKg('1234567000')).toBe('1,234,567.000');
  });

  it('write shares as percent and as a factor', () => {
    expect([percent('1000000'), percent('333333'), percent('55000')]).toEqual(['100', '33.3333', '5.5']);
    expect([factor('1000000'), factor('333333'), factor('500000')]).toEqual(['1.00', '0.333333', '0.50']);
  });

  it('add up and are drawn without leaving integers', () => {
    expect(sum('1', '20', '300')).toBe(321n);
    expect([permille('1', '3'), permille('5', '0')]).toEqual([333, 0]);
  });
});

describe('kilograms as people type them', () => {
  it('become grams', () => {
    expect([gramsOf('12.5'), gramsOf(' 3 '), gramsOf('0.001')]).toEqual(['12500', '3000', '1']);
  });

  it('are refused when they are too fine, empty, nothing or no number', () => {
    for (const text of ['0', '', '1.0005', '-1', '1e3', '一']) expect(gramsOf(text)).toBeUndefined();
  });
});

describe('times', () => {
  it('are read in China', () => {
    expect(instant('2026-06-30T17:05:00.000Z')).toBe('2026-07-01 01:05');
    expect([day('2026-06-30T17:05:00.000Z'), day('2026-06-30')]).toEqual(['2026-07-01', '2026-06-30']);
  });
});
