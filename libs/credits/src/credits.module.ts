import { Module } from '@nestjs/common';

import { LedgerModule } from '@app/ledger';
import { RegionsModule } from '@app/regions';
import { RegistryModule } from '@app/registry';
import { Activities } from './activities/activities';
import { ActivityStore } from './activities/activity.store';
import { DecideActivity } from './activities/decide-activity';
import { ProposeActivity } from './activities/propose-activity';
import { TendingLog } from './activities/tending-log';
import { BufferReturnStore } from './buffer/buffer-return.store';
import { BufferReturns } from './buffer/buffer-returns';
import { DecideBufferReturn } from './buffer/decide-buffer-return';
import { ProposeBufferReturn } from './buffer/propose-buffer-return';
import { Custody } from './custody/custody';
import { DecideTransfer } from './custody/decide-transfer';
import { ImportStatement } from './custody/import-statement';
import { OpenPlatform } from './custody/open-platform';
import { ProposeTransfer } from './custody/propose-transfer';
import { StatementStore } from './custody/statement.store';
import { TransferStore } from './custody/transfer.store';
import { ClearFinding } from './external-lists/clear-finding';
import { ExternalListStore } from './external-lists/external-list.store';
import { ExternalLists } from './external-lists/external-lists';
import { ImportExternalList } from './external-lists/import-external-list';
import { ReleaseExternal } from './external-lists/release-external';
import { AccountingFigureStore } from './figures/accounting-figure.store';
import { AccountingFigures } from './figures/accounting-figures';
import { DecideFigure } from './figures/decide-figure';
import { ProposeFigure } from './figures/propose-figure';
import { GradeChangeStore } from './grades/grade-change.store';
import { GradeHistory } from './grades/grade-history';
import { RecogniseIssuance } from './grades/recognise-issuance';
import { GreenVoucherStore } from './green-vouchers/green-voucher.store';
import { GreenVouchers } from './green-vouchers/green-vouchers';
import { IssueGreenVouchers } from './green-vouchers/issue-green-vouchers';
import { IssuableStore } from './issuing/issuable.store';
import { IssuanceStore } from './issuing/issuance.store';
import { IssueCredits } from './issuing/issue-credits';
import { IssueRegion } from './issuing/issue-region';
import { LandCredits } from './land/land-credits';
import { CoefficientStore } from './measuring/coefficient.store';
import { MeasureParcels } from './measuring/measure-parcels';
import { MeasurementStore } from './measuring/measurement.store';
import { RecheckMeasurements } from './measuring/recheck-measurements';
import { MessageStore } from './messages/message.store';
import { Messages } from './messages/messages';
import { ReadMessage } from './messages/read-message';
import { CoefficientSetStore } from './methodology/coefficient-set.store';
import { CoefficientSets } from './methodology/coefficient-sets';
import { DecideCoefficients } from './methodology/decide-coefficients';
import { ProposeCoefficients } from './methodology/propose-coefficients';
import { ProposeStockSet } from './methodology/propose-stock-set';
import { FigureStore } from './one-book/figure.store';
import { GrowthStore } from './one-book/growth.store';
import { LandStore } from './one-book/land.store';
import { OneBook } from './one-book/one-book';
import { OneBookAudit } from './one-book/one-book-audit';
import { PlaceStore } from './one-book/place.store';
import { ReportPlace } from './one-book/report-place';
import { ReversalSums } from './one-book/reversal-sums.store';
import { DecideStep } from './projects/decide-step';
import { DrawBoundary } from './projects/draw-boundary';
import { MirrorUnits } from './projects/mirror-units';
import { OpenProject } from './projects/open-project';
import { ProjectStepStore } from './projects/project-step.store';
import { ProjectStore } from './projects/project.store';
import { Projects } from './projects/projects';
import { ProposeStep } from './projects/propose-step';
import { SetProjectTarget } from './projects/set-project-target';
import { HistoryStore } from './reads/history.store';
import { HouseholdCredits } from './reads/household-credits';
import { HouseholdStore } from './reads/household.store';
import { Issuances } from './reads/issuances';
import { ParcelIssuances } from './reads/parcel-issuances';
import { SellableGrams } from './reads/sellable-grams';
import { SerialHistory } from './reads/serial-history';
import { SerialOrigins } from './reads/serial-origins';
import { SerialSearch } from './reads/serial-search';
import { AuditStore } from './reports/audit.store';
import { BalanceSheet } from './reports/balance-sheet';
import { CarbonFixation } from './reports/gep';
import { HouseholdCountStore } from './reports/household-count.store';
import { LeavingAudit } from './reports/leaving-audit';
import { LulucfActivity } from './reports/lulucf';
import { LulucfStore } from './reports/lulucf.store';
import { Reports } from './reports/reports';
import { Reserve } from './reports/reserve';
import { WithheldPlaces } from './reports/withheld-places';
import { ApplyReversal } from './reversal/apply-reversal';
import { AtRiskStore } from './reversal/at-risk.store';
import { CancelReturned } from './reversal/cancel-returned';
import { DecideReversal } from './reversal/decide-reversal';
import { PlanReversal } from './reversal/plan-reversal';
import { ProposeReversal } from './reversal/propose-reversal';
import { ReversalStore } from './reversal/reversal.store';
import { Reversals } from './reversal/reversals';
import { SerialMarks } from './reversal/serial-marks';
import { SettleShortfall } from './reversal/settle-shortfall';
import { BookRuleStore } from './rules/book-rule.store';
import { BookRules } from './rules/book-rules';
import { DecideBookRule } from './rules/decide-book-rule';
import { ProposeBookRule } from './rules/propose-book-rule';
import { SerialAudit } from './audit/serial-audit';
import { SerialBlockStore } from './serials/serial-block.store';
import { TakeSerials } from './serials/take-serials';
import { AnswerComment } from './statements/answer-comment';
import { CommentStore } from './statements/comment.store';
import { DecideVerification } from './statements/decide-verification';
import { MakeComment } from './statements/make-comment';
import { MeasuredStatementStore } from './statements/measured-statement.store';
import { PublishStatement } from './statements/publish-statement';
import { RecordVerification } from './statements/record-verification';
import { Statements } from './statements/statements';
import { VerificationStore } from './statements/verification.store';
import { AssignGrams } from './supply/assign-grams';
import { CancelGrams } from './supply/cancel-grams';
import { OfferStore } from './supply/offer.store';
import { RefundGrams } from './supply/refund-grams';
import { ReleaseGrams } from './supply/release-grams';
import { ReservationStore } from './supply/reservation.store';
import { ReserveGrams } from './supply/reserve-grams';
import { RetireGrams } from './supply/retire-grams';
import { RetirementStore } from './supply/retirement.store';
import { DecideSurvey } from './surveys/decide-survey';
import { RecordSurvey } from './surveys/record-survey';
import { SurveyStore } from './surveys/survey.store';
import { Surveys } from './surveys/surveys';
import { Uniqueness } from './uniqueness/uniqueness';

