import { writeWorkbook, type SheetColumn, type SheetToWrite } from '@app/platform';
import { NOTES_SHEET } from '@app/registry';
import { COLUMN_WORDS, INDICATOR_FILE, OPTIONAL_COLUMNS, type IndicatorColumn } from './indicator-columns';

const COLUMNS = Object.keys(INDICATOR_FILE) as IndicatorColumn[];

/** An empty workbook of indicators, to be filled in and imported; the names of the book's sources to choose from. */
export const writeIndicatorTemplate = (sources: readonly string[]): AsyncGenerator<Buffer> =>
  writeWorkbook([
    { name: '预算指标', columns: COLUMNS.map((column) => columnOf(column, sources)), rows: [] },
    NOTES,
  ]);

function columnOf(column: IndicatorColumn, sources: readonly string[]): SheetColumn {
  const { heading, form } = COLUMN_WORDS[column];
  const words = INDICATOR_FILE[column].words;
  const choices = column === 'fund_source' ? sources : words && Object.values(words);
  return {
    heading: OPTIONAL_COLUMNS.includes(column) ? heading : `${heading}*`,
    width: Math.max(14, 2 * heading.length + 4),
    ...(form && { form }),
    ...(choices && { choices }),
  };
}

const NOTES: SheetToWrite = {
  name: NOTES_SHEET,
  columns: [
    { heading: '列', width: 20 },
    { heading: '程序用名', width: 26 },
    { heading: '必填', width: 8 },
    { heading: '填写要求', width: 60 },
  ],
  rows: [
    COLUMNS.map((column) => [
      COLUMN_WORDS[column].heading,
      column,
      OPTIONAL_COLUMNS.includes(column) ? '否' : '是',
      COLUMN_WORDS[column].note,
    ]),
  ],
};
