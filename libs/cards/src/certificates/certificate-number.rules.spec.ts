import fc from 'fast-check';

import {
  newCertificateNumber,
  printCertificateNumber,
  readCertificateNumber,
} from './certificate-number.rules';

const numbers = fc.constant(null).map(() => newCertificateNumber());

describe('a certificate number', () => {
  it('is read back as printed, in small letters, and with O for 0 and I for 1', () => {
    for (let tries = 0; tries < 200; tries += 1) {
      const number = newCertificateNumber();
      const printed = printCertificateNumber(number);
      expect(printed).toMatch(/^TH(-[0-9A-Z]{4}){4}-[0-9A-Z]$/);
      expect(readCertificateNumber(printed)).toBe(number);
      expect(readCertificateNumber(printed.toLowerCase())).toBe(number);
      const mistaken = `TH${number.slice(2).replaceAll('0', 'O').replaceAll('1', 'I')}`;
      expect(readCertificateNumber(mistaken)).toBe(number);
    }
  });

  it('is not read with one character wrong', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.integer({ min: 2, max: 18 }),
        fc.constantFrom(...'23456789ABCDEFGH'),
        (number, at, sign) => {
          fc.pre(number[at] !== sign);
          expect(readCertificateNumber(number.slice(0, at) + sign + number.slice(at + 1))).toBeUndefined();
        },
      ),
    );
  });

  it('is not read with two neighbours swapped', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 2, max: 17 }), (number, at) => {
        fc.pre(number[at] !== number[at + 1]);
        const swapped = number.slice(0, at) + number[at + 1]! + number[at]! + number.slice(at + 2);
        expect(readCertificateNumber(swapped)).toBeUndefined();
      }),
    );
  });

  it('is not read from what is no number at all', () => {
    for (const text of ['', 'TH', '12345', '=cmd()', `TH${'0'.repeat(40)}`]) {
      expect(readCertificateNumber(text)).toBeUndefined();
    }
  });
});
