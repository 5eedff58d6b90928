import {
  NAME_NOTE,
  printCertificateNumber,
  type Certificate,
  type DatedSplitRule,
  type Order,
  type Product,
  type Quote,
  type Settlement,
  type VerifiedCertificate,
} from '@app/cards';

/** Everywhere a product is named, what its name does not mean stands beside it. */
export const productView = (product: Product): object => ({ ...product, nameNote: NAME_NOTE });

export const ruleView = ({ validFrom, source, ...rule }: DatedSplitRule): object => ({
  ...rule,
  validFrom,
  source,
});

export const quoteView = ({ product, grams, amountFen, splitPreview, rule, expiresAt }: Quote): object => ({
  product: product.code,
  productName: product.name,
  nameNote: NAME_NOTE,
  grams,
  amountFen,
  splitPreview,
  splitRule: { version: rule.version, source: rule.source },
  windowDays: product.windowDays,
  termDays: product.termDays,
  expiresAt,
});

export const orderView = (order: Order): object => ({
  id: order.id,
  no: order.no,
  product: order.product,
  grams: order.grams,
  amountFen: order.amountFen,
  state: order.state,
  cardLast4: order.numberLast4,
  holdExpiresAt: order.holdExpiresAt,
  payTo: { orderNo: order.no, amountFen: order.amountFen },
});

export const settlementView = (settlement: Settlement): object => ({ ...settlement });

export const certificateView = ({
  number,
  grams,
  serials,
  issuedAt,
  statement,
  hash,
}: Certificate): object => ({
  number,
  printed: printCertificateNumber(number),
  grams,
  serials,
  issuedAt,
  statement: { record: statement.record, mustSay: statement.carbon },
  hash,
});

/** The public page: the words of the law, the facts behind them, and no person. */
export const verifiedView = ({
  certificate,
  intact,
  product,
  mustSay,
  money,
  reversals,
  uniqueness,
}: VerifiedCertificate): object => ({
  number: certificate.number,
  printed: printCertificateNumber(certificate.number),
  state: 'retired',
  product,
  nameNote: NAME_NOTE,
  grams: certificate.grams,
  serials: certificate.serials,
  reversals,
  issuedAt: certificate.issuedAt,
  statement: { record: certificate.statement.record, mustSay },
  facts: certificate.statement.facts,
  money: {
    suppliersFen: money.suppliersFen,
    suppliersState: money.suppliersPaid ? 'paid' : 'pending',
    afforestationFen: money.afforestationFen,
    chargesFen: money.chargesFen,
  },
  hash: certificate.hash,
  intact,
  uniqueness,
});
