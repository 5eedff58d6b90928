import { publishedKeys, publishedNotes } from '@app/ledger';
import { readVkey, type NoteVerifier } from '@app/proof';

export interface Copies {
  readonly notes: readonly string[];
  readonly keys: readonly NoteVerifier[];
  /** Places that know nothing of the book: perhaps it is new, perhaps it is the wrong place. */
  readonly without: readonly string[];
}

const PATIENCE_MS = 30_000;

/**
 * What was published of a book. Whoever does not say whose signatures he believes believes the key that lies beside
 * the copies: that shows a log rewritten after them, not one that never was another's.
 */
export async function readCopies(
  places: readonly string[],
  vkeys: readonly string[],
  bookCode: string,
): Promise<Copies> {
  const found = await Promise.all(places.map((place) => readPlace(place, bookCode)));
  const told = vkeys.length > 0 ? vkeys : found.flatMap((place) => place.vkeys);
  const keys = told.map((vkey) => {
    const key = readVkey(vkey);
    if (!key) throw new Error(`"${vkey}" is no verifier key.`);
    return key;
  });
  const without = places.filter((_, i) => found[i]!.notes.length === 0);
  return { notes: found.flatMap(({ notes }) => notes), keys, without };
}

interface Place {
  readonly notes: readonly string[];
  readonly vkeys: readonly string[];
}

async function readPlace(place: string, bookCode: string): Promise<Place> {
  if (/^https?:\/\//.test(place)) return readAddress(place);
  try {
    const [notes, vkeys] = await Promise.all([
      publishedNotes(place, bookCode),
      publishedKeys(place, bookCode),
    ]);
    return { notes, vkeys };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return NOTHING;
    throw error;
  }
}

const NOTHING: Place = { notes: [], vkeys: [] };

/** The note itself, or the public page's JSON about it. */
async function readAddress(address: string): Promise<Place> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}.`);
  const text = await answer.text();
  if (!answer.headers.get('content-type')?.includes('json')) return { notes: [text], vkeys: [] };
  const { note, vkey } = JSON.parse(text) as { note?: unknown; vkey?: unknown };
  if (typeof note !== 'string') throw new Error(`${address} shows no checkpoint.`);
  return { notes: [note], vkeys: typeof vkey === 'string' ? [vkey] : [] };
}
