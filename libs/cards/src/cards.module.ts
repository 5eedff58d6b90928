import { Module } from '@nestjs/common';

import { CreditsModule } from '@app/credits';
import { DisbursementModule } from '@app/disbursement';
import { LedgerModule } from '@app/ledger';
import { RegionsModule } from '@app/regions';
import { CertificateFinder } from './certificates/certificate-finder';
import { CertificateStore } from './certificates/certificate.store';
import { IssueCertificate } from './certificates/issue-certificate';
import { MoneyStore } from './certificates/money.store';
import { VerifyCertificate } from './certificates/verify-certificate';
import { CardAudit } from './figures/card-audit';
import { MarketFigures } from './figures/market-figures';
import { MyCards } from './figures/my-cards';
import { Settlements } from './figures/settlements';
import { CardFaces } from './orders/card-face';
import { CardStore } from './orders/card.store';
import { ExpireHold } from './orders/expire-hold';
import { OrderStore } from './orders/order.store';
import { PlaceOrder } from './orders/place-order';
import { QuoteOrder } from './orders/quote-order';
import { SupplierStore } from './orders/supplier.store';
import { NoticeStore } from './payment/notice.store';
import { ReceivePayment } from './payment/receive-payment';
import { SettleLate } from './payment/settle-late';
import { SettleOrder } from './payment/settle-order';
import { AdoptRideFactor } from './products/adopt-ride-factor';
import { AdoptSplitRule } from './products/adopt-split-rule';
import { OpenProduct } from './products/open-product';
import { ProductStore } from './products/product.store';
import { Products } from './products/products';
import { RideFactorStore } from './products/ride-factor.store';
import { SplitRuleStore } from './products/split-rule.store';
import { PayBack } from './refunds/pay-back';
import { RefundOrder } from './refunds/refund-order';
import { RefundStore } from './refunds/refund.store';
import { EndTerms } from './rides/end-terms';
import { RecordRides } from './rides/record-rides';
import { RetireRides } from './rides/retire-rides';
import { RetirementStore } from './rides/retirement.store';
import { RideStore } from './rides/ride.store';
import { CloseSettlements } from './split/close-settlements';
import { SettlementStore } from './split/settlement.store';
import { SplitOrders } from './split/split-orders';

const STORES = [
  CardFaces,
  CardStore,
  CertificateStore,
  MoneyStore,
  NoticeStore,
  OrderStore,
  ProductStore,
  RefundStore,
  RetirementStore,
  RideFactorStore,
  RideStore,
  SettlementStore,
  SplitRuleStore,
  SupplierStore,
];
const INNER = [PayBack, SettleOrder];
const PUBLIC = [
  AdoptRideFactor,
  AdoptSplitRule,
  CardAudit,
  CertificateFinder,
  CloseSettlements,
  EndTerms,
  ExpireHold,
  IssueCertificate,
  MarketFigures,
  MyCards,
  OpenProduct,
  PlaceOrder,
  Products,
  QuoteOrder,
  ReceivePayment,
  RecordRides,
  RefundOrder,
  RetireRides,
  SettleLate,
  Settlements,
  SplitOrders,
  VerifyCertificate,
];

@Module({
  imports: [CreditsModule, DisbursementModule, LedgerModule, RegionsModule],
  providers: [...STORES, ...INNER, ...PUBLIC],
  exports: PUBLIC,
})
export class CardsModule {}
