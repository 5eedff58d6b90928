import type { ReverseEntryCommand } from '@app/ledger';
import { objectOf } from './body-reader';
import { legsOf, saidAbout } from './entry-body';

/**
 * `{postings?, reference?, effectiveAt?, memo?, conditions?}`: all that is left of the entry, or the postings of the
 * reversal itself, each the other way round from the entry's.
 */
export function reversalOf(id: string, entry: string, value: unknown): ReverseEntryCommand {
  const body = objectOf(value ?? {}, '', ['postings', 'reference', 'effectiveAt', 'memo', 'conditions']);
  const legs = body.postings === undefined ? undefined : legsOf(body.postings, '/postings', 2);
  return { id, entry, ...saidAbout(body), ...(legs === undefined ? {} : { legs }) };
}
