import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** Right-aligned, never broken. */
  readonly number?: boolean;
  /** The heading of the card that a row becomes on a phone. */
  readonly lead?: boolean;
  /** Takes the whole width of that card. */
  readonly wide?: boolean;
  readonly foot?: ReactNode;
}

interface Props<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

const classOf = ({
  number,
  lead,
  wide,
}: {
  number?: boolean;
  lead?: boolean;
  wide?: boolean;
}): string | undefined =>
  [number && 'number', lead && 'lead', wide && 'wide'].filter(Boolean).join(' ') || undefined;

/** A table that becomes a list of cards where there is no room for columns. */
export function Table<Row>({ caption, columns, rows, keyOf }: Props<Row>) {
  const hasFoot = columns.some(({ foot }) => foot !== undefined);
  return (
    <table className="table">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column, index) => (
            <th key={index} scope="col" className={column.number ? 'number' : undefined}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column, index) => (
              <td key={index} className={classOf(column)} data-label={column.head}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {hasFoot && (
        <tfoot>
          <tr>
            {columns.map((column, index) => (
              <td key={index} className={classOf({ ...column, wide: false })} data-label={column.head}>
                {column.foot}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  );
}
