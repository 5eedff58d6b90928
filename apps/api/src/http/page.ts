/** A page of a list, and where the next one begins: null after the last. */
export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}

/** The first `limit` of what was found; ask the store for one more, by which a next page is known. */
export function pageOf<T>(found: readonly T[], limit: number, cursorOf: (last: T) => string): Page<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? cursorOf(last) : null };
}
