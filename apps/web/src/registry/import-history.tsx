import { useQuery } from '@tanstack/react-query';

import { api, path } from '../api/client';
import type { ImportRecord } from '../api/registry-types';
import type { Page } from '../api/types';
import { useText } from '../text/text';
import { count, instant } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { Empty, Shown } from '../ui/states';
import { Table, type Column } from '../ui/table';

const SHOWN = 20;

export function ImportHistory({ book }: { readonly book: string }) {
  const { registry } = useText();
  const text = registry.imports;
  const imports = useQuery({
    queryKey: ['imports', book],
    queryFn: () => api.get<Page<ImportRecord>>(path`/books/${book}/imports`),
  });
  const columns: Column<ImportRecord>[] = [
    { head: text.of, lead: true, cell: ({ kind }) => text.kinds[kind] },
    { head: text.when, cell: ({ importedAt }) => instant(importedAt) },
    { head: text.count, number: true, cell: ({ rows }) => count(rows) },
  ];
  return (
    <Sheet title={text.history}>
      <Shown query={imports}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{text.none}</Empty>
          ) : (
            <Table
              caption={text.history}
              columns={columns}
              rows={items.slice(0, SHOWN)}
              keyOf={({ id }) => id}
            />
          )
        }
      </Shown>
    </Sheet>
  );
}
