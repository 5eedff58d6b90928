import { exceeds, withoutEmptyEnd } from './csv-size.rules';

const end = (text: string): string => withoutEmptyEnd(Buffer.from(text)).toString();

describe('the size of a file', () => {
  it('is taken without rows of nothing at the end, and with the last row whole', () => {
    expect(end('a,b\n1,\n,\n,\n')).toBe('a,b\n1,');
    expect(end('a,b\r\n1, ,\t\r\n\r\n\r\n')).toBe('a,b\r\n1, ,\t');
    expect(end('a,b\n"x","')).toBe('a,b\n"x","');
    expect(end(',,\n\n')).toBe(',,');
    expect(end('')).toBe('');
  });

  it('is too much above the lines or the cells, whatever ends a line', () => {
    const of = (text: string): boolean => exceeds(Buffer.from(text), 2, 3);
    expect(['1,2\n3,4\n5,6', '1\r\n2\r\n3', '1\r2\r3', ',,,'].map(of)).toEqual([false, false, false, false]);
    expect(['1\n2\n3\n', '1\r2\r3\r', ',,,,'].map(of)).toEqual([true, true, true]);
  });
});
