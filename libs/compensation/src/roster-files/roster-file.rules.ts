import { formatUnits, MU, YUAN, type Unit } from '@app/kernel';
import type { CellProblem } from '@app/registry';

/** A line as the book has it. */
export interface RegisteredLine {
  readonly partyNo: string;
  readonly name: string;
  readonly parcelCode: string;
  readonly areaMu100: bigint;
  readonly sharePpm: bigint;
  readonly amountFen: bigint;
}

/** What a row of the village's file says, each cell as it was read. */
export type StatedLine = RegisteredLine;

export interface RowProblem {
  readonly column: string;
  readonly problem: CellProblem;
}

const PERCENT: Unit = { name: '%', scale: 4 };
/** `100.0000` → `100`. */
const percent = (ppm: bigint): string => formatUnits(PERCENT, ppm).replace(/\.?0+$/, '');

const is = (code: CellProblem['code'], zh: string, en: string): CellProblem => ({
  code,
  expected: { zh, en },
});

/** How a row differs from the line of its household and parcel; a larger area or amount is told as such. */
export function differencesOf(stated: StatedLine, line: RegisteredLine): RowProblem[] {
  const problems: RowProblem[] = [];
  const area = formatUnits(MU, line.areaMu100);
  const amount = formatUnits(YUAN, line.amountFen);
  if (stated.name !== line.name) {
    problems.push({
      column: 'name',
      problem: is('NAME_DIFFERS', `登记的户主是 ${line.name}`, `registered as ${line.name}`),
    });
  }
  if (stated.areaMu100 !== line.areaMu100) {
    const code = stated.areaMu100 > line.areaMu100 ? 'AREA_ABOVE_REGISTERED' : 'AREA_DIFFERS';
    problems.push({ column: 'area_mu', problem: is(code, `登记面积 ${area} 亩`, `registered: ${area} mu`) });
  }
  if (stated.sharePpm !== line.sharePpm) {
    const share = percent(line.sharePpm);
    problems.push({
      column: 'share_percent',
      problem: is('SHARE_DIFFERS', `登记份额 ${share} %`, `registered: ${share} %`),
    });
  }
  if (stated.amountFen !== line.amountFen) {
    problems.push({
      column: 'amount_yuan',
      problem: is('AMOUNT_DIFFERS', `应为 ${amount} 元`, `it is ${amount} yuan`),
    });
  }
  return problems;
}

/** What is known of a household and a parcel that the roster has no line of. */
export interface KnownPair {
  readonly partyKnown: boolean;
  readonly parcelKnown: boolean;
  /** Share of a right on the roster's day, if there is one. */
  readonly hasRight: boolean;
}

/** Why a row is no line: nobody is paid for ground that the registry does not say is theirs. */
export function whyNoLine({ partyKnown, parcelKnown, hasRight }: KnownPair): RowProblem {
  if (!partyKnown) {
    return {
      column: 'party_external_no',
      problem: is('PARTY_UNKNOWN', '登记簿中没有这一户', 'no household of the registry'),
    };
  }
  if (!parcelKnown) {
    return {
      column: 'parcel_code',
      problem: is(
        'PARCEL_UNKNOWN',
        '登记簿中没有这块林地：先确权登记',
        'no parcel of the registry: register it first',
      ),
    };
  }
  return hasRight
    ? {
        column: 'parcel_code',
        problem: is(
          'LINE_UNKNOWN',
          '这块林地不在本清册内：未纳入补偿范围、未确权或没有标准',
          'not in this roster: out of scope, unregistered or without a standard',
        ),
      }
    : {
        column: 'parcel_code',
        problem: is(
          'RIGHT_MISSING',
          '登记簿中这一户对这块林地没有权利',
          'the household has no registered right to it',
        ),
      };
}

export const LINE_REPEATED: CellProblem = is(
  'REPEATED_IN_FILE',
  '每户每块林地一行',
  'a row a household and parcel',
);
export const LINE_MISSING: CellProblem = is(
  'LINE_MISSING',
  '清册中有这一行，文件中没有',
  'a line of the roster that the file does not have',
);
