/** What a workbook or one of its cells can have wrong. Stable: pages and people's notes refer to these. */
export type SheetFaultCode =
  // the file
  | 'FILE_NOT_WORKBOOK'
  | 'FILE_OLD_OR_ENCRYPTED'
  | 'FILE_MACROS'
  | 'FILE_EXTERNAL_LINKS'
  | 'FILE_TOO_LARGE'
  | 'FILE_ZIP_BOMB'
  | 'FILE_DTD'
  | 'FILE_DAMAGED'
  | 'FILE_TOO_LONG'
  | 'SHEETS_SEVERAL'
  // its rows and cells
  | 'ROW_HIDDEN'
  | 'COLUMN_HIDDEN'
  | 'CELLS_MERGED'
  | 'CELL_OUTSIDE'
  | 'CELL_FORMULA'
  | 'CELL_ERROR'
  | 'CELL_TOO_LONG'
  | 'CELL_DATE_WRONG'
  | 'CELL_NUMBER_ROUNDED';

export interface SheetFault {
  readonly code: SheetFaultCode;
  /** As a spreadsheet counts; 1 when the file as a whole is meant. */
  readonly row: number;
  /** From 0, null when the row or file as a whole is meant. */
  readonly column: number | null;
  /** What stands there, or where: `=A1`, `#N/A`, `B2:C3`. */
  readonly value: string | null;
  /** What would be right, in both languages of the product. */
  readonly expected: { readonly zh: string; readonly en: string };
}

const WORDS: Readonly<Record<SheetFaultCode, SheetFault['expected']>> = {
  FILE_NOT_WORKBOOK: {
    zh: 'Excel 工作簿（.xlsx）或 CSV 文件；其他格式请在 Excel、WPS 中另存为 .xlsx',
    en: 'an Excel workbook (.xlsx) or a CSV file; save other formats as .xlsx',
  },
  FILE_OLD_OR_ENCRYPTED: {
    zh: '未加密的 .xlsx；旧版 .xls 请另存为 .xlsx，设有密码的请先取消密码',
    en: 'an .xlsx without a password; save an old .xls as .xlsx, take the password off',
  },
  FILE_MACROS: {
    zh: '不含宏的 .xlsx；请另存为“Excel 工作簿(*.xlsx)”',
    en: 'a workbook without macros; save as "Excel Workbook (*.xlsx)"',
  },
  FILE_EXTERNAL_LINKS: {
    zh: '不含外部链接、数据连接或嵌入对象；请复制后“选择性粘贴为数值”到新工作簿',
    en: 'no links to other files, data connections or embedded objects; paste the values into a new workbook',
  },
  FILE_TOO_LARGE: {
    zh: '内容过大；请删除数据以下的空行、多余的工作表和格式，或拆分文件',
    en: 'too large inside; delete empty rows below the data, other sheets and formats, or split the file',
  },
  FILE_ZIP_BOMB: {
    zh: '压缩比异常，不予解压；请在 Excel、WPS 中重新另存为 .xlsx',
    en: 'it unpacks to far more than a workbook does; save it anew as .xlsx',
  },
  FILE_DTD: { zh: '不含 DTD 和实体声明的工作簿', en: 'a workbook without a DTD or entities' },
  FILE_DAMAGED: {
    zh: '文件损坏或不完整；请在 Excel、WPS 中打开并重新另存为 .xlsx',
    en: 'damaged or incomplete; open it and save it anew as .xlsx',
  },
  FILE_TOO_LONG: { zh: '行数过多，请拆分文件', en: 'too many rows; split the file' },
  SHEETS_SEVERAL: {
    zh: '只有一个工作表含数据；请把各表分别存为文件',
    en: 'data on one sheet only; save each sheet as a file of its own',
  },
  ROW_HIDDEN: {
    zh: '无隐藏或被筛选掉的数据行；请取消隐藏和筛选，或删除这些行',
    en: 'no hidden or filtered rows; show them all, or delete them',
  },
  COLUMN_HIDDEN: {
    zh: '无隐藏的列；请取消隐藏，或删除该列',
    en: 'no hidden column; show it, or delete it',
  },
  CELLS_MERGED: { zh: '不合并单元格；请取消合并并逐格填写', en: 'no merged cells; unmerge and fill each' },
  CELL_OUTSIDE: { zh: '数据列之外无内容；请删除', en: 'nothing outside the columns; delete it' },
  CELL_FORMULA: {
    zh: '数值而非公式；请复制该列并“选择性粘贴为数值”',
    en: 'a value, not a formula; copy the column and paste it as values',
  },
  CELL_ERROR: { zh: '数值，而非错误值', en: 'a value, not an error' },
  CELL_TOO_LONG: { zh: '不超过 32767 个字', en: 'at most 32767 characters' },
  CELL_DATE_WRONG: {
    zh: '1900 年 3 月 1 日以后的日期，不带时刻；或写作文本，如 2026-01-31',
    en: 'a day since 1900-03-01 without a time of day, or a text such as 2026-01-31',
  },
  CELL_NUMBER_ROUNDED: {
    zh: '文本：超过 15 位的数字已被电子表格改写，请先把该列设为“文本”再重新录入',
    en: 'a text: a spreadsheet rounds numbers of more than 15 digits; format the column as text and enter it anew',
  },
};

/** A fault of the file, or of what stands at a place of it. */
export const sheetFault = (
  code: SheetFaultCode,
  at: { readonly row?: number; readonly column?: number; readonly value?: string } = {},
): SheetFault => ({
  code,
  row: at.row ?? 1,
  column: at.column ?? null,
  value: at.value?.slice(0, 64) ?? null,
  expected: WORDS[code],
});

/** Stops the reading of a file that is not read any further. It never leaves `readSheet`. */
export class FileRefused extends Error {
  readonly fault: SheetFault;

  constructor(code: SheetFaultCode, at?: Parameters<typeof sheetFault>[1]) {
    super(code);
    this.fault = sheetFault(code, at);
  }
}

/** What the inflater, the decoder and the parser throw, they throw about the file. */
export const asRefused = (error: unknown): FileRefused =>
  error instanceof FileRefused ? error : new FileRefused('FILE_DAMAGED');
