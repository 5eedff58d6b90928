import { creditCodeFault, residentNumberFault } from './id-number.rules';

describe('a resident number', () => {
  it('of the standard itself is right', () => {
    expect(residentNumberFault('11010519491231002X')).toBeUndefined();
    expect(residentNumberFault('440524188001010014')).toBeUndefined();
  });

  it('with one digit changed or two exchanged has a wrong last place', () => {
    expect(residentNumberFault('110105194912310021')).toBe('checksum');
    expect(residentNumberFault('11010519491213002X')).toBe('checksum');
  });

  it.each(['', '110105491231002', '11010519490231002X', '1101051949123100 2', '6.12401E+17'])(
    'is not %p',
    (text) => {
      expect(residentNumberFault(text)).toBe('malformed');
    },
  );
});

describe('a unified social credit code', () => {
  it('with its last place by modulo 31 is right', () => {
    expect(creditCodeFault('91350100M000100Y43')).toBeUndefined();
  });

  it('with another last place is wrong', () => {
    expect(creditCodeFault('91350100M000100Y44')).toBe('checksum');
  });

  it('has no I, O, S, V or Z', () => {
    expect(creditCodeFault('91350100M000100YO3')).toBe('malformed');
  });
});
