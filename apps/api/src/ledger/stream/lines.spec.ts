import { LINE_BYTES_MAX, linesOf, type Line } from './lines';

type Told = Pick<Line, 'no' | 'text' | 'fault'>;

async function* chunks(...parts: readonly (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}

async function all(...parts: readonly (string | Buffer)[]): Promise<Told[]> {
  const lines: Told[] = [];
  for await (const { size, ...line } of linesOf(chunks(...parts))) {
    expect(size).toBe(line.text === undefined ? 0 : size);
    lines.push(line);
  }
  return lines;
}

describe('a stream of lines', () => {
  it('is cut at line ends, wherever the chunks were cut, and the last needs no end', async () => {
    const wanted = [
      { no: 1, text: 'one' },
      { no: 2, text: '二' },
      { no: 3, text: 'three' },
    ];
    expect(await all('one\n二\r\nthree')).toEqual(wanted);
    const bytes = Buffer.from('one\n二\r\nthree\n');
    expect(await all(...[...bytes].map((byte) => Buffer.from([byte])))).toEqual(wanted);
  });

  it('counts empty lines and leaves them out', async () => {
    expect(await all('\n\na\n \nb\n\n')).toEqual([
      { no: 3, text: 'a' },
      { no: 5, text: 'b' },
    ]);
    expect(await all('')).toEqual([]);
  });

  it('tells which line is not UTF-8 and goes on', async () => {
    expect(await all(Buffer.from([0xed, 0xa0, 0x80, 0x0a]), 'b')).toEqual([
      { no: 1, fault: 'LINE_NOT_TEXT' },
      { no: 2, text: 'b' },
    ]);
  });

  it('takes a line of the most bytes, and drops a longer one without keeping it', async () => {
    const longest = 'x'.repeat(LINE_BYTES_MAX);
    const lines = await all(longest, '\n', longest, 'x', longest, '\nshort\n', longest, 'x');
    expect(lines.map(({ no, text, fault }) => [no, text?.length ?? fault])).toEqual([
      [1, LINE_BYTES_MAX],
      [2, 'LINE_TOO_LONG'],
      [3, 5],
      [4, 'LINE_TOO_LONG'],
    ]);
  });
});
