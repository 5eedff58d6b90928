import { useQueries } from '@tanstack/react-query';

import { path } from '../api/client';
import { allPages } from '../api/pages';
import type { Me } from '../api/types';
import { holds } from '../app/session';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { count } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { Empty, Loading, ProblemNote } from '../ui/states';
import { inboxOrder, INBOXES, oldestFirst, type Waiting } from './inbox.rules';
import { OrderCard } from './order-card';

interface Props {
  readonly book: string;
  readonly me: Me;
}

const STATE = 'state=proposed';

/** Orders of all kinds that the caller may read, the longest waiting first. */
export function Inbox({ book, me }: Props) {
  const { registry: text, common } = useText();
  const holdsOne = (posts: readonly string[]) => posts.some((post) => holds(me, book, post));
  const inboxes = INBOXES.filter(({ readers }) => holdsOne(readers));
  const lists = useQueries({
    queries: inboxes.map(({ kind, route }) => ({
      queryKey: ['inbox', book, kind],
      queryFn: () => allPages<Waiting>(`${path`/books/${book}/`}${route}?${STATE}`),
    })),
  });
  const orders = oldestFirst(
    inboxes.flatMap(({ kind }, index) => (lists[index]?.data ?? []).map((order) => inboxOrder(kind, order))),
  );
  const isLoading = lists.some(({ isPending }) => isPending);
  const again = () => lists.forEach((list) => void list.refetch());
  if (inboxes.length === 0) return <div className="note note-wait">{text.noPost}</div>;
  return (
    <Sheet
      title={text.waiting(count(orders.length))}
      lead={text.waitingLead}
      aside={
        <Button size="small" busy={lists.some(({ isFetching }) => isFetching)} onClick={again}>
          {common.refresh}
        </Button>
      }
    >
      {inboxes.map(({ kind }, index) =>
        lists[index]?.isError ? <ProblemNote key={kind} error={lists[index].error} /> : null,
      )}
      {isLoading && <Loading />}
      {!isLoading && orders.length === 0 && <Empty>{text.nothing}</Empty>}
      <ul className="orders">
        {orders.map((order) => (
          <OrderCard
            key={order.id}
            book={book}
            order={order}
            isOwn={order.proposedBy === me.userId}
            mayDecide={holdsOne(deciders(order.kind))}
          />
        ))}
      </ul>
    </Sheet>
  );
}

const deciders = (kind: string): readonly string[] =>
  INBOXES.find((inbox) => inbox.kind === kind)?.deciders ?? [];
