import type { SheetColumn, SheetToWrite } from '@app/platform';
import { KIND_ZH, wordsOf } from '../import/column.words';
import type { ImportKind } from '../import/import-kind';
import { KIND_COLUMNS } from '../import/kind-columns';
import { NOTES_SHEET } from '../import/read-table';

const columnsOf = (kind: ImportKind) =>
  Object.entries(KIND_COLUMNS[kind]).map(([column, read]) => ({
    column,
    words: read.words,
    isNeeded: !read('').ok,
    told: wordsOf(kind, column),
  }));

/** A sheet of a kind's rows as people fill it in: headings in Chinese, lists to choose from. */
export const sheetOf = (kind: ImportKind, rows: SheetToWrite['rows']): SheetToWrite => ({
  name: KIND_ZH[kind],
  columns: columnsOf(kind).map(({ words, told: { heading, form } }): SheetColumn => ({
    heading,
    width: Math.max(12, 2 * heading.length + 2),
    ...(form && { form }),
    ...(words && { choices: Object.values(words) }),
  })),
  rows,
});

/** Rows in the words of programs → in those of people. */
export function peoplesWords(kind: ImportKind): (cells: readonly string[]) => string[] {
  const words = columnsOf(kind).map((column) => column.words);
  return (cells) => cells.map((cell, index) => words[index]?.[cell] ?? cell);
}

/** The sheet that tells what belongs into each column. */
export const notesOf = (kind: ImportKind): SheetToWrite => ({
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
      ...columnsOf(kind).map(({ column, words, isNeeded, told }) => [
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
      ...GENERAL.map((line) => [line]),
    ],
  ],
});

const GENERAL = [
  '',
  '第一个工作表第一行为表头，自第二行起每行一条；列的顺序可变，不得增加其他列。',
  '最多 100000 行；不得使用公式、合并单元格、隐藏行列；身份证号、账号列须为文本格式。',
  '导入前先试导入：系统一次列出全部错误行，并告知将新增的内容；有一行错误则全部不导入。',
];
