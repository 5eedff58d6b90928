import type { Problem } from '../api/client';
import type { ImportFault } from '../api/registry-types';
import { useText } from '../text/text';
import { count } from '../ui/format';
import { Table, type Column } from '../ui/table';

/** What to mend in a file: which row and column, what stands there, what would be right. */
export function ImportFaults({ refusal }: { readonly refusal: Problem }) {
  const { registry, language } = useText();
  const text = registry.imports;
  const faults = refusal.facts.errors as readonly ImportFault[];
  const total = String(refusal.facts.total);
  const columns: Column<ImportFault>[] = [
    { head: text.row, lead: true, cell: ({ row }) => `${text.row} ${count(row)}` },
    { head: text.column, cell: ({ column }) => column ?? text.whole },
    { head: text.value, cell: ({ value }) => value ?? '' },
    { head: text.expected, wide: true, cell: ({ expected }) => expected[language] },
  ];
  return (
    <div className="stack import-result">
      <div className="note note-bad" role="alert">
        <h3>{text.refused(count(total))}</h3>
        <p>{text.refusedLead}</p>
      </div>
      <Table
        caption={text.refused(count(total))}
        columns={columns}
        rows={faults}
        keyOf={({ row, column, code }) => `${row} ${column ?? ''} ${code}`}
      />
      {BigInt(total) > BigInt(faults.length) && (
        <p className="soft">{text.shown(count(faults.length), count(total))}</p>
      )}
    </div>
  );
}
