/** The second that was written last: entries of one batch share theirs, and writing a date is slow. */
let second = { seconds: -1n, text: '' };

/** The ledger counts time in microseconds since 1970; a Date would lose the last three digits. */
export function textOfMicros(micros: bigint): string {
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = (micros - fraction) / 1_000_000n;
  if (seconds !== second.seconds) {
    second = { seconds, text: new Date(Number(seconds) * 1000).toISOString().slice(0, 19) };
  }
  return `${second.text}.${fraction.toString().padStart(6, '0')}Z`;
}

/** The instant of such a text, to the millisecond. */
export const dateOfText = (text: string): Date => new Date(`${text.slice(0, 23)}Z`);
