import { covers, isRegionCode } from './region.rules';

describe('covers', () => {
  it.each([
    ['a county its village', '610924', '610924100001', true],
    ['a region itself', '610924100', '610924100', true],
    ['the empty scope everything', '', '43', true],
    ['a village not its township', '610924100001', '610924100', false],
    ['a county not its neighbour', '610924', '610925100', false],
  ])('%s', (_name, scope, code, expected) => {
    expect(covers(scope, code)).toBe(expected);
  });
});

describe('isRegionCode', () => {
  it.each([
    ['61', true],
    ['6109', true],
    ['610924', true],
    ['610924100', true],
    ['610924100001', true],
    ['', false],
    ['6', false],
    ['6109241', false],
    ['61092A', false],
    ['６１０９', false],
  ])('%s → %s', (text, expected) => {
    expect(isRegionCode(text)).toBe(expected);
  });
});
