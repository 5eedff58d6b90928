import { EXPIRE_HOLD } from './holds/expire-hold.job';
import { PUBLISH_CHECKPOINT } from './sealing/publish/publish-checkpoint.job';
import { AUDIT_NEW, AUDIT_WHOLE } from './verify/audit-book.job';

/** Every job of this lib: the worker does not start before each has its handler. */
export const LEDGER_JOBS = [AUDIT_NEW, AUDIT_WHOLE, EXPIRE_HOLD, PUBLISH_CHECKPOINT] as const;
