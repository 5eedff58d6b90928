import { Policies, type Principal } from '@app/identity';
import type { Book } from '@app/platform';
import { requirePost } from '../auth';

/** Who sees rosters with names and amounts, each within their regions. */
const ROSTER_READERS = [
  'village-clerk',
  'town-finance',
  'forestry-handler',
  'forestry-reviewer',
  'finance-review',
  'payout-centre',
  'indicator-keeper',
  'auditor',
];

/** The regions the caller sees rosters of; 403 POST_REQUIRED for whoever sees none. */
export function rosterScope(principal: Principal, book: Book): readonly string[] {
  requirePost(principal, book, ROSTER_READERS);
  return Policies.regionsOf(principal, book.id, ROSTER_READERS);
}
