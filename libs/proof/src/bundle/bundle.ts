import { toHex, type Bytes } from '../bytes';
import type { EntryRecord } from '../forms/entry-form';
import type { EventRecord } from '../forms/event-form';
import type { RefusalRecord } from '../forms/refusal-form';
import type { SealRecord } from '../forms/seal-form';
import {
  FormatFault,
  hash,
  hexText,
  instantText,
  integer,
  list,
  nullable,
  shape,
  string,
  uuidText,
  type Read,
} from './read-json';

/** What happened, by the stream it is recorded in. */
export type ProvenRecord =
  | { readonly stream: 'entry'; readonly record: EntryRecord }
  | { readonly stream: 'refusal'; readonly record: RefusalRecord }
  | { readonly stream: 'event'; readonly record: EventRecord };

/** A record and all that leads from it to a signed checkpoint: nothing else is needed to check it. */
export type Bundle = ProvenRecord & {
  readonly salt: Bytes;
  readonly seal: SealRecord;
  /** From the leaf to the seal's root, and from the seal to the checkpoint's. */
  readonly sealPath: readonly Bytes[];
  readonly logPath: readonly Bytes[];
  readonly checkpoint: string;
};

export const BUNDLE_FORMAT = 'tanhui-proof-1';

const POSTING = shape({
  leg: integer,
  path: string,
  asset: string,
  side: integer,
  accountKind: string,
  amount: integer,
  version: integer,
  balanceAfter: integer,
  effectiveAt: instantText,
  effectiveHigh: nullable(instantText),
  openedAt: nullable(instantText),
  floor: nullable(integer),
});

const ENTRY: Read<EntryRecord> = shape({
  seq: integer,
  id: uuidText,
  kind: string,
  legs: integer,
  body: hexText(32),
  recordedAt: instantText,
  effectiveAt: instantText,
  actor: string,
  reference: nullable(string),
  memo: nullable(string),
  reverses: nullable(integer),
  hold: nullable(uuidText),
  holdAs: nullable(string),
  made: nullable(shape({ seq: integer, owner: string, expiresAt: instantText })),
  postings: list(POSTING),
});

const REFUSAL: Read<RefusalRecord> = shape({
  no: integer,
  id: uuidText,
  body: hexText(32),
  code: string,
  facts: string,
  actor: string,
  decidedAt: instantText,
});

const EVENT: Read<EventRecord> = shape({
  no: integer,
  at: instantText,
  actor: string,
  type: string,
  facts: string,
});

const RANGE = shape({ first: integer, next: integer });

const SEAL: Read<SealRecord> = shape({
  no: integer,
  entries: RANGE,
  refusals: RANGE,
  events: RANGE,
  root: hash,
  previous: hash,
  sealedAt: instantText,
});

const ENVELOPE = shape({
  format: string,
  stream: string,
  record: (value: unknown) => value,
  salt: hash,
  seal: SEAL,
  sealPath: list(hash),
  logPath: list(hash),
  checkpoint: string,
});

/** Throws a FormatFault that names the field. */
export function readBundle(text: string): Bundle {
  const { format, stream, record, ...rest } = ENVELOPE(parse(text), '');
  if (format !== BUNDLE_FORMAT) throw new FormatFault('format');
  switch (stream) {
    case 'entry':
      return { stream, record: ENTRY(record, 'record'), ...rest };
    case 'refusal':
      return { stream, record: REFUSAL(record, 'record'), ...rest };
    case 'event':
      return { stream, record: EVENT(record, 'record'), ...rest };
    default:
      throw new FormatFault('stream');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FormatFault('json');
  }
}

/** Integers as decimal strings, hashes as hex. */
export function writeBundle(bundle: Bundle): string {
  return `${JSON.stringify(plain({ format: BUNDLE_FORMAT, ...bundle }), undefined, 2)}\n`;
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return toHex(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}
