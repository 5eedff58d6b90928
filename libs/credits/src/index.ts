/**
 * From a parcel's growth to a retired gram: coefficients, measurement, re-check, issuance as serial blocks, and
 * what cards do with them. A gram is a unit of an issuance's asset in the ledger and one serial number here; both
 * move in one transaction.
 */
export type { BufferRefusal } from './buffer/buffer.refusals';
export type { BufferReturn } from './buffer/buffer-return.store';
export { BufferReturns } from './buffer/buffer-returns';
export { DecideBufferReturn } from './buffer/decide-buffer-return';
export { ProposeBufferReturn, type ProposedReturn } from './buffer/propose-buffer-return';
export { CreditsModule } from './credits.module';
export type {
  CardGramsRefusal,
  CreditsRefusal,
  IssueRefusal,
  MeasureRefusal,
  RecheckRefusal,
  ReservationState,
  SerialRefusal,
  SupplyRefusal,
} from './credits.refusals';
export { Custody, type ListedPlatform, type ListedStatement, type ListedTransfer } from './custody/custody';
export type { CustodyRefusal, TransferState } from './custody/custody.refusals';
export { DecideTransfer } from './custody/decide-transfer';
export {
  ImportStatement,
  type PlatformStatement,
  type ReconciledStatement,
} from './custody/import-statement';
export { OpenPlatform } from './custody/open-platform';
export { ProposeTransfer, type MoveIn, type MoveOut } from './custody/propose-transfer';
export type { Difference, Reconciliation } from './custody/reconcile.rules';
export type { DecisionRefusal, ProposalDecision } from './decision.rules';
export { ClearFinding } from './external-lists/clear-finding';
export type { ClearFindingRefusal } from './external-lists/external-list.refusals';
export { ExternalLists, type ListedList, type OverlapFinding } from './external-lists/external-lists';
export {
  externalScheme,
  ImportExternalList,
  type ExternalList,
  type TakenList,
} from './external-lists/import-external-list';
export { LIST_COLUMNS, LIST_FILE } from './external-lists/list-file';
export { ReleaseExternal, type ReleaseProposal } from './external-lists/release-external';
export type { FieldFault } from './fault.rules';
export { GRADES, type Grade } from './grade';
export { GradeHistory, type DatedGrade, type ListedGradeChange } from './grades/grade-history';
export type { RecogniseRefusal } from './grades/grade.refusals';
export { RecogniseIssuance, type Recognition } from './grades/recognise-issuance';
export { IssueCredits, type IssueCommand, type IssuedCredits } from './issuing/issue-credits';
export { IssueRegion } from './issuing/issue-region';
export {
  LandCredits,
  type CreditedChange,
  type CreditedChangeFilter,
  type CreditedYear,
} from './land/land-credits';
export { ILLUSTRATIVE_NOTE } from './measuring/coefficient.store';
export { MeasureParcels, type Measured } from './measuring/measure-parcels';
export type { Checked, MeasuringScope } from './measuring/measurement.store';
export type { Addressees, MessagePage } from './messages/message.store';
export { Messages, type Message } from './messages/messages';
export { ReadMessage } from './messages/read-message';
export { RecheckMeasurements, type Recheck } from './measuring/recheck-measurements';
export type { ListedSet } from './methodology/coefficient-set.store';
export { CoefficientSets, type WholeSet } from './methodology/coefficient-sets';
export type { Coefficient, CoefficientRow } from './methodology/coefficients.rules';
export { DecideCoefficients } from './methodology/decide-coefficients';
export type { DecideRefusal, ProposeRefusal } from './methodology/methodology.refusals';
export { ProposeCoefficients, type Proposal, type Proposed } from './methodology/propose-coefficients';
export { ProposeStockSet, type StockProposal } from './methodology/propose-stock-set';
export {
  METHOD_KINDS,
  stockGrams,
  type MethodKind,
  type SpeciesFactors,
} from './methodology/stock-change.rules';
export type { GrowthRow, SpeciesRow } from './methodology/stock-set.rules';
export type { Period } from './period.rules';
export type { ListedFigure } from './figures/accounting-figure.store';
export { AccountingFigures } from './figures/accounting-figures';
export { DecideFigure, type FigureDecision } from './figures/decide-figure';
export type { FigureRefusal } from './figures/figure.refusals';
export type { WantedFigure } from './figures/figure.rules';
export { ProposeFigure } from './figures/propose-figure';
export type { VoucherRefusal } from './green-vouchers/green-voucher.refusals';
export { GreenVouchers, type GreenVoucher } from './green-vouchers/green-vouchers';
export { IssueGreenVouchers, type IssuedVoucher } from './green-vouchers/issue-green-vouchers';
export { OneBook } from './one-book/one-book';
export { OneBookAudit, type OneBookVerification } from './one-book/one-book-audit';
export type { OneBookPage } from './one-book/one-book.rules';
export type { PageQuery, PlaceRefusal } from './one-book/report-place';
export { REPORT_KINDS, type Report, type ReportKind, type ReportTable } from './reports/report';
export { workbookOf } from './reports/report-workbook';
export { Reports, type Audience, type ReportRefusal } from './reports/reports';
export { reportsOver } from './reports/reports-over';
export { WithheldPlaces } from './reports/withheld-places';
export { DecideStep } from './projects/decide-step';
export { DrawBoundary, type Boundary } from './projects/draw-boundary';
export { MirrorUnits, type MirrorProposal } from './projects/mirror-units';
export { OpenProject, type ProjectDraft } from './projects/open-project';
export type { HeldLand, ProjectRefusal } from './projects/project.refusals';
export {
  PROJECT_KINDS,
  PROJECT_STATES,
  schemeOf,
  type NationalUnits,
  type ProjectKind,
  type ProjectState,
  type StepWish,
} from './projects/project.rules';
export { Projects, type PipelineKind, type ProjectView, type StepView } from './projects/projects';
export { ProposeStep, type ProposedStep, type StepProposal } from './projects/propose-step';
export { SetProjectTarget, type ProjectTarget } from './projects/set-project-target';
export { ParcelIssuances, type ParcelIssuance } from './reads/parcel-issuances';
export {
  HouseholdCredits,
  type ParcelCredits,
  type PartyBuffer,
  type PartyCredits,
} from './reads/household-credits';
export { Issuances, type IssuanceSet, type PublicIssuance } from './reads/issuances';
export type { PartyLoss } from './reads/party-loss';
export { RULE_KINDS, type RuleKind, type RuleValue } from './rules/book-rule.rules';
export type { BookRuleRefusal } from './rules/book-rule.refusals';
export type { BookRule, DecidedRule } from './rules/book-rule.store';
export { BookRules } from './rules/book-rules';
export { DecideBookRule } from './rules/decide-book-rule';
export { ProposeBookRule, type RuleProposal } from './rules/propose-book-rule';
export { SellableGrams } from './reads/sellable-grams';
export {
  SerialHistory,
  type SerialHistoryPage,
  type SerialOrigin,
  type SerialStep,
} from './reads/serial-history';
export { SerialOrigins, type OriginRun, type SerialLookup, type SerialState } from './reads/serial-origins';
export { SerialSearch, type FoundSerials, type SearchPage, type SerialWish } from './reads/serial-search';
export { DecideReversal, type DecidedReversal } from './reversal/decide-reversal';
export type { LossSums, ReversalEffect } from './reversal/effect.rules';
export { ProposeReversal, type ProposedReversal, type ReversalProposal } from './reversal/propose-reversal';
export type { WantedLoss } from './reversal/reversal.rules';
export type { LostParcel, Reversal } from './reversal/reversal.store';
export { KINDS_ZH, REVERSAL_KINDS, type ReversalKind, type ReversalState } from './reversal/reversal.words';
export { publicReversal, Reversals, type ListedReversal, type PublicReversal } from './reversal/reversals';
export { SerialMarks, type SerialMark } from './reversal/serial-marks';
export {
  SettleShortfall,
  type SettledShortfall,
  type ShortfallSettlement,
} from './reversal/settle-shortfall';
export { SerialAudit, type SerialVerification } from './audit/serial-audit';
export { formatSerials, parseSerials, SERIAL_EXAMPLE, type SerialRange } from './serials/serial.rules';
export type { SerialPiece } from './serials/take-serials';
export { AnswerComment } from './statements/answer-comment';
export {
  COMMENT_SUBJECTS,
  type Comment,
  type CommentOutcome,
  type CommentSubject,
  type PublicComment,
} from './statements/comment.store';
export { DecideVerification } from './statements/decide-verification';
export { MakeComment } from './statements/make-comment';
export { PublishStatement, type PublishedStatement } from './statements/publish-statement';
export { RecordVerification } from './statements/record-verification';
export type { StatementRefusal } from './statements/statement.refusals';
export { statementHash, type StatementLine } from './statements/statement.rules';
export { Statements, type StatementDetails, type StatementView } from './statements/statements';
export type { Verification } from './statements/verification.store';
export { AssignGrams, type AssignGramsRefusal } from './supply/assign-grams';
export { CancelGrams, type CancelGramsRefusal, type CancelledGrams } from './supply/cancel-grams';
export { RefundGrams, type RefundedGrams, type RefundGramsRefusal } from './supply/refund-grams';
export { ReleaseGrams, type ReleaseGramsRefusal } from './supply/release-grams';
export type { Supply } from './supply/reservation.store';
export {
  ReserveGrams,
  type ReserveCommand,
  type Reserved,
  type ReserveGramsRefusal,
} from './supply/reserve-grams';
export {
  RetireGrams,
  type Retired,
  type RetireCommand,
  type RetiredCard,
  type RetireGramsRefusal,
} from './supply/retire-grams';
export { Uniqueness, type LandClaim, type LandUniqueness } from './uniqueness/uniqueness';
export type { ExternalCheck, UniquenessStatement } from './uniqueness/uniqueness.rules';
export { DecideSurvey } from './surveys/decide-survey';
export type { StratumGrowth } from './surveys/growth.rules';
export { RecordSurvey } from './surveys/record-survey';
export type { SurveyRefusal } from './surveys/survey.refusals';
export type { SurveyRow } from './surveys/survey.rules';
export type { SurveyRound } from './surveys/survey.store';
export { Surveys, type SurveyGrowth } from './surveys/surveys';
export { Activities } from './activities/activities';
export type { ActivityRefusal, TendingRefusal } from './activities/activity.refusals';
export { ACTIVITY_KINDS, type ActivityKind } from './activities/activity.rules';
export type { Activity } from './activities/activity.store';
export { DecideActivity } from './activities/decide-activity';
export { ProposeActivity } from './activities/propose-activity';
export { TENDING_WORKS, TendingLog, type TendedYear, type TendingWork } from './activities/tending-log';
