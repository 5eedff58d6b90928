import type { Imported, ImportSummary } from '../api/registry-types';
import { useText, word } from '../text/text';
import { Button } from '../ui/button';
import { count, mu } from '../ui/format';
import { Table, type Column } from '../ui/table';

interface Props {
  readonly imported: Imported;
  readonly onLoad: () => void;
}

type Group = ImportSummary['groups'][number];

/** What a file would do to the book, with the button that does it; afterwards what it did. */
export function ImportSummaryView({ imported, onLoad }: Props) {
  const { registry, words, language } = useText();
  const text = registry.imports;
  const { dryRun, rows, summary } = imported;
  const names = { ...registry.words, ...words.forestClass, ...words.right };
  const hasArea = summary.groups.some(({ areaMu100 }) => areaMu100 !== undefined);
  const columns: Column<Group>[] = [
    { head: text.place, lead: true, cell: ({ region, regionName }) => regionName ?? region },
    { head: text.what, cell: ({ word: what }) => word(names, what) },
    { head: text.count, number: true, cell: ({ rows: of }) => count(of) },
    ...(hasArea
      ? [{ head: text.area, number: true, cell: ({ areaMu100 }: Group) => mu(areaMu100 ?? '0') }]
      : []),
  ];
  return (
    <div className="stack import-result">
      <div className="note" role="status">
        {dryRun ? text.clean : text.loaded(count(rows))}
      </div>
      <h3>{dryRun ? text.wouldChange : text.loadedTitle}</h3>
      <ul>
        {summary.lines.map((line) => (
          <li key={line.en}>{line[language]}</li>
        ))}
      </ul>
      {summary.groups.length > 0 && (
        <Table
          caption={text.groups}
          columns={columns}
          rows={summary.groups}
          keyOf={({ region, word: what }) => `${region} ${what}`}
        />
      )}
      {summary.groupsTotal > summary.groups.length && (
        <p className="soft">{text.shown(count(summary.groups.length), count(summary.groupsTotal))}</p>
      )}
      {dryRun && (
        <div className="row">
          <Button look="main" onClick={onLoad}>
            {text.load} {text.rows(count(rows))}
          </Button>
        </div>
      )}
    </div>
  );
}
