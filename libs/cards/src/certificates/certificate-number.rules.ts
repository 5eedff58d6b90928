import { printedNumbers } from '@app/kernel';

const NUMBERS = printedNumbers('TH');

/** A new number, as it is stored: TH, 16 random characters, one check character. */
export const newCertificateNumber = (): string => NUMBERS.create();

/** TH-XXXX-XXXX-XXXX-XXXX-C, for reading and printing. */
export const printCertificateNumber = (number: string): string => NUMBERS.print(number);

/** The stored form of what somebody typed, or undefined when it cannot be a number: wrong signs or check. */
export const readCertificateNumber = (text: string): string | undefined => NUMBERS.read(text);
