import { holdsSomebodysNumber } from '@app/kernel';

export interface NumberInText {
  readonly code: 'PERSONAL_NUMBER_IN_TEXT';
  readonly field: string;
  readonly expected: string;
}

/** The first of the texts that holds what could be somebody's number: they are kept in clear. */
export function numberInText(texts: Readonly<Record<string, string | undefined>>): NumberInText | undefined {
  const found = Object.entries(texts).find(([, text]) => text !== undefined && holdsSomebodysNumber(text));
  return (
    found && { code: 'PERSONAL_NUMBER_IN_TEXT', field: found[0], expected: 'a text without long numbers' }
  );
}
