import { Module } from '@nestjs/common';

import { ChangeFloor } from './accounts/change-floor';
import { CloseAccount } from './accounts/close-account';
import { OpenAccount } from './accounts/open-account';
import { PostBatch } from './batches/post-batch';
import { ExportArchive } from './export/export-archive';
import { ExportJournal } from './export/export-journal';
import { EndHold } from './holds/end-hold';
import { HoldCommands } from './holds/hold-commands';
import { HoldStore } from './holds/hold.store';
import { PlaceHold } from './holds/place-hold';
import { LaneMetrics } from './lane/lane-metrics';
import { Lanes } from './lane/lanes';
import { Ledger } from './ledger';
import { ClosePeriod } from './periods/close-period';
import { Periods } from './periods/period.store';
import { AskReopening, ReopenPeriod } from './periods/reopen-period';
import { PostEntry } from './post-entry';
import { HotAccounts } from './posting/hot-accounts';
import { PostingStore } from './posting/posting.store';
import { AccountStore } from './reads/account.store';
import { BalanceAtStore } from './reads/balance-at.store';
import { BalanceReader } from './reads/balance-reader';
import { EntryQueryStore } from './reads/entry-query.store';
import { EntryStore } from './reads/entry.store';
import { StatementAtStore } from './reads/statement-at.store';
import { StatementTextReader } from './reads/statement-text';
import { StatementStore } from './reads/statement.store';
import { TotalsStore } from './reads/totals.store';
import { ReversalStore } from './reversals/reversal.store';
import { ReverseEntry } from './reversals/reverse-entry';
import { AuditRunStore } from './verify/audit-run.store';
import { VerifyBook } from './verify/verify-book';

/** What callers do beside posting single entries. */
const USE_CASES = [
  ...[AskReopening, ChangeFloor, ClosePeriod, Periods],
  ...[ExportArchive, ExportJournal, PostBatch, ReopenPeriod, ReverseEntry],
];

@Module({
  providers: [
    ...USE_CASES,
    ReversalStore,
    ...[BalanceAtStore, EntryQueryStore, StatementAtStore, StatementTextReader, TotalsStore],
    ...[AccountStore, BalanceReader, EntryStore, HotAccounts, HoldStore, PostingStore, StatementStore],
    ...[AuditRunStore, VerifyBook],
    ...[CloseAccount, EndHold, HoldCommands, LaneMetrics, Lanes, Ledger, OpenAccount, PlaceHold, PostEntry],
  ],
  exports: [
    ...[...USE_CASES, CloseAccount, EndHold, HoldStore, Lanes, Ledger, OpenAccount, PlaceHold, PostEntry],
    ...[AuditRunStore, BalanceReader, VerifyBook],
  ],
})
export class LedgerModule {}
