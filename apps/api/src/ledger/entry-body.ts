import { SeenAccounts, type EntryDraft, type Leg } from '@app/ledger';
import {
  amountOf,
  bodyError,
  listOf,
  objectOf,
  optionalInstantOf,
  optionalTextOf,
  textOf,
  type JsonObject,
} from './body-reader';
import { conditionsOf } from './condition-body';
import { ACCOUNT, ASSET, KIND, MEMO, REFERENCE } from './fields';

/** Half of what an entry may have: over HTTP nobody holds the book up for longer. */
export const POSTINGS_MAX = 1_000;

const FIELDS = ['kind', 'reference', 'effectiveAt', 'memo', 'conditions', 'postings'];
const FIELDS_OF_POSTING = ['account', 'asset', 'debit', 'credit'];

/**
 * `{kind, reference?, effectiveAt?, memo?, conditions?, postings: [{account, asset, debit | credit}]}` as a draft
 * with this id. `pointer` is where the entry stands in a larger body.
 */
export function draftOf(id: string, value: unknown, pointer = ''): EntryDraft {
  const body = objectOf(value, pointer, FIELDS);
  const kind = textOf(body, { field: 'kind', pointer }, KIND);
  return { id, kind, ...saidAbout(body, pointer), legs: legsOf(body.postings, `${pointer}/postings`, 2) };
}

/** What every entry of the door may say about itself, and under which conditions it is wanted. */
export function saidAbout(body: JsonObject, pointer = ''): Said {
  const said: { -readonly [Field in keyof Said]: Said[Field] } = {};
  const reference = optionalTextOf(body, { field: 'reference', pointer }, REFERENCE);
  if (reference !== undefined) said.reference = reference;
  const memo = optionalTextOf(body, { field: 'memo', pointer }, MEMO);
  if (memo !== undefined) said.memo = memo;
  const effectiveAt = optionalInstantOf(body, 'effectiveAt', pointer);
  if (effectiveAt !== undefined) said.effectiveAt = effectiveAt;
  const conditions = conditionsOf(body.conditions, `${pointer}/conditions`);
  if (conditions !== undefined) said.conditions = conditions;
  return said;
}

type Said = Pick<EntryDraft, 'reference' | 'memo' | 'effectiveAt' | 'conditions'>;

/** `[{account, asset, debit | credit}]`, at least so many, each account and asset once. */
export function legsOf(value: unknown, pointer: string, least: number): Leg[] {
  const rule = { least, most: POSTINGS_MAX, what: 'postings', code: 'POSTINGS_MALFORMED' } as const;
  const postings = listOf(value, pointer, rule);
  const seen = new SeenAccounts();
  return postings.map((item: unknown, index) => {
    const at = `${pointer}/${index}`;
    const leg = legOf(item, at);
    if (!seen.add(leg)) {
      throw bodyError('ACCOUNT_REPEATED', `${at}/account`, 'each account once: add its amounts up');
    }
    return leg;
  });
}

function legOf(value: unknown, pointer: string): Leg {
  const posting = objectOf(value, pointer, FIELDS_OF_POSTING);
  const path = textOf(posting, { field: 'account', pointer }, ACCOUNT);
  const asset = textOf(posting, { field: 'asset', pointer }, ASSET);
  const { debit, credit } = posting;
  if ((debit === undefined) === (credit === undefined)) {
    throw bodyError('DEBIT_OR_CREDIT', pointer, 'either debit or credit');
  }
  const amount =
    debit === undefined ? -amountOf(credit, `${pointer}/credit`) : amountOf(debit, `${pointer}/debit`);
  return { path, asset, amount };
}
