import { useText, word } from '../text/text';
import { instant, count } from '../ui/format';
import { Tag } from '../ui/tag';
import { Decide } from './decide';
import type { InboxOrder } from './inbox.rules';
import { LossPreview } from './loss-preview';

interface Props {
  readonly book: string;
  readonly order: InboxOrder;
  readonly isOwn: boolean;
  readonly mayDecide: boolean;
}

/** One order: the change before → after, what it rests on, who wants it since when, and the decision. */
export function OrderCard({ book, order, isOwn, mayDecide }: Props) {
  const { registry: text, language } = useText();
  const { kind, reason, day, year, parcels } = order;
  return (
    <li className="order">
      <div className="row">
        <Tag tone="move">{text.kinds[kind]}</Tag>
        {reason !== null && <strong>{word(text.reasons[kind] ?? {}, reason)}</strong>}
        <span className="soft nowrap">{kind === 'reversal' ? text.happened(day) : text.since(day)}</span>
      </div>
      {order.summaries.map((said) => (
        <p key={said.zh} className="order-change">
          {said[language]}
        </p>
      ))}
      {kind === 'reversal' && (
        <>
          <p className="order-change">
            {text.lostOf(count(parcels ?? 0))}
            {year ? ` · ${text.ofYear(String(year))}` : ''}
          </p>
          {mayDecide && !isOwn && <LossPreview book={book} reversal={order.id} />}
        </>
      )}
      <Evidence order={order} isOwn={isOwn} />
      <Decision book={book} order={order} isOwn={isOwn} mayDecide={mayDecide} />
    </li>
  );
}

function Evidence({ order, isOwn }: Pick<Props, 'order' | 'isOwn'>) {
  const { registry: text } = useText();
  const facts = [
    [text.evidence, order.evidence],
    [text.document, order.document],
    [text.fingerprint, order.evidenceSha256?.slice(0, 16)],
    [text.proposedBy, isOwn ? text.yourself : order.proposedBy.slice(0, 8)],
    [text.proposedAt, instant(order.proposedAt)],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

function Decision({ book, order, isOwn, mayDecide }: Props) {
  const { registry: text } = useText();
  if (!mayDecide) return null;
  if (isOwn) return <p className="soft small">{text.notOwn}</p>;
  return <Decide book={book} order={order} />;
}
