import { holdsSomebodysNumber, ok, refuse, type Result } from '@app/kernel';
import type { Refused } from './compensation.refusals';
import { TEXT_MAX } from './compensation.words';

/** A reason or a note, trimmed. It is kept in clear, so numbers that could be somebody's are refused. */
export function checkText(
  field: string,
  text: string,
): Result<string, Refused<'TEXT_EMPTY' | 'TEXT_HOLDS_NUMBER'>> {
  const trimmed = text.trim().slice(0, TEXT_MAX);
  if (trimmed === '') return refuse({ code: 'TEXT_EMPTY', field });
  return holdsSomebodysNumber(trimmed) ? refuse({ code: 'TEXT_HOLDS_NUMBER', field }) : ok(trimmed);
}
