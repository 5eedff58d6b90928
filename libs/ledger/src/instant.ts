/** The ledger counts time in microseconds since 1970; a Date would lose the last three digits. */
export function textOfMicros(micros: bigint): string {
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = new Date(Number((micros - fraction) / 1000n)).toISOString().slice(0, 19);
  return `${seconds}.${fraction.toString().padStart(6, '0')}Z`;
}

/** The instant of such a text, to the millisecond. */
export const dateOfText = (text: string): Date => new Date(`${text.slice(0, 23)}Z`);
