import { formatUnits } from '@app/kernel';
import { writeWorkbook, type SheetColumn, type SheetToWrite } from '@app/platform';
import type { Cell, Report, ReportColumn, ReportTable, ReportUnit } from './report';

/** What a spreadsheet takes for a name of a sheet. */
const NAME_MAX = 31;
const UNNAMEABLE = /[[\]:*?/\\]/g;
const FORMS: Readonly<Partial<Record<ReportUnit, SheetColumn['form']>>> = {
  ...{ count: 'number', mu: 'hundredths', yuan: 'hundredths' },
  ...{ ha: 'number', m3: 'number', kg: 'number', t: 'number' },
};
const WIDE = 40;
const USUAL = 18;

/** A report as a workbook, Chinese first: what it is of and says, then a sheet for each table. */
export const workbookOf = (report: Report): AsyncGenerator<Buffer> =>
  writeWorkbook([provenanceOf(report), ...report.tables.map(sheetOf)]);

function provenanceOf(report: Report): SheetToWrite {
  const { title, book, region, regionName, from, day, generatedAt, sha256, notes } = report;
  return {
    name: '说明',
    columns: [
      { heading: '项目', width: USUAL },
      { heading: '内容', width: WIDE },
    ],
    rows: [
      [
        ['报表', title.zh],
        ['账簿', book],
        ['地区', `${regionName}（${region}）`],
        ['截止日', from === null ? day : `${from} – ${day}`],
        ['生成时间', generatedAt.toISOString()],
        ['内容指纹 SHA-256', sha256],
        ...notes.map(({ zh }) => ['说明', zh]),
      ],
    ],
  };
}

const sheetOf = ({ title, columns, rows, total }: ReportTable): SheetToWrite => ({
  name: title.zh.replace(UNNAMEABLE, ' ').slice(0, NAME_MAX),
  columns: columns.map(columnOf),
  rows: [
    [...rows, ...(total ? [total] : [])].map((row) => row.map((cell, index) => textOf(cell, columns[index]))),
  ],
});

const columnOf = ({ head, unit }: ReportColumn): SheetColumn => {
  const form = FORMS[unit];
  return { heading: head.zh, width: unit === 'text' ? WIDE : USUAL, ...(form && { form }) };
};

function textOf(cell: Cell, column: ReportColumn | undefined): string {
  if (cell === null) return '';
  if (typeof cell === 'bigint') return formatUnits({ name: '', scale: column?.scale ?? 0 }, cell);
  return typeof cell === 'string' ? cell : cell.zh;
}
