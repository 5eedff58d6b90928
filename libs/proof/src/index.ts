export { readBundle, writeBundle, type Bundle, type ProvenRecord } from './bundle/bundle';
export { compareCheckpoints, type Comparison } from './bundle/compare-checkpoints';
export {
  follows,
  formOf,
  indexOf,
  sealHash,
  verifyBundle,
  type ProofFault,
  type Verdict,
} from './bundle/verify-bundle';
export { fromBase64, fromHex, isEqual, toBase64, toHex, utf8, type Bytes } from './bytes';
export { entryForm, type EntryRecord, type PostingRecord } from './forms/entry-form';
export { eventForm, type EventRecord } from './forms/event-form';
export { refusalForm, type RefusalRecord } from './forms/refusal-form';
export { leavesOf, sealForm, type Range, type SealRecord } from './forms/seal-form';
export { checkpointText, openCheckpoint, readCheckpointText, type Checkpoint } from './note/checkpoint';
export { isSignedBy, readNote, writeNote, type SignedNote } from './note/signed-note';
export {
  isKeyName,
  keyIdOf,
  readVkey,
  vkeyOf,
  type NoteAlgorithm,
  type NoteVerifier,
} from './note/verifier-key';
export { HASH_BYTES, innerHash, leafHash, saltedLeafHash, saltOf, STREAMS, type Stream } from './tree/hashes';
export { proveConsistency, proveInclusion, rootOf, treeOf, type NodeSource } from './tree/prove';
export { nodesOf, type TreeNode } from './tree/ranges';
export { verifyConsistency, verifyInclusion } from './tree/verify';
