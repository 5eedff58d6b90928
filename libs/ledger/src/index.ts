export { CloseAccount, type CloseAccountRefusal } from './accounts/close-account';
export { OpenAccount, type OpenAccountCommand, type OpenAccountRefusal } from './accounts/open-account';
export type { DomainLedger } from './domain-ledger';
export {
  AMOUNT_MAX,
  LEGS_MAX,
  move,
  sumLegs,
  type EntryDraft,
  type HoldEnd,
  type HoldTerms,
  type Leg,
  type PostedEntry,
  type PostedPosting,
} from './entry';
export {
  EndHold,
  type CommitHoldCommand,
  type EndHoldRefusal,
  type ReleaseHoldCommand,
} from './holds/end-hold';
export { EXPIRE_HOLD } from './holds/expire-hold.job';
export { HoldStore, type HoldView } from './holds/hold.store';
export { PlaceHold, type PlaceHoldCommand } from './holds/place-hold';
export type { CommandKind, LaneCommand } from './lane/command-kind';
export { Lanes } from './lane/lanes';
export { Ledger, type AssetTerms } from './ledger';
export { LedgerJobsModule } from './ledger-jobs.module';
export { LEDGER_JOBS } from './ledger-jobs';
export { LedgerModule } from './ledger.module';
export { markReplayed, PostEntry } from './post-entry';
export type { Answer } from './posting/answers';
export type { Order } from './posting/batch';
export { bodyOf } from './posting/body.rules';
export { isAccountPath, isMemo, REFERENCE_MAX } from './posting/draft.rules';
export type { HoldState, PostingRefusal } from './posting-refusal';
export type { Verification } from './verify-book';
export type {
  AccountPage,
  AccountView,
  EntryView,
  PageQuery,
  StatementLine,
  StatementPage,
  StatementQuery,
  TrialBalanceRow,
  Turnover,
  TurnoverQuery,
} from './views';
