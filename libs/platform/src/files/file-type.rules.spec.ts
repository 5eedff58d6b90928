import { isFileName, savedName, saidTypes, seenAtFirst, seenInZip, settledType } from './file-type.rules';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const bytes = (hex: string, rest = '…') => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from(rest)]);

describe('what a file is', () => {
  it('its first bytes say', () => {
    expect(seenAtFirst(Buffer.from('%PDF-1.7\n'))).toBe('application/pdf');
    expect(seenAtFirst(bytes('ffd8ffe0'))).toBe('image/jpeg');
    expect(seenAtFirst(bytes('89504e470d0a1a0a'))).toBe('image/png');
    expect(seenAtFirst(bytes('504b0304'))).toBe('zip');
  });

  it('is text where it reads as UTF-8 or GB18030 and has no signs that no text has', () => {
    expect(seenAtFirst(Buffer.from('编号,面积\r\n1,2\n'))).toBe('text');
    expect(seenAtFirst(Buffer.from('b1e0bac52cc3e6bbfd0a', 'hex'))).toBe('text');
    expect(seenAtFirst(Buffer.from('MZ\u0000\u0001'))).toBeUndefined();
    expect(seenAtFirst(bytes('d0cf11e0a1b11ae1'))).toBeUndefined();
    expect(seenAtFirst(Buffer.from('ff41', 'hex'))).toBeUndefined();
  });

  it('its parts say when it is a zip, and a workbook with macros is none', () => {
    const workbook = ['[Content_Types].xml', 'xl/workbook.xml'];
    expect(seenInZip(['OFD.xml', 'Doc_0/Document.xml'])).toBe('application/ofd');
    expect(seenInZip(workbook)).toBe(XLSX);
    expect(seenInZip([...workbook, 'xl/vbaProject.bin'])).toBeUndefined();
    expect(seenInZip(['word/document.xml', '[Content_Types].xml'])).toBeUndefined();
  });

  it('is not what the media type or the name says, when the bytes say otherwise', () => {
    const of = (seen: Parameters<typeof settledType>[0], type: string | undefined, name: string) =>
      settledType(seen, saidTypes(type, name));
    expect(of('application/pdf', 'application/octet-stream', '决定')).toEqual({ type: 'application/pdf' });
    expect(of('application/pdf', 'image/png', 'a.pdf')).toEqual({
      said: 'image/png',
      found: 'application/pdf',
    });
    expect(of('image/png', undefined, 'a.JPG')).toEqual({ said: 'image/jpeg', found: 'image/png' });
    expect(of('text', 'image/jpeg', 'a')).toEqual({ said: 'image/jpeg', found: 'text/plain' });
    expect(of('text', 'text/plain; charset=utf-8', 'a.csv')).toEqual({ type: 'text/csv' });
    expect(of('text', 'application/vnd.ms-excel', 'a')).toEqual({ type: 'text/plain' });
  });

  it('shows in the name it is saved under', () => {
    expect(savedName('决定.PDF', 'application/pdf')).toBe('决定.PDF');
    expect(savedName('photo.jpeg', 'image/jpeg')).toBe('photo.jpeg');
    expect(savedName('run.exe', 'application/pdf')).toBe('run.exe.pdf');
  });

  it('has a name without paths and signs that something reads otherwise', () => {
    for (const name of ['火灾现场 3.jpg', '变更令〔2026〕4号.pdf']) expect(isFileName(name)).toBe(true);
    for (const name of ['', ' a', 'a/b', 'a\\b', 'a"b', 'a\nb', 'a\u202eb', 'x'.repeat(201)])
      expect(isFileName(name)).toBe(false);
  });
});
