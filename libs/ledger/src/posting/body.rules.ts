import { hash } from 'node:crypto';

import { canonicalText, type Canonical } from '@app/kernel';
import type { EntryDraft } from '../entry';

/** The order of the fields in a body is for ever: stored bodies are compared with new ones. */
const FIELDS = [
  ...(['kind', 'postings', 'reference', 'memo', 'effectiveAt', 'reverses', 'hold', 'ends'] as const),
  ...(['conditions', 'batch'] as const),
] as const;
type Field = (typeof FIELDS)[number];

const WHOLE_HEX = 32;
const TAG_HEX = 3;

/** The last byte of a body whose tags are of this form, and of one that is the digest of something else. */
const TAGGED = '01';
const UNTAGGED = '02';

/** Bodies of before had 16 bits of the SHA-256 of each of the first eight fields. */
const OLD_FIELDS = FIELDS.slice(0, 8);
const OLD_TAG_HEX = 4;

/**
 * What was asked, as 32 bytes in hex: 128 bits of the SHA-256 of the whole, which alone tell whether two drafts are
 * the same request, then twelve bits of each field, which only name the field that differs. The order of the legs
 * and the actor do not count.
 */
export function bodyOf(draft: EntryDraft): string {
  const texts = textsOf(draft);
  let tags = '';
  for (const field of FIELDS) tags += tagOf(texts[field]);
  return wholeOf(texts) + tags + TAGGED;
}

/** The first field in which a draft differs from the one whose body was stored under its id. */
export function fieldThatDiffers(stored: string, draft: EntryDraft): string {
  if (stored.endsWith(UNTAGGED)) return 'body';
  const texts = textsOf(draft);
  const differs = stored.endsWith(TAGGED)
    ? FIELDS.find((field, i) => sliceOf(stored, i, TAG_HEX) !== tagOf(texts[field]))
    : OLD_FIELDS.find((field, i) => sliceOf(stored, i, OLD_TAG_HEX) !== oldTagOf(texts[field]));
  return differs ?? 'body';
}

/** The body of anything else that is asked under an id: whole, without fields. */
export const bodyOfRequest = (request: Canonical): string =>
  sha256(canonicalText(request)).slice(0, WHOLE_HEX) + UNTAGGED.padStart(WHOLE_HEX, '0');

type Texts = Readonly<Record<Field, string | undefined>>;

/**
 * Each field as canonical JSON; nothing of one that is absent. The whole is a record of them in order of their names,
 * with null for the absent ones that bodies have had from the first.
 */
function textsOf(draft: EntryDraft): Texts {
  const { kind, asked, legs, reference, memo, effectiveAt, reverses, hold, ends, conditions, batch } = draft;
  return {
    kind: JSON.stringify(kind),
    postings: asked === undefined ? listOf(legs.map(legText).sort()) : JSON.stringify(asked),
    reference: reference === undefined ? undefined : JSON.stringify(reference),
    memo: memo === undefined ? undefined : JSON.stringify(memo),
    effectiveAt: effectiveAt && JSON.stringify(effectiveAt),
    reverses: reverses === undefined ? undefined : JSON.stringify(reverses),
    hold: hold && JSON.stringify([hold.expiresAt, hold.endedBy]),
    ends: ends && JSON.stringify([ends.hold, ends.as, ...(ends.part ? ['part'] : [])]),
    conditions: conditions?.length
      ? JSON.stringify(conditions.map(({ path, asset, is, value }) => `${path} ${asset} ${is} ${value}`))
      : undefined,
    batch: batch === undefined ? undefined : JSON.stringify(batch),
  };
}

const legText = ({ path, asset, amount }: EntryDraft['legs'][number]): string => `${path} ${asset} ${amount}`;

/** Paths, assets and digits need no escapes. */
const listOf = (texts: readonly string[]): string => `["${texts.join('","')}"]`;

const wholeOf = (t: Texts): string =>
  sha256(
    `{${t.batch ? `"batch":${t.batch},` : ''}${t.conditions ? `"conditions":${t.conditions},` : ''}` +
      `"effectiveAt":${t.effectiveAt ?? null},"ends":${t.ends ?? null},"hold":${t.hold ?? null},` +
      `"kind":${t.kind},"memo":${t.memo ?? null},"postings":${t.postings},` +
      `"reference":${t.reference ?? null},"reverses":${t.reverses ?? null}}`,
  ).slice(0, WHOLE_HEX);

const sliceOf = (body: string, index: number, length: number): string =>
  body.slice(WHOLE_HEX + index * length, WHOLE_HEX + (index + 1) * length);

/** FNV-1a, folded to twelve bits: it names a field and decides nothing. */
function tagOf(text: string | undefined): string {
  if (text === undefined) return '000';
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  const folded = (hash ^ (hash >>> 12) ^ (hash >>> 24)) & 0xfff;
  return (folded + 0x1000).toString(16).slice(1);
}

const oldTagOf = (text: string | undefined): string => sha256(text ?? 'null').slice(0, OLD_TAG_HEX);

/** In one call: a hash object would cost more than the digest of so short a text. */
const sha256 = (text: string): string => hash('sha256', text, 'hex');
