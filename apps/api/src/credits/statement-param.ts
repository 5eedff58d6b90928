import type { StatementRefusal } from '@app/credits';
import { RefusalException } from '../http';

/** What is known of a statement, or the refusal that there is no such one. */
export function known<T>(no: string, found: T | undefined): T {
  if (found !== undefined) return found;
  const reason: StatementRefusal = { code: 'STATEMENT_UNKNOWN', statement: no.slice(0, 24) };
  throw new RefusalException(reason);
}
