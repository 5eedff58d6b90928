import { Module } from '@nestjs/common';

import { LedgerModule } from '@app/ledger';
import { RegionsModule } from '@app/regions';
import { RegistryModule } from '@app/registry';
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
import { GradeChangeStore } from './grades/grade-change.store';
import { GradeHistory } from './grades/grade-history';
import { RecogniseIssuance } from './grades/recognise-issuance';
import { BufferReturnStore } from './buffer/buffer-return.store';
import { BufferReturns } from './buffer/buffer-returns';
import { DecideBufferReturn } from './buffer/decide-buffer-return';
import { ProposeBufferReturn } from './buffer/propose-buffer-return';
import { IssuableStore } from './issuing/issuable.store';
import { IssuanceStore } from './issuing/issuance.store';
import { IssueCredits } from './issuing/issue-credits';
import { IssueRegion } from './issuing/issue-region';
import { LandCredits } from './land/land-credits';
import { CoefficientStore } from './measuring/coefficient.store';
import { MeasureParcels } from './measuring/measure-parcels';
import { MeasurementStore } from './measuring/measurement.store';
import { RecheckMeasurements } from './measuring/recheck-measurements';
import { CoefficientSetStore } from './methodology/coefficient-set.store';
import { CoefficientSets } from './methodology/coefficient-sets';
import { DecideCoefficients } from './methodology/decide-coefficients';
import { ProposeCoefficients } from './methodology/propose-coefficients';
import { HistoryStore } from './reads/history.store';
import { DecideStep } from './projects/decide-step';
import { DrawBoundary } from './projects/draw-boundary';
import { MirrorUnits } from './projects/mirror-units';
import { OpenProject } from './projects/open-project';
import { ProjectStepStore } from './projects/project-step.store';
import { ProjectStore } from './projects/project.store';
import { Projects } from './projects/projects';
import { ProposeStep } from './projects/propose-step';
import { SetProjectTarget } from './projects/set-project-target';
import { ProposeStockSet } from './methodology/propose-stock-set';
import { HouseholdCredits } from './reads/household-credits';
import { HouseholdStore } from './reads/household.store';
import { Issuances } from './reads/issuances';
import { OneBook } from './reads/one-book';
import { ParcelIssuances } from './reads/parcel-issuances';
import { SellableGrams } from './reads/sellable-grams';
import { SerialHistory } from './reads/serial-history';
import { SerialOrigins } from './reads/serial-origins';
import { SerialSearch } from './reads/serial-search';
import { ApplyReversal } from './reversal/apply-reversal';
import { AtRiskStore } from './reversal/at-risk.store';
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
import { SerialAudit } from './serials/serial-audit';
import { SerialBlockStore } from './serials/serial-block.store';
import { TakeSerials } from './serials/take-serials';
import { AnswerComment } from './statements/answer-comment';
import { CommentStore } from './statements/comment.store';
import { DecideVerification } from './statements/decide-verification';
import { MakeComment } from './statements/make-comment';
import { PublishStatement } from './statements/publish-statement';
import { RecordVerification } from './statements/record-verification';
import { MeasuredStatementStore } from './statements/measured-statement.store';
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
import { Uniqueness } from './uniqueness/uniqueness';
import { DecideSurvey } from './surveys/decide-survey';
import { RecordSurvey } from './surveys/record-survey';
import { SurveyStore } from './surveys/survey.store';
import { Surveys } from './surveys/surveys';
import { Activities } from './activities/activities';
import { ActivityStore } from './activities/activity.store';
import { DecideActivity } from './activities/decide-activity';
import { ProposeActivity } from './activities/propose-activity';
import { TendingLog } from './activities/tending-log';

const PUBLIC = [
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
  DecideReversal,
  DecideStep,
  DecideSurvey,
  DecideTransfer,
  DecideVerification,
  DrawBoundary,
  ExternalLists,
  GradeHistory,
  HouseholdCredits,
  ImportExternalList,
  ImportStatement,
  Issuances,
  IssueCredits,
  IssueRegion,
  LandCredits,
  MakeComment,
  MeasureParcels,
  MirrorUnits,
  OneBook,
  OpenPlatform,
  OpenProject,
  ParcelIssuances,
  Projects,
  ProposeActivity,
  ProposeBookRule,
  ProposeBufferReturn,
  ProposeCoefficients,
  ProposeReversal,
  ProposeStep,
  ProposeStockSet,
  ProposeTransfer,
  PublishStatement,
  RecheckMeasurements,
  RecogniseIssuance,
  RecordSurvey,
  RecordVerification,
  RefundGrams,
  ReleaseExternal,
  ReleaseGrams,
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
];
const PRIVATE = [
  ActivityStore,
  ApplyReversal,
  AtRiskStore,
  BookRuleStore,
  BufferReturnStore,
  CoefficientSetStore,
  CoefficientStore,
  CommentStore,
  ExternalListStore,
  GradeChangeStore,
  HistoryStore,
  HouseholdStore,
  IssuableStore,
  IssuanceStore,
  MeasuredStatementStore,
  MeasurementStore,
  OfferStore,
  PlanReversal,
  ProjectStepStore,
  ProjectStore,
  ReservationStore,
  RetirementStore,
  ReversalStore,
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
