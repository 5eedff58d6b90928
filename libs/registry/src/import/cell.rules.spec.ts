import {
  accountNumber,
  area,
  cellFault,
  code,
  day,
  oneOf,
  optional,
  phone,
  share,
  truth,
} from './cell.rules';

const codeOf = (result: { ok: boolean; reason?: { code: string } }): string => result.reason?.code ?? 'ok';

describe('a cell', () => {
  it.each([
    ['12.30', 1_230n],
    ['0.01', 1n],
    ['1295671', 129_567_100n],
  ])('of area %s mu counts hundredths', (text, mu100) => {
    expect(area(text)).toEqual({ ok: true, value: mu100 });
  });

  it.each([
    ['', 'CELL_EMPTY'],
    ['0', 'AREA_NOT_POSITIVE'],
    ['0.00', 'AREA_NOT_POSITIVE'],
    ['-1', 'AREA_NOT_POSITIVE'],
    ['1e309', 'AREA_MALFORMED'],
    ['1,234.5', 'AREA_MALFORMED'],
    ['12.345', 'AREA_TOO_FINE'],
    ['100000000.01', 'AREA_TOO_LARGE'],
  ])('of area %p is refused as %s', (text, expected) => {
    expect(codeOf(area(text))).toBe(expected);
  });

  it('of a share reads a third as 333,333 millionths', () => {
    expect(share('33.3333')).toEqual({ ok: true, value: 333_333n });
    expect(share('100')).toEqual({ ok: true, value: 1_000_000n });
  });

  it.each([
    ['0', 'SHARE_NOT_POSITIVE'],
    ['100.0001', 'SHARE_OVER_WHOLE'],
    ['33.33333', 'SHARE_TOO_FINE'],
    ['50%', 'SHARE_MALFORMED'],
  ])('of share %p is refused as %s', (text, expected) => {
    expect(codeOf(share(text))).toBe(expected);
  });

  it.each(['2026-02-30', '2026/01/31', '20260131', '0001-01-01'])('with %p is no day', (text) => {
    expect(codeOf(day(text))).toBe('DATE_MALFORMED');
  });

  it.each([
    ['2026/1/31', '2026-01-31'],
    ['2026.01.31', '2026-01-31'],
    ['2026年1月31日', '2026-01-31'],
    ['20260131', '2026-01-31'],
    ['2026/1/31 0:00', '2026-01-31'],
    ['31/1/2026', '2026-01-31'],
    ['01/02/2026', '2026-01-31'],
    ['2026-2-30', '2026-01-31'],
  ])('with the day %s is told the form, and the day where it is sure', (text, told) => {
    const result = day(text);
    expect(result.ok ? '' : result.reason.expected.en).toContain(told);
    const isSure = text.startsWith('2026') && !text.startsWith('2026-2');
    expect(result.ok ? '' : result.reason.expected.en.startsWith('written as')).toBe(isSure);
  });

  it('of a list of words is read by either name', () => {
    const read = optional(oneOf(['a', 'b'], { a: '甲', b: '乙' }));
    expect(['a', '乙', ''].map((text) => read(text))).toEqual([
      { ok: true, value: 'a' },
      { ok: true, value: 'b' },
      { ok: true, value: null },
    ]);
    expect(read.words).toEqual({ a: '甲', b: '乙' });
    expect(codeOf(read('丙'))).toBe('VALUE_UNKNOWN');
  });

  it('tells yes from no in either language, and nothing else', () => {
    expect(['是', 'TRUE', 'yes'].map((text) => truth(text))).toEqual(
      Array(3).fill({ ok: true, value: true }),
    );
    expect(codeOf(truth('1.0'))).toBe('VALUE_UNKNOWN');
  });

  it('with a phone is written as the one who signs in writes it', () => {
    expect(phone('138-1234-5678')).toEqual({ ok: true, value: '13812345678' });
    expect(phone('0915-4412345')).toEqual({ ok: true, value: '09154412345' });
    expect(codeOf(phone('1381234'))).toBe('PHONE_MALFORMED');
  });

  it('with an account has 8 to 30 digits', () => {
    const fits = ['12345678', '1'.repeat(30)].map((text) => accountNumber(text).ok);
    const misfits = ['1234567', '1'.repeat(31), '6.21799E+18'].map((text) => codeOf(accountNumber(text)));
    expect(fits).toEqual([true, true]);
    expect(misfits).toEqual(Array(3).fill('ACCOUNT_MALFORMED'));
  });

  it('with an ID number is no code: codes are kept in clear', () => {
    expect(codeOf(code(64)('11010519491231002x'))).toBe('PERSONAL_NUMBER_AS_CODE');
    expect(code(64)('610924100001-001-001')).toEqual({ ok: true, value: '610924100001-001-001' });
  });

  it('may be empty only where it is optional', () => {
    expect(optional(day)('')).toEqual({ ok: true, value: null });
    expect(codeOf(day(''))).toBe('CELL_EMPTY');
  });

  it.each(['=cmd()', '=1+1', '@SUM(A1)', '+A1', '-A1', '-1+1'])('with the formula %s is refused', (text) => {
    expect(cellFault(text)?.code).toBe('CELL_FORMULA');
  });

  it('with a signed number is its column’s matter, not a formula', () => {
    expect(['-1', '+8613812345678', '-1e309'].map(cellFault)).toEqual([undefined, undefined, undefined]);
  });

  it.each(['a\nb', 'a\u0000b', 'a\tb'])('with the control character of %j is refused', (text) => {
    expect(cellFault(text)?.code).toBe('CELL_CONTROL');
  });
});
