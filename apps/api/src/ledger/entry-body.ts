import { LEGS_MAX, type EntryDraft, type Leg } from '@app/ledger';
import {
  amountOf,
  AN_INSTANT,
  bodyError,
  isInstant,
  objectOf,
  optionalTextOf,
  textOf,
  type JsonObject,
} from './body-reader';
import { ACCOUNT, ASSET, KIND, MEMO, REFERENCE } from './fields';

/** `{kind, reference?, effectiveAt?, memo?, postings: [{account, asset, debit | credit}]}` as a draft with this id. */
export function draftOf(id: string, value: unknown): EntryDraft {
  const body = objectOf(value, '', ['kind', 'reference', 'effectiveAt', 'memo', 'postings']);
  const kind = textOf(body, { field: 'kind' }, KIND);
  const effectiveAt = optionalTextOf(
    body,
    { field: 'effectiveAt' },
    { fits: isInstant, code: 'INSTANT_MALFORMED', expected: AN_INSTANT },
  );
  return {
    id,
    kind,
    ...saidAbout(body),
    ...(effectiveAt === undefined ? {} : { effectiveAt: new Date(effectiveAt) }),
    legs: legsOf(body.postings),
  };
}

/** What every entry of the door may say about itself. */
export function saidAbout(body: JsonObject): Pick<EntryDraft, 'reference' | 'memo'> {
  const reference = optionalTextOf(body, { field: 'reference' }, REFERENCE);
  const memo = optionalTextOf(body, { field: 'memo' }, MEMO);
  return { ...(reference === undefined ? {} : { reference }), ...(memo === undefined ? {} : { memo }) };
}

function legsOf(value: unknown): Leg[] {
  const expected = `a list of 2 to ${LEGS_MAX} postings`;
  if (value === undefined) throw bodyError('FIELD_MISSING', '/postings', expected);
  if (!Array.isArray(value) || value.length < 2 || value.length > LEGS_MAX) {
    throw bodyError('POSTINGS_MALFORMED', '/postings', expected);
  }
  const seen = new Set<string>();
  return value.map((item: unknown, index) => {
    const pointer = `/postings/${index}`;
    const leg = legOf(item, pointer);
    const name = `${leg.path} ${leg.asset}`;
    if (seen.has(name)) {
      throw bodyError('ACCOUNT_REPEATED', `${pointer}/account`, 'each account once: add its amounts up');
    }
    seen.add(name);
    return leg;
  });
}

function legOf(value: unknown, pointer: string): Leg {
  const posting = objectOf(value, pointer, ['account', 'asset', 'debit', 'credit']);
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
