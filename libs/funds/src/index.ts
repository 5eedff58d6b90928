export { AdjustIndicator, type Adjusted } from './adjustment/adjust-indicator';
export type { AdjustmentRefusal } from './adjustment/adjustment.refusals';
export type { AdjustmentDraft } from './adjustment/adjustment.store';
export type { DecisionState } from './decision.rules';
export { FundsModule } from './funds.module';
export type { FundsRefusal } from './funds.refusals';
export { LIMIT_KINDS, type DayLimit, type LimitKind } from './idle/day-limit.store';
export type { IdleIndicator } from './idle/idle.rules';
export { IdleFunds, type IdleList } from './idle/idle-funds';
export { SetDayLimit } from './idle/set-day-limit';
export {
  ImportIndicators,
  type ImportedIndicators,
  type ImportIndicatorsRefusal,
} from './import/import-indicators';
export { IndicatorImportStore as IndicatorImports, type IndicatorImport } from './import/import.store';
export { writeIndicatorTemplate } from './import/write-template';
export { AllotIndicator } from './indicators/allot-indicator';
export type { IndicatorFigures } from './indicators/figures.rules';
export { SOURCE_KINDS, type IndicatorDraft, type SourceKind } from './indicators/indicator.rules';
export type { Indicator } from './indicators/indicator.store';
export { Indicators, type IndicatorFilter, type IndicatorView } from './indicators/indicators';
export { IndicatorDocuments, type IndicatorDocument } from './indicators/indicator-documents';
export { ReleaseFunds, type Release, type ReleaseRefusal } from './indicators/release-funds';
export { ReserveFunds, type Reservation, type ReserveRefusal } from './indicators/reserve-funds';
export { DecideLien } from './liens/decide-lien';
export {
  IncomeCertificates,
  IncomeReaders,
  type IncomeCertificate,
  type IncomeReader,
  type YearIncome,
} from './liens/income-certificates';
export type { LienRefusal } from './liens/lien.refusals';
export type { LienDraft } from './liens/lien.rules';
export { LIEN_STATES, type LienState } from './liens/lien.words';
export type { Lien, LienFilter } from './liens/lien.store';
export { Liens, type RedirectAccount } from './liens/liens';
export { RegisterLien } from './liens/register-lien';
export { ReleaseLien } from './liens/release-lien';
export type { FundSource } from './sources/fund-source.store';
export { FundSources, type SourceTotals } from './sources/fund-sources';
export { OpenFundSource } from './sources/open-fund-source';
export { RenameFundSource } from './sources/rename-fund-source';
export {
  FUND_SOURCE_KINDS,
  type FundSourceKind,
  type SourceDraft,
  type SourceName,
} from './sources/source.rules';
export { DecideYearEnd, type YearEndDecided } from './year-end/decide-year-end';
export { ProposeYearEnd, type YearEndProposal } from './year-end/propose-year-end';
export type { YearEndRefusal } from './year-end/year-end.refusals';
export { YEAR_END_ACTIONS, type YearEndAction } from './year-end/year-end.rules';
export type { YearEnd } from './year-end/year-end.store';
export { YearEnds } from './year-end/year-ends';
export type { Earmark, EarmarkRule } from './use/earmark.store';
export { RecordUse } from './use/record-use';
export { SetEarmark } from './use/set-earmark';
export { ReceivedReaders, UseOfFunds, type ReceivedReader, type UseOfParty } from './use/use-of-funds';
export type { UseRefusal } from './use/use.refusals';
export {
  EARMARKED_KINDS,
  USE_KINDS,
  type EarmarkedKind,
  type Received,
  type UseFinding,
  type UseKind,
} from './use/use.rules';
export type { Voucher, VoucherDraft } from './use/use.store';
export { VoidUse } from './use/void-use';
export { AcceptAgreement } from './agreements/accept-agreement';
export type { AgreementRefusal } from './agreements/agreement.refusals';
export { BENEFIT_KINDS, type AgreementTerms, type BenefitKind } from './agreements/agreement.rules';
export type { Agreement, AgreementSide, Benefit, Transfer } from './agreements/agreement.store';
export { Agreements, type AgreementView } from './agreements/agreements';
export { DecideAgreement } from './agreements/decide-agreement';
export { ProposeAgreement, type AgreementProposal } from './agreements/propose-agreement';
export { ReceiveTransfer, type ReceivedTransfer } from './agreements/receive-transfer';
export { RecordBenefit, type BenefitDraft } from './agreements/record-benefit';
export { RemitTransfer, type Remittance } from './agreements/remit-transfer';
export { FundsAudit, type FundsVerification } from './audit/funds-audit';
