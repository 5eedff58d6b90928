import { useQuery } from '@tanstack/react-query';

import { path } from '../api/client';
import { allPages } from '../api/pages';
import type { Roster, RosterState } from '../api/types';
import { useText, word } from '../text/text';
import { Bar } from '../ui/bar';
import { count, mu, sum, yuan } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { Empty, Shown } from '../ui/states';
import { Table, type Column } from '../ui/table';
import { Tag, type Tone } from '../ui/tag';

const TONES: Record<RosterState, Tone> = {
  draft: 'plain',
  notice: 'wait',
  review: 'wait',
  approved: 'move',
  locking: 'move',
  locked: 'good',
  void: 'bad',
};

const REFRESH_MS = 5_000;

export function Rosters({ book }: { readonly book: string }) {
  const { bureau: text } = useText();
  const rosters = useQuery({
    queryKey: ['rosters', book],
    queryFn: () => allPages<Roster>(path`/books/${book}/rosters`),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Sheet title={text.rosters} lead={text.rostersLead}>
      <Shown query={rosters}>
        {(items) => (items.length === 0 ? <Empty>{text.noRosters}</Empty> : <RosterTable items={items} />)}
      </Shown>
    </Sheet>
  );
}

const dueOf = ({ dueFen, totalFen }: Roster): string => dueFen ?? totalFen;

function RosterTable({ items }: { readonly items: readonly Roster[] }) {
  const { bureau: text } = useText();
  const standing = items.filter(({ state }) => state !== 'void');
  const columns: Column<Roster>[] = [
    { head: text.town, lead: true, cell: (roster) => <Town roster={roster} />, foot: text.total },
    { head: text.state, cell: (roster) => <State roster={roster} />, foot: '' },
    {
      head: text.payees,
      number: true,
      cell: ({ parties }) => count(parties),
      foot: count(standing.reduce((total, { parties }) => total + parties, 0)),
    },
    {
      head: text.area,
      number: true,
      cell: ({ areaMu100 }) => mu(areaMu100),
      foot: mu(sum(...standing.map(({ areaMu100 }) => areaMu100))),
    },
    {
      head: text.due,
      number: true,
      cell: (roster) => yuan(dueOf(roster)),
      foot: yuan(sum(...standing.map(dueOf))),
    },
    {
      head: text.paidOut,
      number: true,
      cell: ({ paidFen }) => yuan(paidFen),
      foot: yuan(sum(...standing.map(({ paidFen }) => paidFen))),
    },
    { head: text.progress, wide: true, cell: (roster) => <Progress roster={roster} />, foot: '' },
  ];
  return <Table caption={text.rosters} columns={columns} rows={items} keyOf={({ id }) => id} />;
}

function Town({ roster }: { readonly roster: Roster }) {
  const { bureau: text, language } = useText();
  return (
    <div className="roster-town">
      <strong>{roster.regionName}</strong> <span className="soft">{roster.year}</span>
      {roster.supplementaryOf !== null && (
        <>
          {' '}
          <Tag>{text.supplementary}</Tag>
        </>
      )}
      <div className="soft small">{language === 'zh' ? roster.programmeNameZh : roster.programmeNameEn}</div>
    </div>
  );
}

function State({ roster }: { readonly roster: Roster }) {
  const { bureau: text, words } = useText();
  const { state, nextPost, noticeUntil, objectionsOpen } = roster;
  return (
    <div>
      <Tag tone={TONES[state]}>{text.rosterStates[state]}</Tag>
      {state === 'review' && nextPost && (
        <div className="soft small">{text.waitingFor(word(words.post, nextPost))}</div>
      )}
      {state === 'notice' && noticeUntil && <div className="soft small">{text.noticeUntil(noticeUntil)}</div>}
      {objectionsOpen > 0 && <div className="soft small">{text.objections(count(objectionsOpen))}</div>}
    </div>
  );
}

function Progress({ roster }: { readonly roster: Roster }) {
  const { bureau: text } = useText();
  const parts = [
    { name: text.paid, amount: roster.paidFen, colour: 'var(--bar-paid)' },
    { name: text.inTransit, amount: roster.inTransitFen, colour: 'var(--bar-sky)' },
    { name: text.pending, amount: roster.pendingFen, colour: 'var(--bar-frozen)' },
    { name: text.returned, amount: roster.returnedFen, colour: 'var(--bar-back)' },
    { name: text.stopped, amount: roster.stoppedFen, colour: 'var(--line-strong)' },
  ];
  const told = parts
    .filter(({ amount }) => BigInt(amount) > 0n)
    .map(({ name, amount }) => `${name} ${yuan(amount)}`);
  return (
    <div className="roster-progress">
      <Bar label={told.join('，') || text.progress} parts={parts} whole={dueOf(roster)} />
      {BigInt(roster.returnedFen) > 0n && (
        <span className="small">
          {text.returned} {yuan(roster.returnedFen)}
        </span>
      )}
    </div>
  );
}
