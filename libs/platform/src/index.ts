export { Books, type Book, type BookUnknown } from './books/books';
export { OpenBook, type OpenBookCommand, type OpenBookRefusal } from './books/open-book';
export { Environment, readEnvironment } from './config/environment';
export { AesCrypto, type CryptoKeys } from './crypto/aes-crypto';
export { Crypto, type SealPurpose } from './crypto/crypto';
export { Ed25519Signer, type SignatureAlgorithm, Signer, Sm2Signer } from './crypto/signer';
export { assertApplicationRole } from './database/application-role';
export { createDataSource } from './database/data-source';
export { Database } from './database/database';
export {
  byteaArray,
  hexByteaArray,
  int4Array,
  int8Array,
  textArray,
  timestamptzArray,
  uuidArray,
} from './database/binary-array';
export {
  type CheckFinding,
  type CheckReader,
  type Checks,
  findingsOf,
  lineOfFinding,
} from './database/checks';
export { Coalescer } from './database/coalescer';
export { conflictOf, isDatabaseAway } from './database/database-errors';
export { type Call, type Called, OwnConnection, type Statement } from './database/own-connection';
export { OwnConnections } from './database/own-connections';
export { ReadLane } from './database/read-lane';
export { migrate } from './database/migrate';
export { Snapshot, Snapshots } from './database/snapshots';
export { Statistics } from './database/statistics';
export { HOUSE_BOOK, Tx, type AuditFacts, type WorkContext } from './database/tx';
export { UnitOfWork } from './database/unit-of-work';
export type { FileUnknown, StoreFileRefusal } from './files/file.refusals';
export { FileAudit } from './files/file-audit';
export { FILE_TYPES, type FileType, savedName } from './files/file-type.rules';
export { ReadFile } from './files/read-file';
export { FILE_BYTES_MAX, StoreFile, type StoredFile } from './files/store-file';
export { isStored } from './files/stored-in.sql';
export { Logger } from './logging/logger';
export { mayReadMetrics, type MetricsReader } from './metrics/may-read-metrics.rules';
export { Metrics } from './metrics/metrics';
export { PlatformModule } from './platform.module';
export {
  again,
  defineJob,
  DONE,
  type JobDefinition,
  type JobOutcome,
  type RunningJob,
} from './queue/define-job';
export { JobGauge } from './queue/job-gauge';
export { JobHandlers } from './queue/job-handlers';
export { JobRunner } from './queue/job-runner';
export { Jobs } from './queue/jobs';
export { QueueBackend } from './queue/queue-backend';
export { Sweeper } from './queue/sweeper';
export { WakeQueue } from './queue/wake-queue';
export { WorkerPool } from './queue/worker-pool';
export { looksLikeWorkbook, readSheet, type Sheet, type SheetWish } from './sheets/read-sheet';
export type { SheetFault, SheetFaultCode } from './sheets/sheet-faults';
export type { SheetRow } from './sheets/sheet-reader';
export type { Rows, SheetColumn, SheetToWrite } from './sheets/sheet-xml';
export { writeWorkbook } from './sheets/write-workbook';
