import { present } from '@app/kernel';
import { addAt, cells, refuseRepeats, type ImportErrors, type ReadRow } from '@app/registry';
import type { IndicatorDraft } from '../indicators/indicator.rules';
import type { FundSource } from '../sources/fund-source.store';
import type { INDICATOR_FILE } from './indicator-columns';

type Row = ReadRow<typeof INDICATOR_FILE>;

export interface Known {
  readonly sources: readonly FundSource[];
  /** Documents that have allotted to their projects already, as `document project`. */
  readonly taken: ReadonlySet<string>;
}

/** By code and by name. */
export type SourceCodes = ReadonlyMap<string, string>;

const keyOf = ({ value: { doc_no: docNo, project_code: projectCode } }: Row): string | undefined =>
  docNo === undefined || projectCode === undefined ? undefined : `${docNo} ${projectCode}`;

/** Notes what is wrong with rows beside each other and against the book. */
export function checkRows(
  rows: readonly Row[],
  errors: ImportErrors,
  { sources, taken }: Known,
): SourceCodes {
  const codes = new Map(
    sources.flatMap(({ code, nameZh, nameEn }) =>
      [code, nameZh, nameEn].map((called): [string, string] => [called, code]),
    ),
  );
  const named = sources.map(({ code, nameZh }) => `${nameZh}（${code}）`).join('、');
  const unknown = cells.problem(
    'VALUE_UNKNOWN',
    `其中之一：${named}`,
    `one of ${sources.map(({ code }) => code).join(', ')}`,
  );
  for (const row of rows) {
    const { fund_source: source } = row.value;
    if (source !== undefined && !codes.has(source)) addAt(errors, row, 'fund_source', unknown);
    const key = keyOf(row);
    if (key !== undefined && taken.has(key)) addAt(errors, row, 'doc_no', TAKEN);
  }
  refuseRepeats(errors, rows, 'doc_no', keyOf);
  return codes;
}

const TAKEN = cells.problem(
  'ALREADY_IN_BOOK',
  '尚未对该项目下达的文号；追加、追减请登记指标调整',
  'a document that has not allotted to this project; to change an amount, adjust the indicator',
);

/** Of a row without a fault. */
export function toDraft({ value }: Row, codes: SourceCodes): IndicatorDraft {
  const read = <T>(cell: T | undefined): T => present(cell, 'a file without a fault has all its cells');
  return {
    docNo: read(value.doc_no),
    year: read(value.year),
    sourceKind: read(value.source_kind),
    fundSource: read(codes.get(read(value.fund_source))),
    projectCode: read(value.project_code),
    functionItem: read(value.function_item),
    economicItem: read(value.economic_item),
    governmentEconomicItem: value.government_economic_item ?? undefined,
    fundNature: read(value.fund_nature),
    budgetUnit: read(value.budget_unit),
    direct: read(value.direct),
    amountFen: read(value.amount_yuan),
    arrivedOn: read(value.arrived_on),
  };
}
