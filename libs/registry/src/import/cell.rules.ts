import { phoneOf } from '@app/identity';
import {
  BIGINT_MAX,
  holdsIdOrPhone,
  holdsSomebodysNumber,
  isDay,
  MU,
  ok,
  parseUnits,
  refuse,
  type Day,
  type Result,
  type Unit,
  type UnitsRefusal,
} from '@app/kernel';
import type { CellProblem, ImportErrorCode } from './import-error';

/** Turns a trimmed cell into a value, or says what would be right. */
export type Reader<T> = ((text: string) => Result<T, CellProblem>) & {
  /** All that may stand there, each with what people call it. */
  readonly words?: Readonly<Record<string, string>>;
};

const withWords = <T>(read: Reader<T>, words: Reader<T>['words']): Reader<T> =>
  words === undefined ? read : Object.assign(read, { words });

export const problem = (code: ImportErrorCode, zh: string, en: string): CellProblem => ({
  code,
  expected: { zh, en },
});

const EMPTY = problem('CELL_EMPTY', '必填', 'a value');
const AREA_MAX_MU100 = 10_000_000_000n;
const WHOLE_PPM = 1_000_000n;
/** Percent as people write it over parts per million as the book counts: 33.3333 % → 333,333. */
const PERCENT: Unit = { name: '%', scale: 4 };

/** The cell may be empty, which reads as null. */
export const optional = <T>(read: Reader<T>): Reader<T | null> =>
  withWords<T | null>((text) => (text === '' ? ok(null) : read(text)), read.words);

const required =
  <T>(read: Reader<T>): Reader<T> =>
  (text) =>
    text === '' ? refuse(EMPTY) : read(text);

export const text = (lengthMax: number): Reader<string> =>
  required((value) =>
    value.length <= lengthMax
      ? ok(value)
      : refuse(problem('CELL_TOO_LONG', `不超过 ${lengthMax} 个字`, `at most ${lengthMax} characters`)),
  );

/** A name of somebody or something. It is kept in clear, and a shifted row would bring a number here. */
export const name = (lengthMax: number): Reader<string> => {
  const plain = text(lengthMax);
  return (value) => (holdsSomebodysNumber(value) ? refuse(PERSONAL_IN_TEXT) : plain(value));
};
const PERSONAL_IN_TEXT = problem(
  'PERSONAL_NUMBER_IN_TEXT',
  '不含身份证号、账号、电话的文本',
  'a text without an ID number, an account or a phone',
);

/** A code of the sender's own or of a paper. It is kept in clear, so it must not be somebody's ID number or phone. */
export const code = (lengthMax: number): Reader<string> => {
  const plain = text(lengthMax);
  return (value) => (holdsIdOrPhone(value) ? refuse(PERSONAL_AS_CODE) : plain(value));
};
const PERSONAL_AS_CODE = problem(
  'PERSONAL_NUMBER_AS_CODE',
  '自编编号或文件号，不得使用身份证号、手机号',
  'a code of your own or of a paper, not an ID number or a phone',
);

/** One of these words, or what it is called in Chinese. */
export const oneOf = <const T extends readonly string[]>(
  values: T,
  labels?: Readonly<Record<T[number], string>>,
): Reader<T[number]> => {
  const called = (value: T[number]): string => labels?.[value] ?? value;
  const known = new Map<string, T[number]>(
    values.flatMap((value) => [
      [value, value],
      [called(value), value],
    ]),
  );
  const zh = values.map((value: T[number]) => (labels ? `${labels[value]}（${value}）` : value)).join('、');
  const unknown = problem('VALUE_UNKNOWN', `其中之一：${zh}`, `one of ${values.join(', ')}`);
  const read = required((value): Result<T[number], CellProblem> => {
    const found = known.get(value);
    return found === undefined ? refuse(unknown) : ok(found);
  });
  return withWords(read, Object.fromEntries(values.map((value) => [value, called(value)])));
};

const TRUTH: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  是: true,
  false: false,
  no: false,
  否: false,
};
export const truth: Reader<boolean> = withWords(
  required((value) => {
    const known = TRUTH[value.toLowerCase()];
    return known === undefined
      ? refuse(problem('VALUE_UNKNOWN', '是 或 否（true 或 false）', 'yes or no, true or false'))
      : ok(known);
  }),
  { true: '是', false: '否' },
);

export const day: Reader<Day> = required((value) =>
  isDay(value) && value >= '1900-01-01' ? ok(value) : refuse(dayExpected(value)),
);

/** Year, month and day in this order are one day however they are written; any other order may be two. */
const YEAR_FIRST = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?( 0?0:00(:00)?)?$/;

