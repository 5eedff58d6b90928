import { CARDS_JOBS } from '@app/cards';
import { COMPENSATION_JOBS } from '@app/compensation';
import { DISBURSEMENT_JOBS } from '@app/disbursement';
import { LEDGER_JOBS } from '@app/ledger';
import type { JobDefinition } from '@app/platform';
import { REGISTRY_JOBS } from '@app/registry';

/** Every job of the product. The worker does not start unless each has its handler. */
export const ALL_JOBS: readonly JobDefinition<unknown>[] = [
  ...LEDGER_JOBS,
  ...REGISTRY_JOBS,
  ...DISBURSEMENT_JOBS,
  ...COMPENSATION_JOBS,
  ...CARDS_JOBS,
];
