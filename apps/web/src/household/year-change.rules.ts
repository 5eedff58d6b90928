/** What of a payment the comparison of two years looks at. */
export interface YearLine {
  readonly parcelCode: string;
  readonly year: number;
  readonly areaMu100: string;
  readonly fenPerMu: string;
  readonly deductionFenPerMu: string;
  /** In millionths. */
  readonly qualityPpm: string;
  readonly amountFen: string;
}

/** One parcel in two years that follow on each other; undefined where it was not paid for. */
export interface ParcelChange {
  readonly parcelCode: string;
  readonly before: YearLine | undefined;
  readonly after: YearLine | undefined;
}

export interface YearChange {
  readonly last: number;
  readonly before: number;
  readonly differenceFen: bigint;
  readonly parcels: readonly ParcelChange[];
}

const fenOf = (lines: readonly YearLine[]): bigint =>
  lines.reduce((total, { amountFen }) => total + BigInt(amountFen), 0n);

type MaybeLand = Omit<YearLine, 'parcelCode' | 'areaMu100' | 'fenPerMu'> & {
  readonly [Key in 'parcelCode' | 'areaMu100' | 'fenPerMu']: string | null;
};

/** What land pays can be compared parcel by parcel; what is owed otherwise is not. */
export const isOfLand = <Line extends MaybeLand>(line: Line): line is Line & YearLine =>
  line.parcelCode !== null && line.areaMu100 !== null && line.fenPerMu !== null;

/** Compares the two latest years parcel by parcel; undefined when there is only one. */
export function yearChangeOf(lines: readonly YearLine[]): YearChange | undefined {
  const [last, before] = [...new Set(lines.map(({ year }) => year))].sort((a, b) => b - a);
  if (last === undefined || before === undefined) return undefined;
  const ofLast = lines.filter(({ year }) => year === last);
  const ofBefore = lines.filter(({ year }) => year === before);
  const codes = [...new Set([...ofLast, ...ofBefore].map(({ parcelCode }) => parcelCode))].sort();
  return {
    last,
    before,
    differenceFen: fenOf(ofLast) - fenOf(ofBefore),
    parcels: codes.map((parcelCode) => ({
      parcelCode,
      before: ofBefore.find((line) => line.parcelCode === parcelCode),
      after: ofLast.find((line) => line.parcelCode === parcelCode),
    })),
  };
}
