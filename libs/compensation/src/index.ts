export { AddStandard } from './programmes/add-standard';
export { explain, type LineFigures } from './rosters/amount.rules';
export { BuildRoster, type BuiltRoster, type RosterOrder } from './rosters/build-roster';
export { BuildSupplement, type SupplementOrder } from './rosters/build-supplement';
export type { CalendarDay } from './notice/calendar.store';
export { CloseNotice, type ClosedNotice } from './notice/close-notice';
export { CompensationJobsModule } from './compensation-jobs.module';
export { COMPENSATION_JOBS, LOCK_ROSTER, type LockRosterJob } from './compensation.jobs';
export { CompensationModule } from './compensation.module';
export type { CompensationRefusal } from './compensation.refusals';
export {
  DEDUCTION_KINDS,
  INDEX_VARIABLES,
  LEVELS,
  NOTICE_DAY_KINDS,
  TEXT_MAX,
  USUAL_POSTS,
  USUAL_RIGHT_KINDS,
  type IndexVariableName,
  type Level,
} from './compensation.words';
export { CreateProgramme } from './programmes/create-programme';
export type { LeftOut } from './rosters/draft.rules';
export { Entitlements, type EntitlementFilter, type EntitlementView } from './entitlements/entitlements';
export {
  ENTITLEMENT_KINDS,
  RULE_KINDS,
  type EntitlementKind,
  type RuleKind,
} from './entitlements/entitlement.words';
export { explainEntitlement } from './entitlements/explain-entitlement';
export type { Settings } from './entitlements/settings.rules';
export type { LineFiguresView } from './rosters/line-figures';
export type { AcceptanceDraft } from './instalment/acceptance.store';
export { PAYEE_RULES, type PayeeRule } from './instalment/contract.store';
export { Contracts, type ContractView } from './instalment/contracts';
export { DecideAcceptance, type AcceptanceDecision } from './instalment/decide-acceptance';
export { DecideContract } from './instalment/decide-contract';
export { ProposeAcceptance } from './instalment/propose-acceptance';
export { ProposeContract, type ContractDraft } from './instalment/propose-contract';
export { DecideIndex } from './indexing/decide-index';
export { IndexDecisions, type IndexDecisionView } from './indexing/index-decisions';
export { ProposeIndex, type ProposedIndex } from './indexing/propose-index';
export type { IndexDraft } from './indexing/index.rules';
export { DecideQuality } from './quality/decide-quality';
export { ProposeQuality } from './quality/propose-quality';
export { QualityResults, type QualityResultView } from './quality/quality-results';
export type { QualityDraft } from './quality/quality.store';
export type { Decision } from './decision.rules';
export { DecideFindings, type FindingsDecision, type FindingsOrder } from './guards/decide-findings';
export { ExcludeProgrammes, type ExclusionOrder } from './guards/exclude-programmes';
export {
  FINDING_OUTCOMES,
  FINDING_STATES,
  FINDINGS_MAX,
  ROSTER_GUARDS,
  WATCH_KINDS,
  type FindingOutcome,
  type FindingState,
  type RosterGuard,
  type WatchKind,
} from './guards/guard.words';
export { ImportWatchList, WATCH_ENTRIES_MAX, type WatchListDraft } from './guards/import-watch-list';
export { RosterFindings, type FindingFilter, type RosterFindingView } from './guards/roster-findings';
export { HouseholdPayments, type HouseholdPayment } from './household/household-payments';
export { LockRoster } from './lock/lock-roster';
export { noticeHash, type NoticeContent, type NoticeDayKind, type NoticeLine } from './notice/notice.rules';
export type { Outcome } from './notice/objection.store';
export { Objections, type ObjectionView } from './notice/objections';
export { OpenNotice, type OpenedNotice } from './notice/open-notice';
export {
  ConfirmRosterFile,
  type ConfirmedFile,
  type RosterFileOrder,
} from './roster-files/confirm-roster-file';
export { WriteRosterFile } from './roster-files/write-roster-file';
export { ParcelRosters, type ParcelRoster } from './rosters/parcel-rosters';
export { PAYMENT_STATES, type PaymentState } from './household/payment-state.rules';
export type { ProgrammeDraft, StandardDraft } from './programmes/programme.rules';
export { Programmes, type ProgrammeView, type StandardView } from './programmes/programmes';
export { PublicNotice, type NoticeHead, type NoticeLineView, type NoticeView } from './notice/public-notice';
export { RaiseObjection, type ObjectionDraft } from './notice/raise-objection';
export { RecordCalendar, type CalendarYear } from './notice/record-calendar';
export { LandingList, type Landing, type LandingMoney, type LandingRoster } from './posts/landing-list';
export { ReturnRoster, type ReturnOrder } from './posts/return-roster';
export { RejectRoster } from './posts/reject-roster';
export { RosterAudit, type RosterVerification } from './audit/roster-audit';
export type { RosterLineState } from './rosters/roster-line.store';
export { RosterLines, type LinePage, type LineQuery, type RosterLineView } from './rosters/roster-lines';
export type { RosterState } from './rosters/roster.store';
export {
  Rosters,
  type RosterDetails,
  type RosterFilter,
  type RosterMoney,
  type RosterView,
} from './rosters/rosters';
export { SettleObjection, type Settlement } from './notice/settle-objection';
export { TakeStep, type StepTaken } from './posts/take-step';
