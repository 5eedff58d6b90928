import { workbookOf, sheetOfTexts } from '../support/workbooks';

/** An indicator as a request states it. */
export const INDICATOR = {
  docNo: '安财农〔2026〕18号',
  year: 2026,
  sourceKind: 'advance',
  fundSource: 'central',
  projectCode: '610924-SL-2026',
  functionItem: '2110602',
  economicItem: '30310',
  fundNature: '一般公共预算资金',
  budgetUnit: '县林业局',
  direct: true,
  amountFen: '1000000',
  arrivedOn: '2026-01-15',
};

/** A row of a file of indicators, by column. */
export const ROW = {
  doc_no: '安财农〔2026〕30号',
  year: '2026',
  source_kind: '年初',
  fund_source: '县级财政',
  project_code: 'P30',
  function_item: '2110602',
  economic_item: '30310',
  government_economic_item: '',
  fund_nature: '一般公共预算资金',
  budget_unit: '县林业局',
  direct: '否',
  amount_yuan: '7392575.00',
  arrived_on: '2026-03-01',
};
export type Row = typeof ROW;

export const csvOf = (rows: readonly Partial<Row>[]): string =>
  [Object.keys(ROW), ...rows.map((row) => Object.values({ ...ROW, ...row }))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');

export const workbook = (headings: readonly string[], rows: readonly Partial<Row>[]): Promise<Buffer> =>
  workbookOf({
    sheets: { 预算指标: sheetOfTexts([headings, ...rows.map((row) => Object.values({ ...ROW, ...row }))]) },
  });
