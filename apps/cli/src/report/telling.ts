import type { Report, ReportTable } from '@app/credits';
import { formatUnits } from '@app/kernel';

type Cell = ReportTable['rows'][number][number];

const GAP = '  ';

const wordsOf = (cell: Cell, scale: number): string => {
  if (cell === null) return '-';
  if (typeof cell === 'string') return cell;
  return typeof cell === 'bigint' ? formatUnits({ name: '', scale }, cell) : cell.zh;
};

/** Chinese signs are two columns wide in a terminal. */
const widthOf = (text: string): number =>
  [...text].reduce((width, sign) => width + (/[\u2e80-\uffef]/.test(sign) ? 2 : 1), 0);

const padded = (text: string, width: number, isAmount: boolean): string => {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return isAmount ? space + text : text + space;
};

/** A report as lines of a terminal, Chinese first as on paper. */
export function* linesOf(report: Report): Generator<string> {
  const { title, regionName, region, book, from, day, notes, sha256 } = report;
  yield `${regionName}（${region}） ${title.zh} ${from === null ? day : `${from} – ${day}`}`;
  for (const table of report.tables) {
    yield '';
    yield table.title.zh;
    yield* tableLines(table);
  }
  yield '';
  for (const note of notes) yield note.zh;
  yield `${book} sha256 ${sha256}`;
}

function* tableLines({ columns, rows, total }: ReportTable): Generator<string> {
  const texts = [...rows, ...(total ? [total] : [])].map((row) =>
    row.map((cell, index) => wordsOf(cell, columns[index]?.scale ?? 0)),
  );
  const heads = columns.map(({ head }) => head.zh);
  const widths = heads.map((head, index) =>
    Math.max(widthOf(head), ...texts.map((row) => widthOf(row[index] ?? ''))),
  );
  for (const row of [heads, ...texts]) {
    yield row
      .map((text, index) => {
        const cell = rows[0]?.[index];
        return padded(text, widths[index] ?? 0, typeof cell === 'bigint');
      })
      .join(GAP)
      .trimEnd();
  }
}
