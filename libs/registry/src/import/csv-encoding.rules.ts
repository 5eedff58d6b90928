const LINE_FEED = 0x0a;

export type DecodedCsv =
  | { readonly encoding: 'UTF-8' | 'GB18030'; readonly text: string }
  | { readonly badLine: number; readonly looksLike: string | undefined };

/**
 * UTF-8 with or without a mark, or what Chinese spreadsheets save as plain CSV: GB18030 (GBK). Damaged UTF-8 nearly
 * always reads as some GB18030 too, so a file is taken for that only when most of its lines are no UTF-8.
 */
export function decodeCsv(bytes: Buffer): DecodedCsv {
  const text = decode('utf-8', bytes);
  if (text !== undefined) return { encoding: 'UTF-8', text };
  const { first, bad, foreign } = linesOf(bytes);
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') return { badLine: first, looksLike: 'UTF-16' };
  const chinese = decode('gb18030', bytes);
  if (chinese === undefined || 2 * bad <= foreign || !/\p{Script=Han}/u.test(chinese)) {
    return { badLine: first, looksLike: undefined };
  }
  return { encoding: 'GB18030', text: chinese };
}

/** Undefined when the bytes are something else. A mark at the beginning is taken off. */
function decode(encoding: string, bytes: Buffer): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Of the lines with more than ASCII, how many are no UTF-8, and the first of them. */
function linesOf(bytes: Buffer): { first: number; bad: number; foreign: number } {
  let [first, bad, foreign, line] = [0, 0, 0, 1];
  for (let start = 0; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed === -1 ? bytes.length : feed;
    const piece = bytes.subarray(start, end);
    if (piece.some((byte) => byte > 0x7f)) {
      foreign += 1;
      if (decode('utf-8', piece) === undefined) {
        bad += 1;
        if (first === 0) first = line;
      }
    }
    start = end + 1;
  }
  return { first: Math.max(first, 1), bad, foreign };
}
