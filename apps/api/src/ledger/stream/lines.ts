/** A line of a stream, counted from 1, or what keeps it from being one. */
export interface Line {
  readonly no: number;
  /** In bytes; nothing is kept of a line that is too long. */
  readonly size: number;
  readonly text?: string;
  readonly fault?: 'LINE_NOT_TEXT' | 'LINE_TOO_LONG';
}

/** 1,000 postings with the longest names fit, and nobody can fill the memory with one line. */
export const LINE_BYTES_MAX = 512 * 1024;

const NEWLINE = 0x0a;

/** Cuts a stream into its lines, keeping no more than one of them. Empty lines are counted and left out. */
export async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let no = 0;
  let kept: Buffer[] = [];
  let size = 0;
  const take = (piece: Buffer): void => {
    size += piece.length;
    if (size <= LINE_BYTES_MAX) kept.push(piece);
    else kept = [];
  };
  const end = (): Line | undefined => {
    no += 1;
    const line =
      size > LINE_BYTES_MAX ? ({ no, size: 0, fault: 'LINE_TOO_LONG' } as const) : lineOf(no, kept, size);
    kept = [];
    size = 0;
    return line;
  };
  for await (const chunk of stream) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      take(chunk.subarray(from, at));
      from = at + 1;
      const line = end();
      if (line) yield line;
    }
    take(chunk.subarray(from));
  }
  if (size > 0) {
    const line = end();
    if (line) yield line;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function lineOf(no: number, pieces: readonly Buffer[], size: number): Line | undefined {
  try {
    const text = decoder.decode(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)).trim();
    return text === '' ? undefined : { no, size, text };
  } catch {
    return { no, size: 0, fault: 'LINE_NOT_TEXT' };
  }
}
