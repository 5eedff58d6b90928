import {
  hexByteaArray,
  int4Array,
  int8Array,
  textArray,
  timestamptzArray,
  uuidArray,
  type Statement,
} from '@app/platform';
import type { PostedRow } from './answers';
import type { Batch } from './batch';

/**
 * The posting functions' parameters on the wire. Arrays go in binary: as text, every element would be quoted here
 * and parsed there, which costs more than deciding the entry.
 */
const RESULT = `first_seq, (extract(epoch FROM first_at) * 1000000)::bigint AS first_us, answers, balances, versions`;

const places = (count: number): string => Array.from({ length: count }, (_, at) => `$${at + 1}`).join(', ');

export const POST_OPEN: Statement = {
  name: 'ledger.post-open',
  text: `SELECT ${RESULT} FROM ledger.post_open(${places(22)})`,
};

export const POST_DOMAIN: Statement = {
  name: 'ledger.post-domain',
  text: `SELECT ${RESULT} FROM ledger.post_domain(${places(28)})`,
};

export const entriesOnWire = (b: Batch): unknown[] => [
  ...[uuidArray(b.ids), hexByteaArray(b.bodies), textArray(b.kinds), textArray(b.actors)],
  ...[textArray(b.references), textArray(b.memos), timestamptzArray(b.effective)],
  b.reverses && uuidArray(b.reverses),
];

export const holdsOnWire = ({ holds, ends }: Batch): unknown[] => [
  ...[holds && timestamptzArray(holds.until), holds && textArray(holds.owners)],
  ...[ends && uuidArray(ends.holds), ends && textArray(ends.as), ends && [...ends.part]],
];

export const conditionsOnWire = ({ conditions: c }: Batch): unknown[] =>
  c === null
    ? [null, null, null, null]
    : [int4Array(c.entries), int4Array(c.slots), textArray(c.is), int8Array(c.values)];

export const legsOnWire = (b: Batch): unknown[] => [
  ...[int4Array(b.first), textArray(b.paths), textArray(b.assets), int4Array(b.slots), int8Array(b.amounts)],
];

/** A row whose columns came as text. */
export interface PostedText {
  readonly first_seq: string;
  readonly first_us: string;
  readonly answers: string | null;
  readonly balances: string | null;
  readonly versions: string | null;
}

export const rowOfText = ({ answers, balances, versions, ...first }: PostedText): PostedRow => ({
  ...first,
  answers: answers === null ? null : (JSON.parse(answers) as PostedRow['answers']),
  balances: listOf(balances),
  versions: listOf(versions),
});

/** Whole numbers in an array of PostgreSQL: `{1,2,3}`. */
const listOf = (text: string | null): string[] | null =>
  text === null ? null : text.slice(1, -1).split(',');
