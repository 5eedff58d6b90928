import type { Cell, Report, ReportTable } from '../api/report-types';
import { useText } from '../text/text';
import { instant } from '../ui/format';
import { Table, type Column } from '../ui/table';
import { cellText, isAmount } from './cell.rules';
import './report.css';

/** A report as it is printed on A4: its tables, then what they are made of and their fingerprint. */
export function ReportSheet({ report }: { readonly report: Report }) {
  const { language } = useText();
  return (
    <div className="report stack-wide">
      {report.tables.map((table) => (
        <section key={table.name} className="sheet report-part">
          <h2>{table.title[language]}</h2>
          <ReportRows table={table} />
        </section>
      ))}
      <Provenance report={report} />
    </div>
  );
}

type Row = readonly Cell[];

function ReportRows({ table: { title, columns, rows, total } }: { readonly table: ReportTable }) {
  const { language, reports } = useText();
  if (rows.length === 0) return <p className="soft">{reports.empty}</p>;
  const shown = columns.map((column, index): Column<Row> => ({
    head: column.head[language],
    lead: index === 0,
    number: isAmount(column),
    cell: (row) => cellText(row[index] ?? null, column, language),
    ...(total && { foot: cellText(total[index] ?? null, column, language) }),
  }));
  const keys = new Map(rows.map((row, index) => [row, String(index)]));
  return <Table caption={title[language]} columns={shown} rows={rows} keyOf={(row) => keys.get(row) ?? ''} />;
}

function Provenance({ report }: { readonly report: Report }) {
  const { language, reports } = useText();
  const { book, region, regionName, from, day, generatedAt, sha256, notes } = report;
  return (
    <section className="sheet report-part">
      <ul className="report-notes">
        {notes.map((note) => (
          <li key={note.zh}>{note[language]}</li>
        ))}
      </ul>
      <p className="soft small">
        {reports.book} {book} · {regionName}（{region}） · {reports.asOf}{' '}
        {from === null ? day : `${from} – ${day}`}
        {' · '}
        {reports.generated} {instant(generatedAt)}
        <br />
        {reports.fingerprint} <code className="report-hash">{sha256}</code>
      </p>
    </section>
  );
}
