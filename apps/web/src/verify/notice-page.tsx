import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';

import { api, path } from '../api/client';
import type { Notice } from '../api/public-types';
import { PageHead } from '../app/layout';
import { useText, word } from '../text/text';
import { Button } from '../ui/button';
import { Figure } from '../ui/figure';
import { count, mu, yuan } from '../ui/format';
import { Loading, ProblemNote } from '../ui/states';
import { Table, type Column } from '../ui/table';
import { Tag } from '../ui/tag';

/** A roster on public notice: names, areas and amounts, while the period lasts. */
export default function NoticePage() {
  const { book = '', roster = '' } = useParams();
  const notice = useInfiniteQuery({
    queryKey: ['notice', book, roster],
    queryFn: ({ pageParam }) =>
      api.get<Notice>(
        path`/public/books/${book}/rosters/${roster}/notice` +
          (pageParam ? `?cursor=${encodeURIComponent(pageParam)}` : ''),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const { common } = useText();
  if (notice.isError && !notice.data) return <ProblemNote error={notice.error} />;
  const [head] = notice.data?.pages ?? [];
  if (!head) return <Loading />;
  return (
    <div className="stack-wide">
      <Head book={book} notice={head} />
      {!head.expired && (
        <section className="sheet">
          <Lines items={notice.data?.pages.flatMap(({ items }) => items) ?? []} />
          {notice.hasNextPage && (
            <Button
              look="quiet"
              size="wide"
              busy={notice.isFetchingNextPage}
              onClick={() => void notice.fetchNextPage()}
            >
              {common.more}
            </Button>
          )}
        </section>
      )}
    </div>
  );
}

function Head({ book, notice }: { readonly book: string; readonly notice: Notice }) {
  const { verify, bureau, common, words, language } = useText();
  const text = verify.public;
  return (
    <>
      <PageHead
        title={text.noticeTitle(notice.regionName, String(notice.year))}
        lead={language === 'zh' ? notice.programmeNameZh : notice.programmeNameEn}
        aside={
          <Link className="button button-quiet button-small no-print" to={`/public/${book}`}>
            {text.toNumbers}
          </Link>
        }
      />
      <section className="sheet stack">
        <div className="figures">
          <Figure name={text.period} value={`${notice.noticeFrom} – ${notice.noticeUntil}`} />
          <Figure name={bureau.payees} value={count(notice.parties)} unit={common.household} />
          <Figure name={bureau.area} value={mu(notice.areaMu100)} unit={common.mu} />
          <Figure name={bureau.due} value={yuan(notice.totalFen)} unit={common.yuan} />
        </div>
        <div className="row">
          {notice.standards.map(({ level, tenure, payableFenPerMu, documentNo }) => (
            <span key={`${level}/${tenure}/${payableFenPerMu}`} className="soft small">
              {text.standard}：{word(words.level, level)} · {word(words.tenure, tenure)}{' '}
              {text.perMu(yuan(payableFenPerMu))}（{documentNo}）
            </span>
          ))}
        </div>
        {notice.expired ? <div className="note note-wait">{text.expired}</div> : <p>{text.noticesLead}</p>}
        <p className="soft small">
          {notice.no} · {verify.fingerprint} <code>{notice.noticeHash.slice(0, 16)}</code>
        </p>
      </section>
    </>
  );
}

type Line = Notice['items'][number];

function Lines({ items }: { readonly items: readonly Line[] }) {
  const { verify, bureau, household, language } = useText();
  const text = verify.public;
  const columns: Column<Line>[] = [
    {
      head: text.name,
      lead: true,
      cell: ({ name, objected }) => (
        <>
          {name} {objected && <Tag tone="wait">{text.objected}</Tag>}
        </>
      ),
    },
    { head: bureau.village, cell: ({ villageName }) => villageName },
    { head: household.parcel, cell: ({ parcelCode }) => parcelCode ?? '—' },
    {
      head: text.sum,
      wide: true,
      cell: ({ explanationZh, explanationEn }) => (language === 'zh' ? explanationZh : explanationEn),
    },
    { head: bureau.amount, number: true, cell: ({ amountFen }) => yuan(amountFen) },
  ];
  return <Table caption={text.notices} columns={columns} rows={items} keyOf={({ no }) => String(no)} />;
}
