import type { PostedEntry, PostedPosting } from '@app/ledger';

/**
 * The answer to a posting as JSON text, the same for the first time and for every replay. Written by hand because
 * it is the hottest answer of the product; paths, assets, ids and instants have no character that JSON escapes.
 */
export function postedJson({ id, seq, recordedAtText, effectiveAtText, postings }: PostedEntry): string {
  let items = '';
  for (const posting of postings) items += (items === '' ? '' : ',') + postingJson(posting);
  return `{"id":"${id}","seq":"${seq}","recordedAt":"${recordedAtText}","effectiveAt":"${effectiveAtText}","postings":[${items}]}`;
}

function postingJson({ path, asset, amount, balanceAfter, version }: PostedPosting): string {
  const sided = amount > 0n ? `"debit":"${amount}"` : `"credit":"${-amount}"`;
  return `{"account":"${path}","asset":"${asset}",${sided},"balanceAfter":"${balanceAfter}","version":"${version}"}`;
}
