import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { api, path } from '../api/client';
import { allPages } from '../api/pages';
import type { Batch, ReturnedLine } from '../api/types';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { count, sum, yuan } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { Empty, ProblemNote, Shown } from '../ui/states';
import { Table, type Column } from '../ui/table';
import { Tag } from '../ui/tag';
import { CorrectAccount } from './correct-account';

interface Props {
  readonly book: string;
  readonly mayCorrect: boolean;
  readonly mayReissue: boolean;
}

/** How many rows a page shows at once: a long list of returns is worked from the top. */
const SHOWN = 20;

export function Returns(props: Props) {
  const { bureau: text } = useText();
  const lines = useQuery({
    queryKey: ['returned', props.book],
    queryFn: () => allPages<ReturnedLine>(path`/books/${props.book}/returned-lines`),
    refetchInterval: 10_000,
  });
  return (
    <Sheet title={text.returns} lead={text.returnsLead}>
      <Shown query={lines}>{(items) => <Worklist {...props} items={items} />}</Shown>
    </Sheet>
  );
}

function Worklist({
  book,
  mayCorrect,
  mayReissue,
  items,
}: Props & { readonly items: readonly ReturnedLine[] }) {
  const { bureau: text, common } = useText();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [correcting, setCorrecting] = useState<ReturnedLine>();
  const [limit, setLimit] = useState(SHOWN);
  const picked = items.filter(({ lineId, reissuable }) => reissuable && chosen.has(lineId));
  const reissue = useMutation({
    mutationFn: () =>
      api.post<{ batches: readonly Batch[] }>(path`/books/${book}/reissues`, {
        lineIds: picked.map(({ lineId }) => lineId),
      }),
    onSettled: () => {
      setChosen(new Set());
      return queries.invalidateQueries();
    },
  });
  const toggle = (id: string) =>
    setChosen((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    );
  const chooseAll = () =>
    setChosen(new Set(items.filter(({ reissuable }) => reissuable).map(({ lineId }) => lineId)));
  return (
    <>
      {reissue.isSuccess && (
        <div className="note" role="status">
          {text.reissued(count(reissue.data.batches.length))}
        </div>
      )}
      {reissue.isError && <ProblemNote error={reissue.error} />}
      {items.length === 0 ? (
        <Empty>{text.noReturns}</Empty>
      ) : (
        <ReturnTable
          items={items.slice(0, limit)}
          chosen={chosen}
          onToggle={mayReissue ? toggle : undefined}
          onCorrect={mayCorrect ? setCorrecting : undefined}
        />
      )}
      {items.length > limit && (
        <Button look="quiet" size="wide" onClick={() => setLimit(limit + SHOWN)}>
          {common.more}（{count(items.length - limit)}）
        </Button>
      )}
      {correcting && <CorrectAccount book={book} line={correcting} onDone={() => setCorrecting(undefined)} />}
      {mayReissue && items.length > 0 && (
        <div className={picked.length > 0 ? 'returns-foot returns-foot-chosen' : 'returns-foot'}>
          <Button look="quiet" size="small" onClick={chooseAll}>
            {text.chooseAll}
          </Button>
          <span className="soft">
            {text.chosen(count(picked.length), yuan(sum(...picked.map(({ amountFen }) => amountFen))))}
          </span>
          <Button
            look="main"
            disabled={picked.length === 0}
            busy={reissue.isPending}
            onClick={() => reissue.mutate()}
          >
            {text.reissue}
          </Button>
        </div>
      )}
    </>
  );
}

interface TableProps {
  readonly items: readonly ReturnedLine[];
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: ((id: string) => void) | undefined;
  readonly onCorrect: ((line: ReturnedLine) => void) | undefined;
}

function ReturnTable({ items, chosen, onToggle, onCorrect }: TableProps) {
  const { bureau: text } = useText();
  const columns: Column<ReturnedLine>[] = [
    {
      head: text.payee,
      lead: true,
      cell: ({ lineId, name, reissuable, attempt }) => (
        <label className="row nowrap">
          {onToggle && (
            <input
              type="checkbox"
              className="big-check"
              aria-label={`${text.choose} ${name}`}
              disabled={!reissuable}
              checked={reissuable && chosen.has(lineId)}
              onChange={() => onToggle(lineId)}
            />
          )}
          <strong>{name}</strong>
          {attempt > 1 && <span className="soft small">{text.attempt(count(attempt))}</span>}
        </label>
      ),
    },
    { head: text.village, cell: ({ village }) => village },
    { head: text.amount, number: true, cell: ({ amountFen }) => yuan(amountFen) },
    { head: text.account, cell: ({ failedAccountLast4 }) => failedAccountLast4 },
    { head: text.reason, cell: ({ reason }) => reason },
    { head: text.todo, wide: true, cell: ({ whatToDo }) => <span className="small">{whatToDo}</span> },
    { head: text.state, cell: (line) => <Standing line={line} onCorrect={onCorrect} /> },
  ];
  return <Table caption={text.returns} columns={columns} rows={items} keyOf={({ lineId }) => lineId} />;
}

function Standing({
  line,
  onCorrect,
}: {
  readonly line: ReturnedLine;
  readonly onCorrect: TableProps['onCorrect'];
}) {
  const { bureau: text } = useText();
  if (line.corrected) return <Tag tone="good">{text.corrected}</Tag>;
  if (onCorrect) {
    return (
      <Button size="small" onClick={() => onCorrect(line)}>
        {text.correct}
      </Button>
    );
  }
  return (
    <Tag tone={line.reissuable ? 'good' : 'wait'}>{line.reissuable ? text.ready : text.notCorrected}</Tag>
  );
}
