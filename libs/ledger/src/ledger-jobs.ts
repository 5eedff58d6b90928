import { EXPIRE_HOLD } from './holds/expire-hold.job';

/** Every job of this lib: the worker does not start before each has its handler. */
export const LEDGER_JOBS = [EXPIRE_HOLD] as const;
