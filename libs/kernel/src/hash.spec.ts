import { canonicalHash, canonicalText } from './hash';
import { idOf, isUuid } from './ids';
import { maskAccount, maskIdNumber, maskPhone } from './masking';

describe('a canonical text', () => {
  it('does not depend on the order of keys, and keeps the order of lists', () => {
    expect(canonicalText({ b: 1n, a: ['x', null, true] })).toBe('{"a":["x",null,true],"b":"1"}');
    expect(canonicalHash({ a: 'x', b: 'y' })).toBe(canonicalHash({ b: 'y', a: 'x' }));
    expect(canonicalHash(['a', 'b'])).not.toBe(canonicalHash(['b', 'a']));
  });

  it('leaves absent keys out', () => {
    expect(canonicalText({ a: undefined, b: 'x' })).toBe('{"b":"x"}');
  });
});

describe('an id by name', () => {
  it('is a uuid, the same for the same parts, and another for parts cut elsewhere', () => {
    expect(isUuid(idOf('lock', 'r1', '1'))).toBe(true);
    expect(idOf('lock', 'r1', '1')).toBe(idOf('lock', 'r1', '1'));
    expect(idOf('ab', 'c')).not.toBe(idOf('a', 'bc'));
  });
});

describe('masking', () => {
  it('shows what a neighbour may see and no more', () => {
    expect(maskIdNumber('612401199001011234')).toBe('612401********1234');
    expect(maskPhone('13812345678')).toBe('138****5678');
    expect(maskAccount('6217991234567890123')).toBe('**** 0123');
    expect([maskIdNumber('123'), maskPhone('123'), maskAccount('123')]).toEqual(['***', '***', '***']);
  });
});
