import type { Block } from '../serials/take.rules';
import type { Run } from './transfer.store';

/** Whether a block is of one of the runs: what lies outside is never joined, so a block is of one transfer. */
export const isWithin = (runs: readonly Run[], { issuance, first, last }: Block): boolean =>
  runs.some((run) => run.issuance === issuance && run.first <= first && last <= run.last);
