import { useQuery } from '@tanstack/react-query';

import { api, path } from '../api/client';
import type { MyPayment } from '../api/household-types';
import type { Page } from '../api/types';
import { useText } from '../text/text';
import { Figure } from '../ui/figure';
import { day, sum, yuan } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { Empty, Shown } from '../ui/states';
import { Tag, type Tone } from '../ui/tag';
import { ObjectionForm } from './objection-form';
import { PaymentSteps } from './payment-steps';
import { YearChangeNote } from './year-change';
import { isOfLand } from './year-change.rules';

const TONES: Readonly<Record<string, Tone>> = {
  paid: 'good',
  returned: 'bad',
  excluded: 'bad',
  stopped: 'bad',
  'in-transit': 'move',
  pending: 'move',
};

/** Money that is neither there nor given up. */
const isOnItsWay = ({ state }: MyPayment): boolean => !['paid', 'excluded', 'stopped'].includes(state);

export function PaymentsSheet({ book }: { readonly book: string }) {
  const { household: text } = useText();
  const payments = useQuery({
    queryKey: ['my', book, 'payments'],
    queryFn: () => api.get<Page<MyPayment>>(path`/books/${book}/my/payments`),
    refetchInterval: 15_000,
  });
  return (
    <Sheet title={text.payments}>
      <Shown query={payments}>
        {({ items }) =>
          items.length === 0 ? <Empty>{text.noPayments}</Empty> : <Payments book={book} items={items} />
        }
      </Shown>
    </Sheet>
  );
}

function Payments({ book, items }: { readonly book: string; readonly items: readonly MyPayment[] }) {
  const { household: text, common } = useText();
  const year = Math.max(...items.map((item) => item.year));
  const ofYear = items.filter((item) => item.year === year);
  const fenOf = (chosen: readonly MyPayment[]) => yuan(sum(...chosen.map(({ amountFen }) => amountFen)));
  const onTheWay = ofYear.filter(isOnItsWay);
  return (
    <>
      <div className="home-money">
        <Figure
          total
          name={text.paidThisYear(String(year))}
          value={fenOf(ofYear.filter(({ state }) => state === 'paid'))}
          unit={common.yuan}
        />
        {onTheWay.length > 0 && (
          <Figure name={text.waitingThisYear} value={fenOf(onTheWay)} unit={common.yuan} />
        )}
      </div>
      <YearChangeNote lines={items.filter(isOfLand)} />
      <ul className="payments">
        {items.map((payment) => (
          <PaymentItem key={`${payment.rosterId}/${payment.lineNo}`} book={book} payment={payment} />
        ))}
      </ul>
    </>
  );
}

function PaymentItem({ book, payment }: { readonly book: string; readonly payment: MyPayment }) {
  const { household: text, common, language } = useText();
  const isChinese = language === 'zh';
  const { paidAt, accountLast4, noticeUntil, payee } = payment;
  return (
    <li className="payment">
      <div className="head-row">
        <span className="soft">
          {payment.year} · {isChinese ? payment.programmeNameZh : payment.programmeNameEn}
        </span>
        <Tag tone={TONES[payment.state] ?? 'wait'}>{isChinese ? payment.stateZh : payment.stateEn}</Tag>
      </div>
      <div className="row payment-line">
        <span>
          <span className="payment-amount">{yuan(payment.amountFen)}</span>{' '}
          <span className="soft">{common.yuan}</span>
        </span>
        {accountLast4 && (
          <span className="soft">
            {paidAt ? text.paidOn(day(paidAt), accountLast4) : text.goesTo(accountLast4)}
          </span>
        )}
      </div>
      {payee && (
        <span className="soft small">
          {text.paidTo(isChinese ? payee.reasonZh : payee.reasonEn, payee.name)}
        </span>
      )}
      <span className="sum">{isChinese ? payment.explanationZh : payment.explanationEn}</span>
      <span className="soft small">
        {payment.parcelCode && `${text.parcel} ${payment.parcelCode} · `}
        {payment.villageName} · {payment.partyName}
      </span>
      {payment.state !== 'paid' && <PaymentSteps state={payment.state} />}
      {noticeUntil && <ObjectionForm book={book} payment={payment} until={noticeUntil} />}
      {payment.returnReason && (
        <div className="note note-bad">
          <p>
            <b>{text.whyReturned}</b> {payment.returnReason}
          </p>
          <p>
            <b>{text.todo}</b> {payment.whatToDo}
          </p>
        </div>
      )}
      {payment.state !== 'paid' && (
        <p>
          <b>{text.askWhom}</b> {payment.ask.regionName} ·{' '}
          {isChinese ? payment.ask.postNameZh : payment.ask.postNameEn}
        </p>
      )}
    </li>
  );
}
