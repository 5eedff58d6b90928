import type { EntryRecord, EventRecord, PostingRecord, ProvenRecord, RefusalRecord } from '@app/proof';

import { useText } from '../text/text';
import type { Text } from '../text/zh';
import { count, instant, kg, yuan } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { Table } from '../ui/table';
import { Fact } from './fact';

export function ProvenFacts({ proven }: { readonly proven: ProvenRecord }) {
  const { proof: text } = useText();
  return (
    <Sheet title={text.what[proven.stream]}>
      {proven.stream === 'entry' && <Entry entry={proven.record} />}
      {proven.stream === 'refusal' && <Refused refusal={proven.record} />}
      {proven.stream === 'event' && <Event event={proven.record} />}
    </Sheet>
  );
}

function Entry({ entry }: { readonly entry: EntryRecord }) {
  const { proof: text } = useText();
  return (
    <div className="stack">
      <dl className="facts">
        <Fact name={text.number}>
          {count(entry.seq)} <code className="proof-hash">{entry.id}</code>
        </Fact>
        <Fact name={text.kind}>
          <code>{entry.kind}</code>
        </Fact>
        <Fact name={text.recordedAt}>{instant(entry.recordedAt)}</Fact>
        <Fact name={text.effectiveAt}>{instant(entry.effectiveAt)}</Fact>
        {entry.reference !== null && <Fact name={text.reference}>{entry.reference}</Fact>}
        {entry.memo !== null && <Fact name={text.memo}>{entry.memo}</Fact>}
      </dl>
      <Postings postings={entry.postings} />
    </div>
  );
}

function Postings({ postings }: { readonly postings: readonly PostingRecord[] }) {
  const { proof: text } = useText();
  const told = (amount: bigint, asset: string): string => amountOf(amount, asset, text);
  return (
    <Table
      caption={text.what.entry}
      rows={postings}
      keyOf={({ leg }) => leg.toString()}
      columns={[
        { head: text.account, lead: true, cell: ({ path }) => <code className="proof-hash">{path}</code> },
        {
          head: text.debit,
          number: true,
          cell: ({ amount, asset }) => (amount > 0n ? told(amount, asset) : ''),
        },
        {
          head: text.credit,
          number: true,
          cell: ({ amount, asset }) => (amount < 0n ? told(-amount, asset) : ''),
        },
        {
          head: text.balanceAfter,
          number: true,
          cell: ({ balanceAfter, asset }) => told(balanceAfter, asset),
        },
      ]}
    />
  );
}

/** What is counted, in the unit people read where the page knows it; else the integer and its asset. */
function amountOf(amount: bigint, asset: string, text: Text['proof']): string {
  if (asset === 'CNY') return `${yuan(amount)} ${text.fen}`;
  return asset.startsWith('CO2E/') ? `${kg(amount)} ${text.kg}` : `${count(amount)} ${asset}`;
}

function Refused({ refusal }: { readonly refusal: RefusalRecord }) {
  const { proof: text } = useText();
  return (
    <dl className="facts">
      <Fact name={text.number}>
        {count(refusal.no)} <code className="proof-hash">{refusal.id}</code>
      </Fact>
      <Fact name={text.kind}>
        <code>{refusal.code}</code>
      </Fact>
      <Fact name={text.recordedAt}>{instant(refusal.decidedAt)}</Fact>
      <Fact name={text.facts}>
        <code className="proof-hash">{refusal.facts}</code>
      </Fact>
    </dl>
  );
}

function Event({ event }: { readonly event: EventRecord }) {
  const { proof: text } = useText();
  return (
    <dl className="facts">
      <Fact name={text.number}>{count(event.no)}</Fact>
      <Fact name={text.kind}>
        <code>{event.type}</code>
      </Fact>
      <Fact name={text.recordedAt}>{instant(event.at)}</Fact>
      <Fact name={text.facts}>
        <code className="proof-hash">{event.facts}</code>
      </Fact>
    </dl>
  );
}
