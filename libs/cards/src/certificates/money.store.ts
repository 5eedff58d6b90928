import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { SplitRuleStore } from '../products/split-rule.store';
import { splitTerms } from '../split/split.rules';
import type { OrderMoney } from './certificate-money.rules';

/** An order's money as it stands now. */
export interface OrderMoneyView extends OrderMoney {
  readonly orderId: string;
  readonly amountFen: bigint;
  /** The part of the suppliers' money that the bank says has arrived. */
  readonly suppliersPaidFen: bigint;
  /** False while the refund window is open: the terms are then what the rule will make of it. */
  readonly split: boolean;
}

interface MoneyRow {
  readonly order_id: string;
  readonly kept_fen: string;
  readonly split_version: number;
  readonly split: boolean;
  readonly afforestation_fen: string | null;
  readonly suppliers_fen: string | null;
  readonly charges_fen: string | null;
  readonly paid_fen: string;
}

/** Reads where the money of orders is. Whether a supplier was paid is the disbursement lib's word. */
@Injectable()
export class MoneyStore {
  constructor(
    private readonly database: Database,
    private readonly rules: SplitRuleStore,
  ) {}

  /** By order id, in two statements whatever their number. */
  async of(book: number, orderIds: readonly string[]): Promise<Map<string, OrderMoneyView>> {
    const rows = await this.database.query<MoneyRow>(
      `SELECT o.id AS order_id, o.amount_fen - o.refunded_fen AS kept_fen, o.split_version,
              s.order_id IS NOT NULL AS split, s.afforestation_fen, s.suppliers_fen + s.nontax_fen AS suppliers_fen,
              s.fee_fen + s.tax_fen + s.channel_fen AS charges_fen, coalesce(p.paid_fen, 0) AS paid_fen
         FROM cards.card_order o
         LEFT JOIN cards.order_split s ON s.book = o.book AND s.order_id = o.id
         LEFT JOIN LATERAL (
           SELECT sum(part.amount_fen) AS paid_fen
             FROM cards.order_split_part part
             JOIN disbursement.payment_line l
                  ON l.book = part.book AND l.source_id = s.settlement AND l.party = part.party
            WHERE part.book = o.book AND part.order_id = o.id AND NOT part.nontax AND l.state = 'paid') p ON true
        WHERE o.book = $1 AND o.id = ANY ($2)`,
      [book, orderIds],
    );
    const rules = await this.rules.all(this.database, book);
    return new Map(
      rows.map((row) => {
        const rule = rules.get(row.split_version);
        const planned = rule && splitTerms(BigInt(row.kept_fen), rule);
        return [
          row.order_id,
          row.split || !planned ? ofSplit(row) : { ...ofSplit(row), ...ofTerms(planned) },
        ];
      }),
    );
  }
}

function ofSplit(row: MoneyRow): OrderMoneyView {
  const suppliersFen = BigInt(row.suppliers_fen ?? 0);
  const suppliersPaidFen = BigInt(row.paid_fen);
  return {
    orderId: row.order_id,
    amountFen: BigInt(row.kept_fen),
    split: row.split,
    suppliersFen,
    suppliersPaidFen,
    suppliersPaid: row.split && suppliersPaidFen === suppliersFen,
    afforestationFen: BigInt(row.afforestation_fen ?? 0),
    chargesFen: BigInt(row.charges_fen ?? 0),
  };
}

const ofTerms = (terms: ReturnType<typeof splitTerms>): Partial<OrderMoneyView> => ({
  suppliersFen: terms.suppliersFen,
  afforestationFen: terms.afforestationFen,
  chargesFen: terms.feeFen + terms.taxFen + terms.channelFen,
});
