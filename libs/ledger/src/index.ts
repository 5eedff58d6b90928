export { ChangeFloor, type ChangeFloorCommand, type ChangeFloorRefusal } from './accounts/change-floor';
export { CloseAccount, type CloseAccountRefusal } from './accounts/close-account';
export { OpenAccount, type OpenAccountCommand, type OpenAccountRefusal } from './accounts/open-account';
export type { BatchAnswer, BatchOutcome, BatchRefusal } from './batches/batch-kind';
export { batchItemId, type BatchMode } from './batches/batch.rules';
export { PostBatch, type PostBatchCommand } from './batches/post-batch';
export type { DomainLedger } from './domain-ledger';
export {
  AMOUNT_MAX,
  LEGS_MAX,
  move,
  sumLegs,
  type Condition,
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
export { ExportArchive } from './export/export-archive';
export { ImportArchive, type ArchiveRefusal, type Imported } from './export/import-archive';
export { ExportJournal, JOURNAL_FORMATS, type JournalFormatName } from './export/export-journal';
export type { JournalRange } from './export/journal-rows';
export {
  beancountAccount,
  beancountCommodity,
  colonPath,
  pathOfBeancount,
  pathOfColon,
} from './export/names.rules';
export { EXPIRE_HOLD } from './holds/expire-hold.job';
export { HoldStore, type HoldPage, type HoldQuery, type HoldView } from './holds/hold.store';
export { PlaceHold, type PlaceHoldCommand } from './holds/place-hold';
export type { CallKind, CommandKind, LaneCommand, LaneFull } from './lane/command-kind';
export { Lanes } from './lane/lanes';
export { BalanceReader } from './reads/balance-reader';
export { Ledger, type AssetTerms } from './ledger';
export { LedgerJobsModule } from './ledger-jobs.module';
export { LEDGER_JOBS } from './ledger-jobs';
export { LedgerModule } from './ledger.module';
export { ClosePeriod, type ClosePeriodRefusal, type PeriodOutcome } from './periods/close-period';
export { Periods, type PeriodView } from './periods/period.store';
export { AskReopening, ReopenPeriod, type ReopenPeriodRefusal } from './periods/reopen-period';
export { markReplayed, PostEntry } from './post-entry';
export type { Answer } from './posting/answers';
export type { Order } from './posting/batch';
export { inPace, type PaceLimits, type Posted } from './posting/in-pace';
export { BULK_LEGS_MAX, type BulkOrder, type BulkOutcome } from './posting/bulk.store';
export { bodyOf } from './posting/body.rules';
export { isAccountPath, isMemo, REFERENCE_MAX } from './posting/draft.rules';
export { SeenAccounts } from './posting/seen-accounts';
export type { HoldState, PostingRefusal } from './posting-refusal';
export { ReverseEntry, type ReverseEntryCommand } from './reversals/reverse-entry';
export type { LogHead } from './sealing/log.store';
export { EntryRecordStore } from './sealing/proofs/entry-record.store';
export { EventRecordStore } from './sealing/proofs/event-record.store';
export { LogReader, type CheckpointUnknown, type SizesWrong } from './sealing/proofs/log-reader';
export { ProveEntry, type ProveEntryRefusal } from './sealing/proofs/prove-entry';
export { ProveEvent, type ProveEventRefusal } from './sealing/proofs/prove-event';
export { ProveRefusal, type ProveRefusalRefusal } from './sealing/proofs/prove-refusal';
export { RefusalRecordStore } from './sealing/proofs/refusal-record.store';
export { publishedKeys, publishedNotes } from './sealing/publish/folder-target';
export type { Published } from './sealing/publish/publication-target';
export { SealLags, type SealLag } from './sealing/seal-lag';
export { SealLagGauge } from './sealing/seal-lag.gauge';
export { Sealer } from './sealing/sealer';
export { SealingModule } from './sealing/sealing.module';
export { SignCheckpoint } from './sealing/sign-checkpoint';
export { AuditBook } from './verify/audit-book';
export { AuditGauge } from './verify/audit.gauge';
export { AuditRunStore, type AuditRun, type Standing } from './verify/audit-run.store';
export { AuditSchedule } from './verify/audit-schedule';
export type { Ask, Check, Reach } from './verify/check';
export { lineOf, type Finding } from './verify/finding';
export type { CheckDone, Listener } from './verify/run-checks';
export { VerifyBook, type Verification, type Verified } from './verify/verify-book';
export {
  reachOfSeal,
  verifyBooks,
  verifyLedger,
  type Outcome,
  type VerifyOptions,
} from './verify/verify-ledger';
export { STATEMENT_CURSOR } from './reads/statement-cursor.rules';
export type {
  AccountNode,
  AccountPage,
  AccountTree,
  AccountTreeQuery,
  AccountView,
  BalanceAt,
  BalanceAtQuery,
  EntryQuery,
  EntryPage,
  EntryView,
  PageQuery,
  StatementAt,
  StatementAtQuery,
  StatementLine,
  StatementPage,
  StatementQuery,
  StatementText,
  StatementTextQuery,
  Times,
  TrialBalanceAtQuery,
  TrialBalanceAtRow,
  TrialBalanceRow,
  Turnover,
  TurnoverAt,
  TurnoverAtQuery,
  TurnoverQuery,
} from './views';
