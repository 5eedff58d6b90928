const [LINE_FEED, RETURN, COMMA, BLANK, TAB] = [0x0a, 0x0d, 0x2c, 0x20, 0x09];

const endsLine = (byte: number | undefined): boolean => byte === LINE_FEED || byte === RETURN;
const saysNothing = (byte: number | undefined): boolean =>
  byte === COMMA || byte === BLANK || byte === TAB || endsLine(byte);

/** Spreadsheets leave up to a million rows of nothing at the end: the bytes without them, the last row whole. */
export function withoutEmptyEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && saysNothing(bytes[end - 1])) end -= 1;
  while (end < bytes.length && !endsLine(bytes[end])) end += 1;
  return bytes.subarray(0, end);
}

/**
 * Whether a file of so many lines and cells at most is too large to be parsed at all: a parser makes a text of each
 * cell, and tens of millions of them would stop everybody else's work. Quoted commas and line breaks count as well.
 */
export function exceeds(bytes: Buffer, linesMax: number, cellsMax: number): boolean {
  let [feeds, returns, commas] = [0, 0, 0];
  // By index: an iterator makes an object a byte.
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === LINE_FEED) feeds += 1;
    else if (byte === RETURN) returns += 1;
    else if (byte === COMMA) commas += 1;
  }
  return Math.max(feeds, returns) > linesMax || commas > cellsMax;
}
