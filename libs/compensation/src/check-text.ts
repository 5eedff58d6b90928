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

/** The first of the named texts that holds a number that could be somebody's. */
export function checkTexts(
  texts: readonly (readonly [string, string])[],
): ReturnType<typeof refuse<Refused<'TEXT_HOLDS_NUMBER'>>> | undefined {
  const found = texts.find(([, text]) => holdsSomebodysNumber(text));
  return found && refuse({ code: 'TEXT_HOLDS_NUMBER', field: found[0] });
}
