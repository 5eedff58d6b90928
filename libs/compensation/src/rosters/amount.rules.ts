import { divideHalfUp, formatUnits, invariant, MU, splitByLargestRemainder, YUAN } from '@app/kernel';

/** The whole of a parcel, in millionths. */
const WHOLE_PPM = 1_000_000n;

/** 0.01 mu in a mu. */
const MU_100 = 100n;

/** What a line pays and what it is made of: stored as numbers, told in words by `explain`. */
export interface LineFigures {
  /** The whole parcel's area, in 0.01 mu. */
  readonly areaMu100: bigint;
  readonly fenPerMu: bigint;
  /** The payee's part of the parcel, in millionths. */
  readonly sharePpm: bigint;
  readonly amountFen: bigint;
}

/** What a parcel pays in a year: area × standard, rounded half up once. */
export const priceParcel = (areaMu100: bigint, fenPerMu: bigint): bigint =>
  divideHalfUp(areaMu100 * fenPerMu, MU_100);

/**
 * Splits a parcel's amount over its shares by largest remainder, ties to the earlier. What the shares leave of the
 * whole is nobody's and is paid to nobody.
 */
export function splitParcel(parcelFen: bigint, sharesPpm: readonly bigint[]): bigint[] {
  const given = sharesPpm.reduce((sum, share) => sum + share, 0n);
  invariant(given <= WHOLE_PPM, 'the shares of a parcel are at most the whole');
  return splitByLargestRemainder(parcelFen, [...sharesPpm, WHOLE_PPM - given]).slice(0, sharesPpm.length);
}

const WORDS = {
  zh: { mu: '亩', yuan: '元', remainder: (fen: string) => `（尾差 ${fen} 元）` },
  en: { mu: 'mu', yuan: 'yuan', remainder: (fen: string) => ` (remainder ${fen} yuan)` },
} as const;

/**
 * `12.30 mu × 15.75 yuan × 1.00 = 193.73 yuan`. Where the split gave a unit more or less than the product rounds
 * to, the difference is named, so that whoever multiplies finds the same.
 */
export function explain(line: LineFigures, language: keyof typeof WORDS): string {
  const { mu, yuan, remainder } = WORDS[language];
  const product = divideHalfUp(line.areaMu100 * line.fenPerMu * line.sharePpm, MU_100 * WHOLE_PPM);
  const difference = line.amountFen - product;
  const factors = [
    `${formatUnits(MU, line.areaMu100)} ${mu}`,
    `${formatUnits(YUAN, line.fenPerMu)} ${yuan}`,
    formatShare(line.sharePpm),
  ];
  const sign = difference > 0n ? '+' : '';
  const tail = difference === 0n ? '' : remainder(sign + formatUnits(YUAN, difference));
  return `${factors.join(' × ')} = ${formatUnits(YUAN, line.amountFen)} ${yuan}${tail}`;
}

/** 1,000,000 → "1.00", 333,333 → "0.333333": two decimals at least, no more than needed. */
function formatShare(sharePpm: bigint): string {
  const [whole = '0', decimals = ''] = formatUnits({ name: 'share', scale: 6 }, sharePpm).split('.');
  return `${whole}.${decimals.replace(/0+$/, '').padEnd(2, '0')}`;
}
