import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { api, path } from '../api/client';
import type { Batch, Indicator, Page } from '../api/types';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { count, yuan } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { ProblemNote } from '../ui/states';
import { Table, type Column } from '../ui/table';

/** Indicators with money to be paid out; the payout centre makes batches of them. */
export function PlanBatches({ book, mayPlan }: { readonly book: string; readonly mayPlan: boolean }) {
  const { bureau: text, common } = useText();
  const queries = useQueryClient();
  const indicators = useQuery({
    queryKey: ['indicators', book],
    queryFn: () => api.get<Page<Indicator>>(path`/books/${book}/indicators`),
  });
  const plan = useMutation({
    mutationFn: (indicatorId: string) =>
      api.post<{ batches: readonly Batch[] }>(path`/books/${book}/batches`, { indicatorId }),
    onSettled: () => queries.invalidateQueries(),
  });
  const columns: Column<Indicator>[] = [
    {
      head: text.docNo,
      lead: true,
      cell: ({ docNo, year }) => (
        <>
          {docNo} <span className="soft small">{year}</span>
        </>
      ),
    },
    { head: `${text.pending}（${common.yuan}）`, number: true, cell: ({ pendingFen }) => yuan(pendingFen) },
    {
      head: '',
      wide: true,
      number: true,
      cell: ({ id }) =>
        mayPlan && (
          <Button look="main" size="small" busy={plan.isPending} onClick={() => plan.mutate(id)}>
            {text.plan}
          </Button>
        ),
    },
  ];
  const waiting = indicators.data?.items.filter(({ pendingFen }) => BigInt(pendingFen) > 0n) ?? [];
  // A desk with nothing to send has no use for an empty tray.
  if (waiting.length === 0 && plan.isIdle) return null;
  return (
    <Sheet title={text.indicators} lead={text.indicatorsLead}>
      <div className="stack">
        {plan.isSuccess && (
          <div className="note" role="status">
            {text.planned(count(plan.data.batches.length))}
          </div>
        )}
        {plan.isError && <ProblemNote error={plan.error} />}
        {waiting.length > 0 && (
          <Table caption={text.indicators} columns={columns} rows={waiting} keyOf={({ id }) => id} />
        )}
      </div>
    </Sheet>
  );
}
