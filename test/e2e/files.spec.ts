import { createHash } from 'node:crypto';

import { zipOf } from '../support/workbooks';
import { HostileEdge, SECRETS, type Answer } from './hostile-edge';

const PDF = Buffer.from('%PDF-1.7\n变更令\n%%EOF\n');
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('pixels')]);
const JPEG = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from('burned')]);
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MOST = 8 * 1024 * 1024;
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The API as it is shipped: what it takes and how much is set where it is put together. */
describe('files that something rests on', () => {
  let edge: HostileEdge;
  beforeAll(async () => {
    edge = await HostileEdge.start();
  });
  afterAll(() => edge.stop());

  const store = (raw: Uint8Array, name: string, type = 'application/octet-stream', as = 'forestry-handler') =>
    edge.send('POST', `books/county/files?name=${encodeURIComponent(name)}`, { as, raw, type });
  const read = (sha256: string, as?: string, book = 'county') =>
    edge.send('GET', `books/${book}/files/${sha256}`, as === undefined ? {} : { as });
  const codeOf = ({ status, body }: Answer) => [status, body.code];

  it('are kept under the hash of their bytes, once, whoever sends them again', async () => {
    const first = await store(PDF, '变更令4号.pdf', 'application/pdf');
    const kept = {
      sha256: hashOf(PDF),
      size: PDF.length,
      mediaType: 'application/pdf',
      name: '变更令4号.pdf',
    };
    expect([first.status, first.body]).toEqual([201, kept]);
    const again = await store(PDF, 'another.pdf', 'application/pdf', 'forestry-reviewer');
    expect([again.status, again.body]).toEqual([200, kept]);
  });

  it.each<[string, () => Promise<Buffer> | Buffer, string, string, string]>([
    ['a photo', () => JPEG, '现场.jpg', 'image/jpeg', 'image/jpeg'],
    ['a picture', () => PNG, 'a.png', 'image/png', 'image/png'],
    ['an OFD', () => zipOf({ 'OFD.xml': '<ofd/>' }), 'a.ofd', 'application/ofd', 'application/ofd'],
    [
      'a workbook',
      () => zipOf({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>' }),
      'a.xlsx',
      XLSX,
      XLSX,
    ],
    ['rows', () => Buffer.from('编号,亩\n1,2\n'), 'a.csv', 'text/csv', 'text/csv'],
    ['a note', () => Buffer.from('村干部口述'), 'a.txt', 'text/plain', 'text/plain'],
    [
      'what says nothing of itself',
      () => Buffer.from('%PDF-1.4'),
      '扫描',
      'application/zip',
      'application/pdf',
    ],
  ])('may be %s', async (_what, bytes, name, type, mediaType) => {
    const { status, body } = await store(await bytes(), name, type);
    expect([status, body.mediaType]).toEqual([201, mediaType]);
  });

  it.each<[string, () => Promise<Answer>, number, string, object]>([
    ['nothing', () => store(Buffer.alloc(0), 'a.pdf'), 422, 'FILE_EMPTY', {}],
    [
      'a byte too many',
      () => store(Buffer.alloc(MOST + 1, 'x'), 'a.txt'),
      ...([413, 'FILE_TOO_LARGE', { size: MOST + 1, most: MOST }] as const),
    ],
    [
      'a program',
      () => store(Buffer.from('MZ\u0000\u0003'), 'a.pdf'),
      ...([
        415,
        'FILE_TYPE_UNKNOWN',
        { taken: expect.arrayContaining(['application/ofd']) as unknown },
      ] as const),
    ],
    [
      'a zip of anything',
      async () => store(await zipOf({ 'a.exe': 'x' }), 'a.xlsx', XLSX),
      ...([415, 'FILE_TYPE_UNKNOWN', {}] as const),
    ],
    [
      'a zip that is torn',
      async () => store((await zipOf({ 'OFD.xml': 'x' })).subarray(0, 40), 'a.ofd'),
      ...([415, 'FILE_TYPE_UNKNOWN', {}] as const),
    ],
    [
      'another media type than its bytes',
      () => store(Buffer.from('%PDF-1.5'), 'a.pdf', 'image/png'),
      ...([422, 'FILE_TYPE_DIFFERS', { said: 'image/png', found: 'application/pdf' }] as const),
    ],
    [
      'another ending than its bytes',
      () => store(Buffer.from('MZ, but text'), 'a.jpg'),
      ...([422, 'FILE_TYPE_DIFFERS', { said: 'image/jpeg', found: 'text/plain' }] as const),
    ],
    ['a path for a name', () => store(JPEG, '../a.jpg'), 422, 'FILE_NAME_WRONG', {}],
    [
      'somebody’s number in its name',
      () => store(JPEG, `${SECRETS[0]}.jpg`),
      ...([422, 'PERSONAL_NUMBER_IN_TEXT', { field: 'name' }] as const),
    ],
    [
      'a page',
      () => store(Buffer.from('<svg/>'), 'a.svg', 'image/svg+xml'),
      415,
      'MEDIA_TYPE_UNSUPPORTED',
      {},
    ],
    [
      'no name',
      () =>
        edge.send('POST', 'books/county/files', { as: 'forestry-handler', raw: JPEG, type: 'image/jpeg' }),
      ...([422, 'FIELDS_INVALID', {}] as const),
    ],
    ['no post', () => store(JPEG, 'a.jpg', 'image/jpeg', 'card-operator'), 403, 'POST_REQUIRED', {}],
  ])('are refused by name for %s', async (_what, send, status, code, facts) => {
    const answer = await send();
    expect(codeOf(answer)).toEqual([status, code]);
    expect(answer.body).toMatchObject(facts);
    for (const secret of SECRETS) expect(answer.text).not.toContain(secret);
  });

  it('may be as large as is said, and are not listened to from nobody', async () => {
    expect((await store(Buffer.alloc(MOST, 'x'), 'a.txt')).status).toBe(201);
    const nobody = { raw: Buffer.alloc(MOST, 'y'), type: 'text/plain' };
    expect(codeOf(await edge.send('POST', 'books/county/files?name=a', nobody))).toEqual([
      401,
      'SIGN_IN_REQUIRED',
    ]);
  });

  it('are saved, never shown, by whoever may read the book; who did is written down', async () => {
    const answer = await read(hashOf(PDF), 'auditor');
    expect([answer.status, answer.type, answer.text]).toEqual([200, 'application/pdf', PDF.toString()]);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('变更令4号.pdf')}`,
    );
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const audited = await edge.query(
      `SELECT a.subject, a.facts FROM platform.audit a WHERE a.action = 'platform.read-file'`,
    );
    expect(audited).toEqual([
      { subject: `file/${hashOf(PDF)}`, facts: { sha256: hashOf(PDF), size: PDF.length } },
    ]);
  });

  it('are for no public, no household and no other book', async () => {
    expect(codeOf(await read(hashOf(PDF)))).toEqual([401, 'SIGN_IN_REQUIRED']);
    expect(codeOf(await read(hashOf(PDF), SECRETS[1]))).toEqual([403, 'POST_REQUIRED']);
    expect(codeOf(await read(hashOf(PDF), 'auditor', 'other'))).toEqual([403, 'POST_REQUIRED']);
    for (const unknown of [hashOf(Buffer.from('x')), 'no-hash'])
      expect(codeOf(await read(unknown, 'auditor'))).toEqual([404, 'FILE_UNKNOWN']);
  });

  it('show at the order that names them whether they are there', async () => {
    const photo = Buffer.concat([JPEG, Buffer.from('XB00001')]);
    const order = {
      ...{ parcelCode: 'XB00001', from: '2026-03-02', reason: 'survey', evidence: '现场照片，档案室2柜' },
      ...{ evidenceSha256: hashOf(photo), changes: { area_mu: '13.00' } },
    };
    await edge.done(edge.send('POST', 'books/county/parcel-orders', { as: 'forestry-handler', body: order }));
    const stored = async () => {
      const { orders } = await edge.done(
        edge.send('GET', 'books/county/parcels/XB00001', { as: 'forestry-handler' }),
      );
      const { items } = await edge.done(
        edge.send('GET', 'books/county/parcel-orders', { as: 'forestry-handler' }),
      );
      return [orders[0].evidenceStored, items[0].evidenceStored];
    };
    expect(await stored()).toEqual([false, false]);
    await edge.done(store(photo, '现场.jpg', 'image/jpeg'));
    expect(await stored()).toEqual([true, true]);
  });
});
