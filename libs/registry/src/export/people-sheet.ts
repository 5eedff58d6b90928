import type { SheetColumn, SheetToWrite } from '@app/platform';
import { KIND_ZH, wordsOf } from '../import/column.words';
import type { FileOfRows } from '../import/file-of-rows';
import type { ImportKind } from '../import/import-kind';
import { KIND_COLUMNS } from '../import/kind-columns';
import { NOTES_SHEET, ROWS_MAX } from '../import/read-table';

export const fileOf = (kind: ImportKind): FileOfRows => ({
  name: KIND_ZH[kind],
  columns: KIND_COLUMNS[kind],
  told: (column) => wordsOf(kind, column),
  rowsMax: ROWS_MAX,
});

const columnsOf = ({ columns, told }: FileOfRows) =>
  Object.entries(columns).map(([column, read]) => ({
    column,
    words: read.words,
    isNeeded: !read('').ok,
    told: told(column),
  }));

/** A sheet of a kind's rows as people fill it in: headings in Chinese, lists to choose from. */
export const sheetOf = (kind: ImportKind, rows: SheetToWrite['rows']): SheetToWrite =>
  sheetOfFile(fileOf(kind), rows);

export const sheetOfFile = (file: FileOfRows, rows: SheetToWrite['rows']): SheetToWrite => ({
  name: file.name,
  columns: columnsOf(file).map(({ words, told: { heading, form } }): SheetColumn => ({
    heading,
    width: Math.max(12, 2 * heading.length + 2),
    ...(form && { form }),
    ...(words && { choices: Object.values(words) }),
  })),
  rows,
});

/** Rows in the words of programs → in those of people. */
export function peoplesWords(kind: ImportKind): (cells: readonly string[]) => string[] {
  const words = columnsOf(fileOf(kind)).map((column) => column.words);
  return (cells) => cells.map((cell, index) => words[index]?.[cell] ?? cell);
}

/** The sheet that tells what belongs into each column. */
export const notesOf = (kind: ImportKind): SheetToWrite => notesOfFile(fileOf(kind));

export const notesOfFile = (file: FileOfRows): SheetToWrite => ({
  name: NOTES_SHEET,
  columns: [
    { heading: '列', width: 20 },
    { heading: '程序用名', width: 22 },
    { heading: '必填', width: 8 },
    { heading: '填写要求', width: 60 },
    { heading: '可选内容', width: 60 },
  ],
  rows: [
    [
      ...columnsOf(file).map(({ column, words, isNeeded, told }) => [
        told.heading,
        column,
        isNeeded ? '是' : '否',
        told.note,
        words
          ? Object.entries(words)
              .map(([word, zh]) => (zh === word ? zh : `${zh}（${word}）`))
              .join('、')
          : '',
      ]),
      ...generalOf(file).map((line) => [line]),
    ],
  ],
});

const generalOf = ({ rowsMax }: FileOfRows): string[] => [
  '',
  '第一个工作表第一行为表头，自第二行起每行一条；列的顺序可变，不得增加其他列。',
  `最多 ${rowsMax} 行；不得使用公式、合并单元格、隐藏行列；身份证号、账号列须为文本格式。`,
  '导入前先试导入：系统一次列出全部错误行，并告知将新增的内容；有一行错误则全部不导入。',
];
