import { columnOf, isoText, numberText, plainText, type CellText } from './cell-text.rules';
import type { NumberForm } from './number-format.rules';
import { FileRefused, sheetFault, type SheetFault, type SheetFaultCode } from './sheet-faults';
import type { Attributes, XmlListener } from './xml';

/** Faults are all counted; of so many, each is kept. */
const FAULTS_KEPT = 20_000;
const ROWS_OF_A_SHEET = 1_048_576;

/** A row with something in it: its number as a spreadsheet counts, and its cells up to the last that is not empty. */
export interface SheetRow {
  readonly row: number;
  /** Null where a fault was told instead of a value. */
  readonly cells: readonly (string | null)[];
}

export interface SheetLimits {
  /** Rows with something in them, the header included. */
  readonly rowsMax: number;
  readonly columnsMax: number;
}

export interface SheetBook {
  readonly strings: readonly string[];
  readonly forms: readonly NumberForm[];
  readonly isFrom1904: boolean;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Gathers the rows of a sheet from its XML, in the order in which they stand there. */
export class SheetReader implements XmlListener {
  readonly rows: SheetRow[] = [];
  readonly faults: SheetFault[] = [];
  faultsTotal = 0;
  #row = 0;
  #isRowHidden = false;
  #cells: (string | null)[] = [];
  #column = -1;
  #type = '';
  #style = 0;
  #text = '';
  #isText = false;
  #isPhonetic = false;
  #hasFormula = false;
  #width = 0;
  readonly #hiddenColumns: Span[] = [];
  readonly #merged: string[] = [];

  constructor(
    private readonly book: SheetBook,
    private readonly limits: SheetLimits,
  ) {}

  open(name: string, attributes: Attributes): void {
    switch (name) {
      case 'c':
        return this.openCell(attributes);
      case 'v':
        this.#isText = true;
        return;
      case 't':
        this.#isText = !this.#isPhonetic;
        return;
      case 'f':
        this.#hasFormula = true;
        return;
      case 'rPh':
        this.#isPhonetic = true;
        return;
      case 'row':
        return this.openRow(attributes);
      case 'col':
        if (isTrue(attributes.hidden)) {
          this.#hiddenColumns.push({ from: Number(attributes.min) - 1, to: Number(attributes.max) - 1 });
        }
        return;
      case 'mergeCell':
        if (this.#merged.length < FAULTS_KEPT) this.#merged.push(attributes.ref ?? '');
    }
  }

  text(piece: string): void {
    if (this.#isText) this.#text += piece;
  }

  close(name: string): void {
    switch (name) {
      case 'v':
      case 't':
        this.#isText = false;
        return;
      case 'rPh':
        this.#isPhonetic = false;
        return;
      case 'c':
        return this.closeCell();
      case 'row':
        return this.closeRow();
    }
  }

  /** What is only known when all rows are: hidden columns and merged cells matter where there is data. */
  end(): void {
    const last = this.rows.at(-1)?.row ?? 0;
    for (const { from, to } of this.#hiddenColumns) {
      for (let column = from; column <= to && column < this.#width; column += 1) {
        this.note('COLUMN_HIDDEN', { row: 1, column });
      }
    }
    for (const ref of this.#merged) {
      const column = columnOf(ref);
      const row = Number(/\d+/.exec(ref)?.[0] ?? 0);
      if (row <= last && column < this.#width) this.note('CELLS_MERGED', { row, column, value: ref });
    }
  }

  private openRow({ r, hidden }: Attributes): void {
    const row = r === undefined ? this.#row + 1 : Number(r);
    if (!Number.isInteger(row) || row <= this.#row || row > ROWS_OF_A_SHEET)
      throw new FileRefused('FILE_DAMAGED');
    this.#row = row;
    this.#isRowHidden = isTrue(hidden);
    this.#cells = [];
    this.#column = -1;
  }

  private openCell({ r, t = 'n', s }: Attributes): void {
    const column = r === undefined ? this.#column + 1 : columnOf(r);
    if (column <= this.#column || this.#row === 0) throw new FileRefused('FILE_DAMAGED');
    this.#column = column;
    this.#type = t;
    this.#style = s === undefined ? 0 : Number(s);
    this.#text = '';
    this.#hasFormula = false;
  }

  private closeCell(): void {
    if (this.#hasFormula) return this.putFault('CELL_FORMULA', '=');
    if (this.#text === '') return;
    const read = this.read();
    if ('fault' in read) this.putFault(read.fault, this.#text);
    else if (read.text.trim() !== '') this.put(read.text);
  }

  private read(): CellText {
    const raw = this.#text;
    switch (this.#type) {
      case 's':
        return plainText(this.shared(raw));
      case 'n':
        return numberText(raw.trim(), this.book.forms[this.#style] ?? 'plain', this.book.isFrom1904);
      case 'str':
      case 'inlineStr':
        return plainText(raw);
      case 'b':
        return { text: isTrue(raw.trim()) ? 'true' : 'false' };
      case 'd':
        return isoText(raw.trim());
      case 'e':
        return { fault: 'CELL_ERROR' };
      default:
        throw new FileRefused('FILE_DAMAGED');
    }
  }

  private shared(index: string): string {
    const text = /^\d{1,9}$/.test(index) ? this.book.strings[Number(index)] : undefined;
    if (text === undefined) throw new FileRefused('FILE_DAMAGED');
    return text;
  }

  private putFault(code: SheetFaultCode, value: string): void {
    if (code === 'FILE_DAMAGED') throw new FileRefused(code);
    this.note(code, { column: this.#column, value });
    this.put(null);
  }

  private put(cell: string | null): void {
    if (this.#column >= this.limits.columnsMax) {
      if (cell !== null) this.note('CELL_OUTSIDE', { column: this.#column, value: cell });
      return;
    }
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells.push(cell);
  }

  private closeRow(): void {
    if (this.#cells.length === 0) return;
    if (this.rows.length === this.limits.rowsMax) throw new FileRefused('FILE_TOO_LONG', { row: this.#row });
    if (this.#isRowHidden) this.note('ROW_HIDDEN');
    this.#width = Math.max(this.#width, this.#cells.length);
    this.rows.push({ row: this.#row, cells: this.#cells });
  }

  private note(code: SheetFaultCode, at: { row?: number; column?: number; value?: string } = {}): void {
    this.faultsTotal += 1;
    if (this.faults.length < FAULTS_KEPT) this.faults.push(sheetFault(code, { row: this.#row, ...at }));
  }
}

const isTrue = (text: string | undefined): boolean => text === '1' || text === 'true';
