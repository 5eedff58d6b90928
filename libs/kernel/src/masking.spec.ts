import { holdsIdOrPhone, holdsSomebodysNumber } from './masking';

describe('a text that is kept in clear', () => {
  it('may hold amounts, dates and plot numbers, and no number long enough to be somebody’s', () => {
    for (const text of ['面积应为 12.30 亩', 'paid on 2026-05-06', '小班 0012']) {
      expect(holdsSomebodysNumber(text)).toBe(false);
    }
    for (const text of [
      'call 13812345678',
      '电话１３８１２３４５６７８',
      '6217 9912 3456 7890 123',
      '612401-19900101-1234',
    ]) {
      expect(holdsSomebodysNumber(text)).toBe(true);
    }
  });
});

describe('a code or reference', () => {
  it('may be long digits, and hold no ID number and no mobile phone', () => {
    for (const text of [
      '8201120260401000123',
      'B610924100001001001',
      '2026-000000123456',
      '61092410000199',
      '610924202401010001',
    ]) {
      expect(holdsIdOrPhone(text)).toBe(false);
    }
    for (const text of ['13812345678', '张三 61092419860513001X', '６１０９２４１９８６０５１３００１ｘ']) {
      expect(holdsIdOrPhone(text)).toBe(true);
    }
  });
});
