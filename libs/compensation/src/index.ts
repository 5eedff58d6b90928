export { AddStandard } from './add-standard';
export { explain, type LineFigures } from './amount.rules';
export { BuildRoster, type BuiltRoster, type RosterOrder } from './build-roster';
export { BuildSupplement, type SupplementOrder } from './build-supplement';
export type { CalendarDay } from './calendar.store';
export { CloseNotice, type ClosedNotice } from './close-notice';
export { CompensationJobsModule } from './compensation-jobs.module';
export { COMPENSATION_JOBS, LOCK_ROSTER, type LockRosterJob } from './compensation.jobs';
export { CompensationModule } from './compensation.module';
export type { CompensationRefusal } from './compensation.refusals';
export {
  LEVELS,
  NOTICE_DAY_KINDS,
  TEXT_MAX,
  USUAL_POSTS,
  USUAL_RIGHT_KINDS,
  type Level,
} from './compensation.words';
export { CreateProgramme } from './create-programme';
export type { LeftOut } from './draft.rules';
export { HouseholdPayments, type HouseholdPayment } from './household-payments';
export { LockRoster } from './lock-roster';
export { noticeHash, type NoticeContent, type NoticeDayKind, type NoticeLine } from './notice.rules';
export type { Outcome } from './objection.store';
export { Objections, type ObjectionView } from './objections';
export { OpenNotice, type OpenedNotice } from './open-notice';
export { ParcelRosters, type ParcelRoster } from './parcel-rosters';
export { PAYMENT_STATES, type PaymentState } from './payment-state.rules';
export type { ProgrammeDraft, StandardDraft } from './programme.rules';
export { Programmes, type ProgrammeView, type StandardView } from './programmes';
export { PublicNotice, type NoticeHead, type NoticeLineView, type NoticeView } from './public-notice';
export { RaiseObjection, type ObjectionDraft } from './raise-objection';
export { RecordCalendar, type CalendarYear } from './record-calendar';
export { RejectRoster } from './reject-roster';
export { RosterAudit, type RosterVerification } from './roster-audit';
export type { RosterLineState } from './roster-line.store';
export { RosterLines, type LinePage, type LineQuery, type RosterLineView } from './roster-lines';
export type { RosterState } from './roster.store';
export { Rosters, type RosterDetails, type RosterFilter, type RosterMoney, type RosterView } from './rosters';
export { SettleObjection, type Settlement } from './settle-objection';
export { TakeStep, type StepTaken } from './take-step';
