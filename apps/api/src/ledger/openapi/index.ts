import type { Resource } from '../../openapi/types';
import { ACCOUNT_READS } from './account-reads.openapi';
import { ACCOUNTS } from './accounts.openapi';
import { BOOK } from './book.openapi';
import { ENTRIES } from './entries.openapi';
import { ENTRY_BATCHES } from './entry-batches.openapi';
import { HOLDS } from './holds.openapi';
import { PERIODS } from './periods.openapi';

export const LEDGER_RESOURCES: readonly Resource[] = [
  ...[ENTRIES, ENTRY_BATCHES, HOLDS],
  ...[ACCOUNTS, ACCOUNT_READS, BOOK],
  PERIODS,
];
export { FACTS } from './codes';
export { HEADERS, PARAMETERS, WORDS } from './words';
