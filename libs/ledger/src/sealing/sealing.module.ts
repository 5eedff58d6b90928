import { Module } from '@nestjs/common';

import { LogStore } from './log.store';
import { EntryRecordStore } from './proofs/entry-record.store';
import { EventRecordStore } from './proofs/event-record.store';
import { LogReader } from './proofs/log-reader';
import { ProveEntry } from './proofs/prove-entry';
import { ProveEvent } from './proofs/prove-event';
import { ProveRecord } from './proofs/prove-record';
import { ProveRefusal } from './proofs/prove-refusal';
import { RefusalRecordStore } from './proofs/refusal-record.store';
import { PublicationTargets } from './publish/publication-targets';
import { SealBook } from './seal-book';
import { SealLags } from './seal-lag';
import { Sealer } from './sealer';
import { SignCheckpoint } from './sign-checkpoint';

/** The logs of the books: sealing for the worker, proofs for the api. */
@Module({
  providers: [
    ...[EntryRecordStore, EventRecordStore, RefusalRecordStore, LogReader, LogStore],
    ...[ProveEntry, ProveEvent, ProveRecord, ProveRefusal],
    ...[PublicationTargets, SealBook, Sealer, SealLags, SignCheckpoint],
  ],
  exports: [
    EntryRecordStore,
    RefusalRecordStore,
    EventRecordStore,
    LogReader,
    LogStore,
    ProveEntry,
    ProveEvent,
    ProveRefusal,
    PublicationTargets,
    Sealer,
    SealLags,
    SignCheckpoint,
  ],
})
export class SealingModule {}
