import { YUAN, ok, parseUnits, refuse, type Result } from '@app/kernel';
import { cells, TableColumns, type CellProblem, type CellReader } from '@app/registry';

const AMOUNT_WRONG: CellProblem = {
  code: 'AMOUNT_MALFORMED',
  expected: { zh: '金额（元），最多两位小数', en: 'yuan, at most two decimals' },
};

const amountCell: CellReader<bigint> = (text): Result<bigint, CellProblem> => {
  const fen = parseUnits(YUAN, text);
  return fen.ok && fen.value >= 0n ? ok(fen.value) : refuse(AMOUNT_WRONG);
};

/** 发放清册: the columns of the bureau's template, with how each cell is read. */
export const ROSTER_COLUMNS = {
  party_external_no: { heading: '权利人编号', width: 16, read: cells.code(64) },
  name: { heading: '户主（名称）', width: 16, read: cells.name(200) },
  parcel_code: { heading: '小班号', width: 18, read: cells.code(64) },
  area_mu: { heading: '面积（亩）', width: 12, read: cells.area },
  share_percent: { heading: '份额（%）', width: 12, read: cells.share },
  amount_yuan: { heading: '金额（元）', width: 14, read: amountCell },
} as const;

export type RosterColumn = keyof typeof ROSTER_COLUMNS;
export const ROSTER_COLUMN_NAMES = Object.keys(ROSTER_COLUMNS) as RosterColumn[];

export const rosterColumns = new TableColumns(
  ROSTER_COLUMN_NAMES,
  [],
  (column) => ROSTER_COLUMNS[column as RosterColumn].heading,
);
