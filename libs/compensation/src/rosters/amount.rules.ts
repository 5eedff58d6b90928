import { divideHalfUp, formatUnits, invariant, MU, splitByLargestRemainder, YUAN } from '@app/kernel';

/** The whole of a parcel, and the multiplier that changes nothing, in millionths. */
export const WHOLE_PPM = 1_000_000n;

/** 0.01 mu in a mu. */
const MU_100 = 100n;

/** What a parcel's amount is made of. */
export interface ParcelFigures {
  /** The whole parcel's area, in 0.01 mu. */
  readonly areaMu100: bigint;
  /** What the standard pays, before any deduction. */
  readonly fenPerMu: bigint;
  /** What is taken off for rangers (管护费扣除); 0 without a deduction. */
  readonly deductionFenPerMu: bigint;
  /** The quality grade's multiplier (质量等级), in millionths; the whole where quality does not count. */
  readonly qualityPpm: bigint;
}

/** What a line pays and what it is made of: stored as numbers, told in words by `explain`. */
export interface LineFigures extends ParcelFigures {
  /** The payee's part of the parcel, in millionths. */
  readonly sharePpm: bigint;
  readonly amountFen: bigint;
}

const exact = ({ areaMu100, fenPerMu, deductionFenPerMu, qualityPpm }: ParcelFigures): bigint =>
  areaMu100 * (fenPerMu - deductionFenPerMu) * qualityPpm;

/** What a parcel pays in a year: area × (payable − deduction) × quality, rounded half up once. */
export const priceParcel = (figures: ParcelFigures): bigint =>
  divideHalfUp(exact(figures), MU_100 * WHOLE_PPM);

/** Whether a parcel pays by area and standard alone. */
export const isPlain = ({ deductionFenPerMu, qualityPpm }: ParcelFigures): boolean =>
  deductionFenPerMu === 0n && qualityPpm === WHOLE_PPM;

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
  zh: {
    mu: ' 亩',
    yuan: '元',
    open: '（',
    close: '）',
    quality: '质量等级',
    share: '份额',
    remainder: '尾差 ',
    beforeBracket: '',
    afterBracket: '',
  },
  en: {
    mu: ' mu',
    yuan: 'yuan',
    open: '(',
    close: ')',
    quality: 'quality',
    share: 'share',
    remainder: 'remainder ',
    beforeBracket: ' ',
    afterBracket: ' ',
  },
} as const;

export type Language = keyof typeof WORDS;

/**
 * `12.30 mu × 15.75 yuan × 1.00 = 193.73 yuan`, or with more than area, standard and share each factor by its name:
 * `12.30 mu × (15.75 − 2.00) yuan × 0.95 (quality) × 0.50 (share) = 80.34 yuan`. Where the split gave a unit more or
 * less than the product rounds to, the difference is named, so that whoever multiplies finds the same.
 */
export function explain(line: LineFigures, language: Language): string {
  const words = WORDS[language];
  const product = divideHalfUp(exact(line) * line.sharePpm, MU_100 * WHOLE_PPM * WHOLE_PPM);
  const difference = line.amountFen - product;
  const sum = `${formatUnits(YUAN, line.amountFen)} ${words.yuan}`;
  const left = isPlain(line) ? plainFactors(line, words) : namedFactors(line, words);
  const sign = difference > 0n ? '+' : '';
  const by = `${words.remainder}${sign}${formatUnits(YUAN, difference)} ${words.yuan}`;
  return `${left}= ${sum}${difference === 0n ? '' : `${words.beforeBracket}${words.open}${by}${words.close}`}`;
}

type Words = (typeof WORDS)[Language];

const plainFactors = (line: LineFigures, { mu, yuan }: Words): string =>
  `${formatUnits(MU, line.areaMu100)}${mu} × ${formatUnits(YUAN, line.fenPerMu)} ${yuan} × ${formatPpm(line.sharePpm)} `;

function namedFactors(line: LineFigures, words: Words): string {
  const { open, close, beforeBracket, afterBracket, yuan } = words;
  const bracket = (text: string): string => `${open}${text}${close}${afterBracket}`;
  const named = (ppm: bigint, name: string): string =>
    ppm === WHOLE_PPM ? '' : `× ${formatPpm(ppm)}${beforeBracket}${bracket(name)}`;
  const payable = formatUnits(YUAN, line.fenPerMu);
  const rate =
    line.deductionFenPerMu === 0n
      ? ` ${payable} ${yuan} `
      : `${beforeBracket}${bracket(`${payable} − ${formatUnits(YUAN, line.deductionFenPerMu)}`)}${yuan} `;
  const factors = named(line.qualityPpm, words.quality) + named(line.sharePpm, words.share);
  return `${formatUnits(MU, line.areaMu100)}${words.mu} ×${rate}${factors}`;
}

/** 1,000,000 → "1.00", 333,333 → "0.333333": two decimals at least, no more than needed. */
export function formatPpm(ppm: bigint): string {
  const [whole = '0', decimals = ''] = formatUnits({ name: 'part', scale: 6 }, ppm).split('.');
  return `${whole}.${decimals.replace(/0+$/, '').padEnd(2, '0')}`;
}
