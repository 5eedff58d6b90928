import { Injectable } from '@nestjs/common';

import { ReleaseGrams, type ReleaseGramsRefusal } from '@app/credits';
import { idOf, ok, refuse, type Result } from '@app/kernel';
import { Ledger, move, type DomainLedger, type PostingRefusal } from '@app/ledger';
import { Jobs, type Tx } from '@app/platform';
import { SETTLE_LATE } from '../cards.jobs';
import { custodyPath, MONEY, unsplitPath } from '../cards.paths';
import type { NoticeRefusal, RefundRefusal } from '../cards.refusals';
import { OrderStore, type Order } from '../orders/order.store';
import type { PaymentNotice } from './notice.rules';
import { NoticeStore, type NoticeOutcome } from './notice.store';
import { SettleOrder, type SettleRefusal } from './settle-order';

export interface Receipt {
  readonly orderId: string;
  readonly orderNo: string;
  /** `late` when the hold had ended: grams are held again or the money goes back, by a job. */
  readonly outcome: NoticeOutcome;
  readonly replayed: boolean;
}

export type ReceiveRefusal =
  | Exclude<NoticeRefusal, { code: 'NOTICE_SIGNATURE_WRONG' | 'NOTICE_MALFORMED' }>
  | Extract<RefundRefusal, { code: 'ORDER_UNKNOWN' }>
  | SettleRefusal
  | ReleaseGramsRefusal
  | PostingRefusal;

/** Takes in what a channel says was paid. The money is booked once, however often the notice comes. */
@Injectable()
export class ReceivePayment {
  private readonly books: DomainLedger;

  constructor(
    private readonly orders: OrderStore,
    private readonly notices: NoticeStore,
    private readonly settle: SettleOrder,
    private readonly releaseGrams: ReleaseGrams,
    private readonly jobs: Jobs,
    ledger: Ledger,
  ) {
    this.books = ledger.domain('cards');
  }

  /**
   * Refuses ORDER_UNKNOWN, NOTICE_AMOUNT_WRONG (all or nothing: no part payments), NOTICE_REUSED,
   * ORDER_ALREADY_PAID. Nothing is kept of a refused notice.
   */
  async execute(tx: Tx, notice: PaymentNotice): Promise<Result<Receipt, ReceiveRefusal>> {
    const { orderNo } = notice;
    const order = await this.orders.lock(tx, { no: orderNo });
    if (!order) return refuse({ code: 'ORDER_UNKNOWN', order: orderNo });
    const known = await this.notices.find(tx, notice, order.id);
    if (known) return this.replay(known, notice, order);
    if (notice.amountFen !== order.amountFen) {
      return refuse({
        code: 'NOTICE_AMOUNT_WRONG',
        orderNo,
        expectedFen: order.amountFen,
        paidFen: notice.amountFen,
      });
    }
    const inTime = order.state === 'held' && tx.now < order.holdExpiresAt;
    const outcome: NoticeOutcome = inTime ? 'settled' : 'late';
    await this.notices.insert(tx, notice, order.id, outcome);
    tx.audit({ order: order.id, amountFen: notice.amountFen.toString(), outcome });
    const booked = inTime
      ? await this.settle.execute(tx, { ...order, channel: notice.channel })
      : await this.bookLate(tx, order, notice.channel);
    if (!booked.ok) return booked;
    const paid = await this.books.post(tx, [
      {
        id: idOf('cards.pay', order.id),
        kind: 'cards.pay',
        reference: order.no,
        legs: move(custodyPath(notice.channel), unsplitPath(order.id), MONEY, notice.amountFen),
      },
    ]);
    return paid.ok ? ok({ orderId: order.id, orderNo, outcome, replayed: false }) : paid;
  }

  private replay(
    known: { channel: string; noticeNo: string; orderId: string; amountFen: bigint; outcome: NoticeOutcome },
    notice: PaymentNotice,
    order: Order,
  ): Result<Receipt, ReceiveRefusal> {
    const { noticeNo, orderNo } = notice;
    if (known.noticeNo !== noticeNo || known.channel !== notice.channel) {
      return refuse({ code: 'ORDER_ALREADY_PAID', orderNo, noticeNo: known.noticeNo });
    }
    if (known.orderId !== order.id) return refuse({ code: 'NOTICE_REUSED', noticeNo, field: 'orderNo' });
    if (known.amountFen !== notice.amountFen) {
      return refuse({ code: 'NOTICE_REUSED', noticeNo, field: 'amountFen' });
    }
    return ok({ orderId: order.id, orderNo, outcome: known.outcome, replayed: true });
  }

  /** The hold has ended, or ends now: the money waits unsplit until a job finds grams for it or gives it back. */
  private async bookLate(tx: Tx, order: Order, channel: string): Promise<Result<void, ReleaseGramsRefusal>> {
    if (order.state === 'held') {
      await this.orders.markExpired(tx, order.id);
      const released = await this.releaseGrams.execute(tx, { orderId: order.supplyId });
      if (!released.ok) return released;
    }
    await this.orders.markLate(tx, order.id, channel);
    await this.jobs.add(tx, SETTLE_LATE, { orderId: order.id }, { id: idOf('cards.settle-late', order.id) });
    return ok(undefined);
  }
}
