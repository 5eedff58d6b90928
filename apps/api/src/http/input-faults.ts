export interface FieldError {
  readonly field: string;
  readonly problem: string;
}

/** No request has more: an order of rides is a list of objects in an object. */
const DEPTH_MAX = 8;
/** Whoever sends worse than this mends these first. */
export const FAULTS_SHOWN_MAX = 100;
const NAME_SHOWN_MAX = 64;

/** Halves of characters, and control characters other than tab and line breaks; PostgreSQL takes no NUL. */
const UNSTORABLE = /\p{Cs}|(?![\t\n\r])\p{Cc}/u;

/**
 * What no field of any request may be, whatever its own rules: too deep to be read, a list in a list, null where
 * leaving out is meant, a text that cannot be stored. Validators of single fields are never shown such values.
 */
export function inputFaults(value: unknown, field: string, depth = 0): FieldError[] {
  const fault = ownFault(value, depth);
  if (fault !== undefined) return [{ field: field.slice(-NAME_SHOWN_MAX), problem: fault }];
  if (typeof value !== 'object' || value === null) return [];
  const faults: FieldError[] = [];
  for (const [name, item] of Object.entries(value)) {
    const at = field === '' ? shownName(name) : `${field}.${shownName(name)}`;
    if (Array.isArray(value) && Array.isArray(item))
      faults.push({ field: at, problem: 'must not be a list' });
    else faults.push(...inputFaults(item, at, depth + 1));
    if (faults.length >= FAULTS_SHOWN_MAX) break;
  }
  return faults;
}

export const shownName = (name: string): string => name.slice(0, NAME_SHOWN_MAX);

function ownFault(value: unknown, depth: number): string | undefined {
  if (value === null) return 'must not be null: leave it out';
  if (depth > DEPTH_MAX) return 'is nested too deep';
  if (typeof value === 'string' && UNSTORABLE.test(value)) return 'holds a character that is no text';
  return undefined;
}
