import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { api, path } from '../api/client';
import type { Batch, Page } from '../api/types';
import { useText, word } from '../text/text';
import { Bar } from '../ui/bar';
import { Button } from '../ui/button';
import { count, yuan } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { Empty, Shown } from '../ui/states';
import { Tag, type Tone } from '../ui/tag';

/** Quick while the bank is answering, slow when all is answered. */
const LIVE_MS = 1_500;
const QUIET_MS = 10_000;

/** Lines that the bank calls unknown keep a batch from being done for days: nothing moves there meanwhile. */
const isOpen = ({ waiting }: Batch): boolean => waiting > 0;

/** How many batches a page shows at once. */
const SHOWN = 8;

const TONES: Record<Batch['state'], Tone> = {
  planned: 'plain',
  submitting: 'move',
  submitted: 'move',
  done: 'good',
};

export function Batches({ book }: { readonly book: string }) {
  const { bureau: text } = useText();
  const batches = useQuery({
    queryKey: ['batches', book],
    queryFn: () => api.get<Page<Batch>>(path`/books/${book}/batches`),
    refetchInterval: ({ state }) => (state.data?.items.some(isOpen) ? LIVE_MS : QUIET_MS),
  });
  const isLive = batches.data?.items.some(isOpen) ?? false;
  return (
    <Sheet
      title={text.batches}
      lead={text.batchesLead}
      aside={
        isLive && (
          <Tag tone="good">
            <i className="live-dot" /> {text.live}
          </Tag>
        )
      }
    >
      <Shown query={batches}>
        {({ items }) =>
          items.length === 0 ? <Empty>{text.noBatches}</Empty> : <BatchList book={book} items={items} />
        }
      </Shown>
    </Sheet>
  );
}

function BatchList({ book, items }: { readonly book: string; readonly items: readonly Batch[] }) {
  const { common } = useText();
  const [limit, setLimit] = useState(SHOWN);
  return (
    <>
      <ul className="batches">
        {items.slice(0, limit).map((batch) => (
          <BatchRow key={batch.id} book={book} batch={batch} />
        ))}
      </ul>
      {items.length > limit && (
        <Button look="quiet" size="wide" onClick={() => setLimit(limit + SHOWN)}>
          {common.more}（{count(items.length - limit)}）
        </Button>
      )}
    </>
  );
}

function BatchRow({ book, batch }: { readonly book: string; readonly batch: Batch }) {
  const { bureau: text, common, words } = useText();
  const isUnclear = batch.waiting === 0 && batch.unknown > 0;
  const parts = [
    { name: text.success, amount: String(batch.paid), colour: 'var(--bar-paid)' },
    { name: text.failure, amount: String(batch.failed), colour: 'var(--bar-back)' },
    { name: text.unknown, amount: String(batch.unknown), colour: 'var(--bar-frozen)' },
    { name: text.waiting, amount: String(batch.waiting), colour: 'var(--bar-quiet)' },
  ];
  const label = parts.map(({ name, amount }) => `${name} ${amount}`).join('，');
  return (
    <li className="batch">
      <div className="row spread">
        <span className="row">
          <strong>{word(words.bank, batch.bank)}</strong>
          <Tag tone={isUnclear ? 'wait' : TONES[batch.state]}>
            {isUnclear ? text.toInquire : text.batchStates[batch.state]}
          </Tag>
          {batch.reissue && <Tag tone="wait">{text.reissueTag}</Tag>}
          <span className="soft small">{batch.rail === 'fiscal' ? text.fiscal : text.market}</span>
        </span>
        <span className="nowrap">
          <strong>{yuan(batch.totalFen)}</strong> <span className="soft">{common.yuan}</span>
        </span>
      </div>
      <Bar label={label} parts={parts} whole={String(batch.lines)} />
      <div className="row spread">
        <div className="counts">
          {parts.map(({ name, amount, colour }) => (
            <span key={name}>
              <i style={{ background: colour }} />
              {name} <b>{count(amount)}</b>
            </span>
          ))}
        </div>
        <span className="soft small">
          {count(batch.lines)} {common.line} · {batch.no.replace(`${book}-`, '')}
        </span>
      </div>
      {batch.findings.length > 0 && (
        <div className="note note-wait small">{text.findings(count(batch.findings.length))}</div>
      )}
    </li>
  );
}
