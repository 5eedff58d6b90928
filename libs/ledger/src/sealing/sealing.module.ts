import { Module } from '@nestjs/common';

import { LogStore } from './log.store';
import { EntryRecordStore } from './proofs/entry-record.store';
import { LogReader } from './proofs/log-reader';
import { ProveEntry } from './proofs/prove-entry';
import { PublicationTargets } from './publish/publication-targets';
import { SealBook } from './seal-book';
import { SealLags } from './seal-lag';
import { Sealer } from './sealer';
import { SignCheckpoint } from './sign-checkpoint';

/** The logs of the books: sealing for the worker, proofs for the api. */
@Module({
  providers: [
    ...[EntryRecordStore, LogReader, LogStore, ProveEntry],
    ...[PublicationTargets, SealBook, Sealer, SealLags, SignCheckpoint],
  ],
  exports: [
    EntryRecordStore,
    LogReader,
    LogStore,
    ProveEntry,
    PublicationTargets,
    Sealer,
    SealLags,
    SignCheckpoint,
  ],
})
export class SealingModule {}
