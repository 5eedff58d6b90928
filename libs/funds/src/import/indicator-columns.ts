import { ok, parseUnits, refuse, YUAN } from '@app/kernel';
import type { SheetColumn } from '@app/platform';
import { cells, type CellReader } from '@app/registry';
import { SOURCE_KINDS } from '../indicators/indicator.rules';
import { SOURCE_KIND_ZH } from '../indicators/indicator.words';

const AMOUNT_MAX_FEN = 999_999_999_999_999n;
const GROUPED = /^[¥￥]?\s*(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)\s*元?$/;

/** 元 with at most two decimals → fen. What a spreadsheet shows with commas and a sign is shown as it should be written. */
const yuan: CellReader<bigint> = (value) => {
  const wrong = (zh: string, en: string) => refuse(cells.problem('NUMBER_WRONG', zh, en));
  if (value === '') return refuse(cells.problem('CELL_EMPTY', '必填', 'a value'));
  const parsed = parseUnits(YUAN, value);
  if (parsed.ok && parsed.value > 0n && parsed.value <= AMOUNT_MAX_FEN) return parsed;
  const meant = GROUPED.exec(value)?.[1]?.replaceAll(',', '');
  if (meant !== undefined && meant !== value) return wrong(`写作 ${meant}`, `written as ${meant}`);
  return wrong('大于 0 的元数，最多两位小数，如 7392575.00', 'yuan above 0 with at most two decimals');
};

const year: CellReader<number> = (value) =>
  /^\d{4}$/.test(value) && Number(value) >= 2000 && Number(value) <= 2100
    ? ok(Number(value))
    : refuse(
        cells.problem(
          value === '' ? 'CELL_EMPTY' : 'NUMBER_WRONG',
          ...yearExpected(/^(20\d{2})年(度)?$/.exec(value)?.[1]),
        ),
      );
const yearExpected = (meant: string | undefined): [string, string] =>
  meant === undefined
    ? ['2000 至 2100 的四位年份', 'a year from 2000 to 2100']
    : [`写作 ${meant}`, `written as ${meant}`];

const matching =
  (pattern: RegExp, zh: string, en: string): CellReader<string> =>
  (value) =>
    pattern.test(value)
      ? ok(value)
      : refuse(
          value === ''
            ? cells.problem('CELL_EMPTY', '必填', 'a value')
            : cells.problem('CODE_MALFORMED', zh, en),
        );

/** In the order of the template; programs may use these names in place of the headings. */
export const INDICATOR_FILE = {
  doc_no: cells.code(200),
  year,
  source_kind: cells.oneOf(SOURCE_KINDS, SOURCE_KIND_ZH),
  fund_source: cells.text(200),
  project_code: matching(
    /^[A-Za-z0-9._-]{1,64}$/,
    '1 至 64 位字母、数字或 . _ -',
    '1 to 64 of A-Z a-z 0-9 . _ -',
  ),
  function_item: matching(/^\d{3}(\d{2}(\d{2})?)?$/, '3、5 或 7 位数字，如 2110602', '3, 5 or 7 digits'),
  economic_item: matching(/^\d{3}(\d{2})?$/, '3 或 5 位数字，如 30310', '3 or 5 digits'),
  government_economic_item: cells.optional(matching(/^\d{3}(\d{2})?$/, '3 或 5 位数字', '3 or 5 digits')),
  fund_nature: cells.name(200),
  budget_unit: cells.name(200),
  direct: cells.truth,
  amount_yuan: yuan,
  arrived_on: cells.day,
} as const;

export type IndicatorColumn = keyof typeof INDICATOR_FILE;
export const OPTIONAL_COLUMNS: readonly IndicatorColumn[] = ['government_economic_item'];

interface Words {
  readonly heading: string;
  readonly note: string;
  readonly form?: SheetColumn['form'];
}

export const COLUMN_WORDS: Readonly<Record<IndicatorColumn, Words>> = {
  doc_no: { heading: '指标文号', note: '同一文号对同一项目只下达一次' },
  year: { heading: '年度', note: '四位年份' },
  source_kind: { heading: '来源', note: '提前下达、年初、追加、结转' },
  fund_source: { heading: '资金来源', note: '资金来源的代码，或其现行名称' },
  project_code: { heading: '项目代码', note: '字母、数字或 . _ -' },
  function_item: { heading: '功能科目', note: '3、5 或 7 位数字' },
  economic_item: { heading: '部门经济科目', note: '3 或 5 位数字' },
  government_economic_item: { heading: '政府经济科目', note: '3 或 5 位数字，可留空' },
  fund_nature: { heading: '资金性质', note: '如 一般公共预算资金' },
  budget_unit: { heading: '预算单位', note: '单位名称' },
  direct: { heading: '直达标志', note: '是 或 否' },
  amount_yuan: { heading: '额度（元）', note: '大于 0，最多两位小数，不写千分号', form: 'hundredths' },
  arrived_on: { heading: '到县日期', note: '日期，如 2026-01-31；闲置天数自此日起算', form: 'day' },
};
