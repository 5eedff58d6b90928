import { isEqual, type Bytes } from '../bytes';
import { entryForm } from '../forms/entry-form';
import { eventForm } from '../forms/event-form';
import { refusalForm } from '../forms/refusal-form';
import { leavesOf, sealForm, type Range, type SealRecord } from '../forms/seal-form';
import { openCheckpoint, type Checkpoint } from '../note/checkpoint';
import { readVkey, type NoteVerifier } from '../note/verifier-key';
import { leafHash, saltedLeafHash } from '../tree/hashes';
import { verifyInclusion } from '../tree/verify';
import { readBundle, type Bundle, type ProvenRecord } from './bundle';
import { FormatFault } from './read-json';

export type Verdict =
  | {
      readonly ok: true;
      readonly checkpoint: Checkpoint;
      readonly seal: SealRecord;
      readonly proven: ProvenRecord;
    }
  | { readonly ok: false; readonly fault: ProofFault; readonly field?: string };

/**
 * Where the chain from the record to the signature breaks: the file, the key that was given, the checkpoint's
 * signature, the record within its seal, or the seal within the log.
 */
export type ProofFault = 'FORMAT' | 'KEY' | 'SIGNATURE' | 'RECORD' | 'SEAL';

/** Checks a bundle against a key the reader trusts. Nothing of the bundle is believed before all of it holds. */
export function verifyBundle(text: string, trustedKey: string | NoteVerifier): Verdict {
  const key = typeof trustedKey === 'string' ? readVkey(trustedKey) : trustedKey;
  if (!key) return { ok: false, fault: 'KEY' };
  try {
    return judge(readBundle(text), key);
  } catch (error) {
    // A number too large for its field is as little a record as one that is no number.
    if (error instanceof FormatFault) return { ok: false, fault: 'FORMAT', field: error.field };
    if (error instanceof RangeError) return { ok: false, fault: 'FORMAT' };
    throw error;
  }
}

function judge(bundle: Bundle, key: NoteVerifier): Verdict {
  const { seal, sealPath, logPath } = bundle;
  const checkpoint = openCheckpoint(bundle.checkpoint, key);
  if (!checkpoint) return { ok: false, fault: 'SIGNATURE' };
  const isSealed = verifyInclusion({
    leaf: saltedLeafHash(bundle.salt, formOf(bundle)),
    index: indexOf(bundle),
    size: leavesOf(seal),
    path: sealPath,
    root: seal.root,
  });
  if (!isSealed) return { ok: false, fault: 'RECORD' };
  const isLogged = verifyInclusion({
    leaf: sealHash(seal),
    index: seal.no - 1n,
    size: checkpoint.size,
    path: logPath,
    root: checkpoint.root,
  });
  if (!isLogged) return { ok: false, fault: 'SEAL' };
  const { stream, record } = bundle;
  return { ok: true, checkpoint, seal, proven: { stream, record } as ProvenRecord };
}

/** What the seal's own leaf in the log is, and what the next seal names as the one before. */
export const sealHash = (seal: SealRecord): Bytes => leafHash(sealForm(seal));

export function formOf(proven: ProvenRecord): Bytes {
  switch (proven.stream) {
    case 'entry':
      return entryForm(proven.record);
    case 'refusal':
      return refusalForm(proven.record);
    case 'event':
      return eventForm(proven.record);
  }
}

/** Where the record's leaf is in its seal, or -1 when the seal does not reach to its number. */
export function indexOf({ stream, record, seal }: ProvenRecord & { readonly seal: SealRecord }): bigint {
  const { entries, refusals, events } = seal;
  const count = ({ first, next }: Range): bigint => next - first;
  switch (stream) {
    case 'entry':
      return placeIn(entries, record.seq, 0n);
    case 'refusal':
      return placeIn(refusals, record.no, count(entries));
    case 'event':
      return placeIn(events, record.no, count(entries) + count(refusals));
  }
}

const placeIn = ({ first, next }: Range, no: bigint, before: bigint): bigint =>
  no >= first && no < next ? before + no - first : -1n;

/** The second seal follows the first without a gap in any stream. */
export function follows(second: SealRecord, first: SealRecord): boolean {
  return (
    second.no === first.no + 1n &&
    second.entries.first === first.entries.next &&
    second.refusals.first === first.refusals.next &&
    second.events.first === first.events.next &&
    isEqual(second.previous, sealHash(first))
  );
}
