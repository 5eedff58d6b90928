import { createHash } from 'node:crypto';

import { canonicalHash, canonicalText, type Canonical } from '@app/kernel';
import type { EntryDraft } from '../entry';

/** The order of the fields in a body is for ever: stored bodies are compared with new ones. */
const FIELDS = ['kind', 'postings', 'reference', 'memo', 'effectiveAt', 'reverses', 'hold', 'ends'] as const;
type Field = (typeof FIELDS)[number];

const WHOLE_HEX = 32;
const FIELD_HEX = 4;

/**
 * What was asked, as 32 bytes in hex: 128 bits of the SHA-256 of the whole, then 16 bits of each field. Two drafts
 * are the same request when all of it is equal; the tail names the field that differs. The order of the legs and
 * the actor do not count.
 */
export function bodyOf(draft: EntryDraft): string {
  const fields = fieldsOf(draft);
  const tags = FIELDS.map((field) => digest(canonicalText(fields[field])).slice(0, FIELD_HEX));
  return canonicalHash(fields).slice(0, WHOLE_HEX) + tags.join('');
}

/** The first field in which a stored body and a new one differ. */
export function fieldThatDiffers(stored: string, asked: string): string {
  const tagOf = (body: string, index: number): string =>
    body.slice(WHOLE_HEX + index * FIELD_HEX, WHOLE_HEX + (index + 1) * FIELD_HEX);
  return FIELDS.find((_field, index) => tagOf(stored, index) !== tagOf(asked, index)) ?? 'body';
}

function fieldsOf(draft: EntryDraft): Record<Field, Canonical> {
  const { kind, reference, memo, effectiveAt, reverses, hold, ends } = draft;
  return {
    kind,
    postings: draft.legs.map(({ path, asset, amount }) => `${path} ${asset} ${amount}`).sort(),
    reference: reference ?? null,
    memo: memo ?? null,
    effectiveAt: effectiveAt?.toISOString() ?? null,
    reverses: reverses ?? null,
    hold: hold ? [hold.expiresAt.toISOString(), hold.endedBy] : null,
    ends: ends ? [ends.hold, ends.as] : null,
  };
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
