import {
  openCheckpoint,
  readNote,
  readCheckpointText,
  toHex,
  type Checkpoint,
  type NoteVerifier,
} from '@app/proof';
import type { Ask } from './check';
import type { Finding } from './finding';

const NOTES_AT_ONCE = 500;

/** Checks the signature on every kept checkpoint that covers more seals than `after`. */
export async function checkSignatures(
  ask: Ask,
  book: number,
  keys: readonly NoteVerifier[],
  found: (finding: Finding) => void,
  after = 0n,
): Promise<number> {
  let checked = 0;
  for (let last = after; ;) {
    const rows = await ask<{ size: string; note: string }>(
      `SELECT c.size, c.note FROM ledger.checkpoint c WHERE c.book = $1 AND c.size > $2 ORDER BY c.size LIMIT $3`,
      [book, last, NOTES_AT_ONCE],
    );
    for (const { size, note } of rows) {
      checked += 1;
      const opened = openWith(note, keys);
      if (opened?.size.toString() === size) continue;
      found({
        code: 'CHECKPOINT_SIGNATURE',
        relation: 'checkpoint',
        key: { size },
        columns: ['note'],
        expected: { signedBy: keys.map(({ name, keyId }) => `${name}+${keyId}`) },
        found: note,
      });
    }
    if (rows.length < NOTES_AT_ONCE) return checked;
    last = BigInt(rows.at(-1)!.size);
  }
}

/**
 * Holds copies that were published elsewhere against the log: a past that was rewritten here, seals and signatures
 * included, is not the past that they are of.
 */
export async function checkCopies(
  ask: Ask,
  book: number,
  { notes, keys }: { readonly notes: readonly string[]; readonly keys: readonly NoteVerifier[] },
  found: (finding: Finding) => void,
): Promise<void> {
  for (const note of notes) {
    const finding = await wrongIn(ask, book, note, keys);
    if (finding) found(finding);
  }
}

async function wrongIn(
  ask: Ask,
  book: number,
  note: string,
  keys: readonly NoteVerifier[],
): Promise<Finding | undefined> {
  const said = readCheckpointText(readNote(note)?.text ?? '');
  const [kept] = await ask<{ root: Buffer | null; note: string | null }>(
    `SELECT ledger.log_root($1, $2) AS root,
            (SELECT c.note FROM ledger.checkpoint c WHERE c.book = $1 AND c.size = $2) AS note`,
    [book, said?.size ?? 0n],
  );
  const isKept = kept?.note === note;
  // What is kept word for word had its signature checked there.
  const copy = isKept ? said : openWith(note, keys);
  if (!copy) return wrongCopy('COPY_UNSIGNED', said, null, note);
  const [expected, root] = [toHex(copy.root), kept?.root ? toHex(kept.root) : null];
  if (root !== expected) return wrongCopy('LOG_FORKED', copy, { root: expected }, { root });
  return isKept ? undefined : wrongCopy('CHECKPOINT_MISSING', copy, note, kept?.note ?? null);
}

const openWith = (note: string, keys: readonly NoteVerifier[]): Checkpoint | undefined =>
  keys.map((key) => openCheckpoint(note, key)).find((checkpoint) => checkpoint !== undefined);

const wrongCopy = (
  code: string,
  copy: Checkpoint | undefined,
  expected: unknown,
  found: unknown,
): Finding => ({
  code,
  relation: 'copy',
  key: { origin: copy?.origin ?? null, size: copy?.size.toString() ?? null },
  columns: ['*'],
  expected,
  found,
});
