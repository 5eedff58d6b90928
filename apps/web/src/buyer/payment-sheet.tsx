import type { Order } from '../api/card-types';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import { instant, kg, yuan } from '../ui/format';
import { Sheet } from '../ui/sheet';

interface Props {
  readonly order: Order;
  readonly onAnother: () => void;
}

/** What to pay, by when, and with which words. */
export function PaymentSheet({ order, onAnother }: Props) {
  const { buyer: text, common } = useText();
  return (
    <Sheet title={text.placed}>
      <div className="stack">
        <dl className="pairs">
          <div>
            <dt>{text.orderNo}</dt>
            <dd>
              <code>{order.no}</code>
            </dd>
          </div>
          <div>
            <dt>{text.bought}</dt>
            <dd>
              {kg(order.grams)} {common.kg} · {text.cardEnding(order.cardLast4)}
            </dd>
          </div>
          <div className="pairs-sum">
            <dt>{text.amount}</dt>
            <dd>
              {yuan(order.amountFen)} {common.yuan}
            </dd>
          </div>
        </dl>
        <p>
          <b>{text.payUntil(instant(order.holdExpiresAt))}</b>
        </p>
        <p>{text.payHow}</p>
        <div className="row">
          <CopyButton text={order.no} label={text.copyOrderNo} done={common.copied} />
          <Button look="quiet" onClick={onAnother}>
            {text.another}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