const PUBLIC = [
  AccountingFigures,
  Activities,
  AnswerComment,
  AssignGrams,
  BookRules,
  BufferReturns,
  CancelGrams,
  ClearFinding,
  CoefficientSets,
  Custody,
  DecideActivity,
  DecideBookRule,
  DecideBufferReturn,
  DecideCoefficients,
  DecideFigure,
  DecideReversal,
  DecideStep,
  DecideSurvey,
  DecideTransfer,
  DecideVerification,
  DrawBoundary,
  ExternalLists,
  GradeHistory,
  GreenVouchers,
  HouseholdCredits,
  ImportExternalList,
  ImportStatement,
  Issuances,
  IssueCredits,
  IssueGreenVouchers,
  IssueRegion,
  LandCredits,
  MakeComment,
  MeasureParcels,
  Messages,
  MirrorUnits,
  OneBook,
  OneBookAudit,
  OpenPlatform,
  OpenProject,
  ParcelIssuances,
  Projects,
  ProposeActivity,
  ProposeBookRule,
  ProposeBufferReturn,
  ProposeCoefficients,
  ProposeFigure,
  ProposeReversal,
  ProposeStep,
  ProposeStockSet,
  ProposeTransfer,
  PublishStatement,
  ReadMessage,
  RecheckMeasurements,
  RecogniseIssuance,
  RecordSurvey,
  RecordVerification,
  RefundGrams,
  ReleaseExternal,
  ReleaseGrams,
  Reports,
  ReserveGrams,
  RetireGrams,
  Reversals,
  SellableGrams,
  SerialAudit,
  SerialHistory,
  SerialMarks,
  SerialOrigins,
  SerialSearch,
  SetProjectTarget,
  SettleShortfall,
  Statements,
  Surveys,
  TendingLog,
  Uniqueness,
  WithheldPlaces,
];
const PRIVATE = [
  AccountingFigureStore,
  ActivityStore,
  ApplyReversal,
  AtRiskStore,
  AuditStore,
  BalanceSheet,
  BookRuleStore,
  BufferReturnStore,
  CancelReturned,
  CarbonFixation,
  CoefficientSetStore,
  CoefficientStore,
  CommentStore,
  ExternalListStore,
  FigureStore,
  GradeChangeStore,
  GreenVoucherStore,
  GrowthStore,
  HistoryStore,
  HouseholdCountStore,
  HouseholdStore,
  IssuableStore,
  IssuanceStore,
  LandStore,
  LeavingAudit,
  LulucfActivity,
  LulucfStore,
  MeasuredStatementStore,
  MeasurementStore,
  MessageStore,
  OfferStore,
  PlaceStore,
  PlanReversal,
  ProjectStepStore,
  ProjectStore,
  ReportPlace,
  ReservationStore,
  Reserve,
  RetirementStore,
  ReversalStore,
  ReversalSums,
  SerialBlockStore,
  StatementStore,
  SurveyStore,
  TakeSerials,
  TransferStore,
  VerificationStore,
];

@Module({
  imports: [LedgerModule, RegionsModule, RegistryModule],
  providers: [...PRIVATE, ...PUBLIC],
  exports: PUBLIC,
})
export class CreditsModule {}
