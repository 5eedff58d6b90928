export { Books, type Book, type BookUnknown } from './books/books';
export { OpenBook, type OpenBookCommand, type OpenBookRefusal } from './books/open-book';
export { Environment, readEnvironment } from './config/environment';
export { AesCrypto, type CryptoKeys } from './crypto/aes-crypto';
export { Crypto, type SealPurpose } from './crypto/crypto';
export { assertApplicationRole } from './database/application-role';
export { createDataSource } from './database/data-source';
export { Database } from './database/database';
export { migrate } from './database/migrate';
export { Statistics } from './database/statistics';
export { HOUSE_BOOK, Tx, type AuditFacts, type WorkContext } from './database/tx';
export { UnitOfWork } from './database/unit-of-work';
export { Logger } from './logging/logger';
export { PlatformModule } from './platform.module';
export {
  again,
  defineJob,
  DONE,
  type JobDefinition,
  type JobOutcome,
  type RunningJob,
} from './queue/define-job';
export { JobHandlers } from './queue/job-handlers';
export { JobRunner } from './queue/job-runner';
export { Jobs } from './queue/jobs';
export { QueueBackend } from './queue/queue-backend';
export { Sweeper } from './queue/sweeper';
export { WakeQueue } from './queue/wake-queue';
export { WorkerPool } from './queue/worker-pool';
