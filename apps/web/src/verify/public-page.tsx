import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';

import { api, path } from '../api/client';
import type { NoticeHead } from '../api/public-types';
import type { CreditFigures, FiscalFigures, MarketFigures, Page } from '../api/types';
import { useBooks, useBookTitles } from '../app/books';
import { PageHead } from '../app/layout';
import { useText } from '../text/text';
import { sum, exactKg, yuan } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { Empty, Shown } from '../ui/states';
import { Tag } from '../ui/tag';
import { Account } from './account';

/** What a book tells everybody: its totals, each with the sum that proves it, and the notices that are up. */
export default function PublicPage() {
  const { verify, common } = useText();
  const text = verify.public;
  const { book = '' } = useParams();
  const books = useBooks();
  const titles = useBookTitles(books.data?.items ?? []);
  const found = books.data?.items.find(({ code }) => code === book);
  return (
    <>
      <PageHead
        title={found ? `${titles.get(book) ?? book} · ${text.title}` : text.title}
        lead={text.lead}
        aside={found?.mode === 'rehearsal' && <Tag tone="wait">{common.rehearsal}</Tag>}
      />
      <div className="stack-wide">
        {found?.mode === 'rehearsal' && <div className="note note-wait">{common.rehearsalNote}</div>}
        <Notices book={book} />
        <div className="columns">
          <Fiscal book={book} />
          <Credits book={book} />
        </div>
        <Market book={book} />
        <ReportLinks book={book} />
      </div>
    </>
  );
}

const useFigures = <T,>(book: string, name: string) =>
  useQuery({
    queryKey: ['figures', book, name],
    queryFn: () => api.get<T>(`${path`/public/books/${book}/figures/`}${name}`),
  });

function Fiscal({ book }: { readonly book: string }) {
  const { verify, bureau, common } = useText();
  const query = useFigures<FiscalFigures>(book, 'fiscal');
  return (
    <Sheet title={verify.public.fiscal} lead={verify.public.paidNote}>
      <Shown query={query}>
        {(data) => (
          <Account
            total={{ name: bureau.allotted, amount: data.allotted }}
            unit={common.yuan}
            write={yuan}
            terms={[
              { name: bureau.paid, amount: data.paid, colour: 'var(--bar-paid)' },
              { name: bureau.available, amount: data.fund, colour: 'var(--bar-free)' },
              {
                name: bureau.frozen,
                amount: sum(
                  data.reserved,
                  data.payable,
                  data.inTransit,
                  data.returned,
                  data.stopped,
                ).toString(),
                colour: 'var(--bar-frozen)',
              },
              { name: bureau.recovered, amount: data.recovered, colour: 'var(--bar-quiet)' },
            ]}
          />
        )}
      </Shown>
    </Sheet>
  );
}

function Credits({ book }: { readonly book: string }) {
  const { verify, common } = useText();
  const text = verify.public;
  const query = useFigures<CreditFigures>(book, 'credits');
  return (
    <Sheet title={text.credits} lead={text.illustrative}>
      <Shown query={query}>
        {(data) => (
          <Account
            total={{ name: text.issued, amount: data.issued }}
            unit={common.kg}
            write={exactKg}
            terms={[
              { name: text.holding, amount: data.holding, colour: 'var(--bar-paid)' },
              { name: text.buffer, amount: data.buffer, colour: 'var(--bar-sky)' },
              { name: text.reserved, amount: data.reserved, colour: 'var(--bar-frozen)' },
              { name: text.card, amount: data.card, colour: 'var(--bar-free)' },
              { name: text.retired, amount: data.retired, colour: '#7d5a3c' },
              { name: text.cancelled, amount: data.cancelled, colour: 'var(--bar-quiet)' },
              { name: text.external, amount: data.external, colour: 'var(--line-strong)' },
            ]}
          />
        )}
      </Shown>
    </Sheet>
  );
}

function Market({ book }: { readonly book: string }) {
  const { verify, common } = useText();
  const text = verify.public;
  const query = useFigures<MarketFigures>(book, 'market');
  return (
    <Sheet title={text.market}>
      <Shown query={query}>
        {(data) => (
          <div className="columns">
            <Account
              total={{ name: text.proceeds, amount: data.proceeds }}
              unit={common.yuan}
              write={yuan}
              terms={[
                { name: text.suppliers, amount: data.suppliers, colour: 'var(--bar-paid)' },
                { name: text.afforestation, amount: data.afforestation, colour: 'var(--bar-free)' },
                { name: text.nontax, amount: data.nontax, colour: '#7d5a3c' },
                { name: text.fee, amount: data.fee, colour: 'var(--bar-frozen)' },
                { name: text.tax, amount: data.tax, colour: 'var(--bar-sky)' },
                { name: text.channel, amount: data.channel, colour: 'var(--line-strong)' },
                { name: text.unsplit, amount: data.unsplit, colour: 'var(--bar-quiet)' },
              ]}
            />
            <Account
              total={{ name: text.custody, amount: data.custody }}
              unit={common.yuan}
              write={yuan}
              terms={[{ name: text.owed, amount: data.custodyLiabilities, colour: 'var(--bar-paid)' }]}
            />
          </div>
        )}
      </Shown>
    </Sheet>
  );
}

function Notices({ book }: { readonly book: string }) {
  const { verify } = useText();
  const text = verify.public;
  const notices = useQuery({
    queryKey: ['notices', book],
    queryFn: () => api.get<Page<NoticeHead>>(path`/public/books/${book}/rosters`),
  });
  return (
    <Sheet title={text.notices} lead={text.noticesLead}>
      <Shown query={notices}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{text.noNotices}</Empty>
          ) : (
            <dl className="pairs">
              {items.map(({ rosterId, regionName, year, noticeUntil }) => (
                <div key={rosterId}>
                  <dt>
                    {text.noticeTitle(regionName, String(year))}
                    <br />
                    <span className="small">{text.until(noticeUntil)}</span>
                  </dt>
                  <dd>
                    <Link className="button button-small" to={`/public/${book}/notices/${rosterId}`}>
                      {text.read}
                    </Link>
                  </dd>
                </div>
              ))}
            </dl>
          )
        }
      </Shown>
    </Sheet>
  );
}

function ReportLinks({ book }: { readonly book: string }) {
  const { reports } = useText();
  return (
    <Sheet title={reports.title} lead={reports.lead}>
      <div className="row">
        {Object.entries(reports.kinds).map(([kind, name]) => (
          <Link
            key={kind}
            className="button button-quiet button-usual"
            to={`/public/${book}/reports/${kind}`}
          >
            {name}
          </Link>
        ))}
      </div>
    </Sheet>
  );
}
