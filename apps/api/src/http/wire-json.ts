/** bigint travels as a decimal string: a JS number would lose fen above 2^53. */
export const wireJson = (payload: unknown): string =>
  JSON.stringify(payload, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