function dayExpected(value: string): CellProblem {
  const [, year = '', month = '', dayOfMonth = ''] = YEAR_FIRST.exec(value) ?? [];
  const meant = `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
  const isSure = isDay(meant) && (/\D/.test(value) || value.length === 8);
  return isSure
    ? problem('DATE_MALFORMED', `写作 ${meant}`, `written as ${meant}`)
    : problem('DATE_MALFORMED', '日期，如 2026-01-31', 'a day such as 2026-01-31');
}

export const regionCode: Reader<string> = required((value) =>
  /^(\d{6}|\d{9}|\d{12})$/.test(value)
    ? ok(value)
    : refuse(problem('REGION_MALFORMED', '6、9 或 12 位行政区划代码', 'a region code of 6, 9 or 12 digits')),
);

/** 亩 with at most two decimals → hundredths of a mu. */
export const area: Reader<bigint> = required((value) => {
  const parsed = units(MU, value, {
    malformed: 'AREA_MALFORMED',
    notPositive: 'AREA_NOT_POSITIVE',
    tooFine: 'AREA_TOO_FINE',
    zh: '大于 0 的亩数，最多两位小数，如 12.30',
    en: 'mu above 0 with at most two decimals, such as 12.30',
  });
  if (parsed.ok && parsed.value > AREA_MAX_MU100) {
    return refuse(problem('AREA_TOO_LARGE', '不超过 100000000 亩', 'at most 100000000 mu'));
  }
  return parsed;
});

/** Percent with at most four decimals → parts per million. */
export const share: Reader<bigint> = required((value) => {
  const parsed = units(PERCENT, value, {
    malformed: 'SHARE_MALFORMED',
    notPositive: 'SHARE_NOT_POSITIVE',
    tooFine: 'SHARE_TOO_FINE',
    zh: '大于 0、不超过 100 的百分数，最多四位小数，不写 %',
    en: 'percent above 0 up to 100 with at most four decimals, without %',
  });
  if (parsed.ok && parsed.value > WHOLE_PPM) {
    return refuse(problem('SHARE_OVER_WHOLE', '不超过 100', 'at most 100'));
  }
  return parsed;
});

interface UnitWords {
  readonly malformed: ImportErrorCode;
  readonly notPositive: ImportErrorCode;
  readonly tooFine: ImportErrorCode;
  readonly zh: string;
  readonly en: string;
}

function units(unit: Unit, value: string, words: UnitWords): Result<bigint, CellProblem> {
  const as = (errorCode: ImportErrorCode) => refuse(problem(errorCode, words.zh, words.en));
  if (/^-\d+(\.\d+)?$/.test(value)) return as(words.notPositive);
  const parsed = parseUnits(unit, value);
  if (!parsed.ok) {
    const codes: Record<UnitsRefusal['code'], ImportErrorCode> = {
      AMOUNT_MALFORMED: words.malformed,
      AMOUNT_TOO_FINE: words.tooFine,
    };
    return as(codes[parsed.reason.code]);
  }
  if (parsed.value > BIGINT_MAX) return as(words.malformed);
  return parsed.value > 0n ? parsed : as(words.notPositive);
}

/** A mobile number as identity writes it, or a landline with its area code, digits only. */
export const phone: Reader<string> = required((value) => {
  const mobile = phoneOf(value);
  if (mobile.ok) return mobile;
  return /^0\d{2,3}-?\d{7,8}$/.test(value)
    ? ok(value.replace('-', ''))
    : refuse(problem('PHONE_MALFORMED', '11 位手机号或带区号的座机号', 'a mobile number of 11 digits'));
});

export const accountNumber: Reader<string> = required((value) =>
  /^\d{8,30}$/.test(value)
    ? ok(value)
    : refuse(
        problem('ACCOUNT_MALFORMED', '8 至 30 位数字，单元格设为文本', '8 to 30 digits, the cell as text'),
      ),
);

/** Whoever is no more from a day on gets nothing that begins on it or later. */
export const partyClosed = (day: Day): CellProblem =>
  problem('PARTY_CLOSED', `${day} 前仍存续的主体`, `a party that is there: this one is closed since ${day}`);

/** Numbers a spreadsheet shows with a sign are a column's own matter; everything else led by these computes. */
const FORMULA = /^[=+\-@]/;
const SIGNED_NUMBER = /^[+-]\d+(\.\d+)?([eE][+-]?\d+)?$/;
/**
 * Control characters, line breaks included: no cell here is more than one line, and PostgreSQL takes no NUL. Marks
 * nobody sees (zero width, right to left) make two codes of one.
 */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** What is wrong with a cell whatever its column. */
export function cellFault(value: string): CellProblem | undefined {
  if (FORMULA.test(value) && !SIGNED_NUMBER.test(value)) {
    return problem('CELL_FORMULA', '不以 = + - @ 开头的文本', 'a text that does not begin with = + - or @');
  }
  if (CONTROL.test(value)) {
    return problem(
      'CELL_CONTROL',
      '一行文本，无换行、控制字符或不可见字符',
      'one line of text without control or invisible characters',
    );
  }
  return undefined;
}
