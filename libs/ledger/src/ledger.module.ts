import { Module } from '@nestjs/common';

import { CloseAccount } from './accounts/close-account';
import { OpenAccount } from './accounts/open-account';
import { EndHold } from './holds/end-hold';
import { HoldCommands } from './holds/hold-commands';
import { HoldStore } from './holds/hold.store';
import { PlaceHold } from './holds/place-hold';
import { Lanes } from './lane/lanes';
import { Ledger } from './ledger';
import { PostEntry } from './post-entry';
import { PostingStore } from './posting/posting.store';
import { AccountStore } from './reads/account.store';
import { EntryStore } from './reads/entry.store';
import { StatementStore } from './reads/statement.store';
import { VerifyBook } from './verify-book';

@Module({
  providers: [
    ...[AccountStore, EntryStore, HoldStore, PostingStore, StatementStore, VerifyBook],
    ...[CloseAccount, EndHold, HoldCommands, Lanes, Ledger, OpenAccount, PlaceHold, PostEntry],
  ],
  exports: [CloseAccount, EndHold, HoldStore, Lanes, Ledger, OpenAccount, PlaceHold, PostEntry],
})
export class LedgerModule {}
