import { useQuery } from '@tanstack/react-query';

import { api, path } from '../api/client';
import type { MyCard } from '../api/card-types';
import type { Page } from '../api/types';
import { useText } from '../text/text';
import { Bar } from '../ui/bar';
import { Figure } from '../ui/figure';
import { count, instant, kg, yuan } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { Empty, Shown } from '../ui/states';
import { Tag, type Tone } from '../ui/tag';
import { Certificates } from './certificates';
import { RefundButton } from './refund-button';

const TONES: Record<MyCard['state'], Tone> = {
  held: 'wait',
  paid: 'good',
  expired: 'plain',
  refunded: 'plain',
  split: 'good',
};

export function MyCards({ book }: { readonly book: string }) {
  const { buyer: text } = useText();
  const cards = useQuery({
    queryKey: ['my', book, 'cards'],
    queryFn: () => api.get<Page<MyCard>>(path`/books/${book}/my/cards`),
    refetchInterval: ({ state }) =>
      state.data?.items.some((card) => card.state === 'held') ? 3_000 : 30_000,
  });
  return (
    <Sheet title={text.mine}>
      <Shown query={cards}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{text.noCards}</Empty>
          ) : (
            <ul className="plain-list">
              {items.map((item) => (
                <CardItem key={item.orderId} book={book} item={item} />
              ))}
            </ul>
          )
        }
      </Shown>
    </Sheet>
  );
}

function CardItem({ book, item }: { readonly book: string; readonly item: MyCard }) {
  const { buyer: text, common } = useText();
  return (
    <li className="card">
      <div>
        <div className="row spread">
          <h3>{item.productName}</h3>
          <Tag tone={TONES[item.state]}>{text.orderStates[item.state]}</Tag>
        </div>
        <p className="soft small">
          {item.buyerName} · {text.cardEnding(item.cardLast4)} · {item.orderNo}
        </p>
      </div>
      {item.state === 'held' && (
        <div className="note note-wait">
          <p>
            <b>
              {text.amount} {yuan(item.amountFen)} {common.yuan}
            </b>{' '}
            {text.payUntil(instant(item.holdExpiresAt))}
          </p>
          <p className="small">{text.payHow}</p>
        </div>
      )}
      {item.card && <CardUse card={item.card} grams={item.grams} />}
      {item.money && <Money money={item.money} />}
      {BigInt(item.refundedFen) > 0n && <p className="soft">{text.refunded(yuan(item.refundedFen))}</p>}
      {item.card && <Certificates book={book} card={item.card} />}
      {item.state === 'paid' && item.card && BigInt(item.card.leftGrams) > 0n && (
        <RefundButton book={book} orderId={item.orderId} until={item.windowEndsOn} />
      )}
    </li>
  );
}

function CardUse({ card, grams }: { readonly card: NonNullable<MyCard['card']>; readonly grams: string }) {
  const { buyer: text, common } = useText();
  const parts = [
    { name: text.used, amount: card.retiredGrams, colour: 'var(--bar-paid)' },
    { name: text.left, amount: card.leftGrams, colour: 'var(--bar-free)' },
  ];
  return (
    <>
      <div className="figures">
        <Figure name={text.bought} value={kg(grams)} unit={common.kg} />
        <Figure name={text.used} value={kg(card.retiredGrams)} unit={common.kg} />
        <Figure name={text.left} value={kg(card.leftGrams)} unit={common.kg} />
      </div>
      <Bar label={`${text.used} ${kg(card.retiredGrams)} ${common.kg}`} parts={parts} whole={grams} />
      <div className="gauge">
        {card.gauge.split(/(?<=｜)/).map((half) => (
          <span key={half}>{half}</span>
        ))}
      </div>
      <p className="soft small">
        {text.rides(count(card.rides))} · {text.termEnds(card.termEndsOn)}
      </p>
    </>
  );
}

function Money({ money }: { readonly money: NonNullable<MyCard['money']> }) {
  const { buyer: text, common } = useText();
  const rows = [
    [text.suppliers, money.suppliersFen],
    [text.afforestation, money.afforestationFen],
    [text.charges, money.chargesFen],
  ] as const;
  return (
    <details className="details">
      <summary>{text.money}</summary>
      <dl className="pairs">
        {rows.map(([name, fen]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {yuan(fen)} {common.yuan}
            </dd>
          </div>
        ))}
      </dl>
      <p className="soft small">
        {money.split ? text.suppliersPaid(yuan(money.suppliersPaidFen)) : text.notSplit}
      </p>
    </details>
  );
}
