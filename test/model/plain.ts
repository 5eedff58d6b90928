/** For JSON.stringify: amounts and instants as text. */
export const plain = (_name: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;
