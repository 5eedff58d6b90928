import { looksLikeWorkbook } from '@app/platform';
import { CompensationEdge, type Answer } from './compensation-edge';

const HEADER = 'party_external_no,name,parcel_code,area_mu,share_percent,amount_yuan';
const RIGHT = [1, 2, 3].map((n) => `HH0000${n},测试户${n},XB0000${n},12.30,100,193.73`);
const csv = (...lines: readonly string[]): string => `${[HEADER, ...lines].join('\n')}\n`;

describe('a roster as a file', () => {
  let edge: CompensationEdge;
  let roster: string;

  beforeAll(async () => {
    edge = await CompensationEdge.start();
    roster = (await edge.draft()).id;
    const { body } = await edge.as('auditor', 'GET', `rosters/${roster}/lines`);
    // The file says what the fixture's households are called.
    for (const [place, { name }] of body.items.entries())
      RIGHT[place] = RIGHT[place]!.replace(/测试户\d/, name);
  });
  afterAll(() => edge.stop());

  const send = (content: string | Buffer, query = '', post = 'village-clerk') =>
    edge.sendFile(`rosters/${roster}/file${query}`, post, content);
  const errors = (body: Answer['body']) =>
    body.errors.map((error: Record<string, unknown>) => [error.row, error.column, error.code, error.value]);

  it('goes out as a workbook that comes back as it is, once', async () => {
    const bytes = await edge.download(`rosters/${roster}/file`, 'village-clerk');
    expect(looksLikeWorkbook(bytes)).toBe(true);
    expect(await send(bytes, '?dryRun=true')).toMatchObject({ status: 200, body: { id: null, rows: 3 } });
    expect(await send(bytes)).toMatchObject({ status: 201, body: { rows: 3 } });
    expect(await send(bytes)).toMatchObject({ status: 409, body: { code: 'ROSTER_FILE_REPEATED' } });
    expect(await send(csv(...RIGHT))).toMatchObject({ status: 201 });
  });

  it('with ground that nobody registered does not pass, and says of each row why', async () => {
    // 郧西: sixteen households with 500 to 800 mu that the registry has never heard of.
    const ghosts = Array.from({ length: 16 }, (_none, n) => {
      const area = 500 + 20 * n;
      return `HH0000${1 + (n % 3)},测试户,GHOST${n},${area}.00,100,${(area * 15.75).toFixed(2)}`;
    });
    const { status, body } = await send(csv(...RIGHT, ...ghosts));
    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: 'ROSTER_FILE_REFUSED',
      total: 16,
      codes: [{ code: 'PARCEL_UNKNOWN', rows: 16 }],
    });
    expect(errors(body)).toEqual(
      ghosts.map((_ghost, n) => [5 + n, 'parcel_code', 'PARCEL_UNKNOWN', `GHOST${n}`]),
    );
    expect(body.errors[0].expected.zh).toContain('登记簿中没有这块林地');
  });

  it('names what differs, with what is registered', async () => {
    const [first, second, third] = RIGHT as [string, string, string];
    const { body } = await send(
      csv(
        first.replace('12.30', '700').replace('193.73', '11025.00'),
        second.replace(',100,', ',50,').replace('193.73', '96.86'),
        third.replace('XB00003', 'XB00002'),
        'HH99999,某某,XB00001,12.30,100,193.73',
        third.replace('193.73', '193.735'),
      ),
    );
    expect(errors(body)).toEqual([
      [2, 'area_mu', 'AREA_ABOVE_REGISTERED', '700'],
      [2, 'amount_yuan', 'AMOUNT_DIFFERS', '11025.00'],
      [3, 'share_percent', 'SHARE_DIFFERS', '50'],
      [3, 'amount_yuan', 'AMOUNT_DIFFERS', '96.86'],
      [4, 'parcel_code', 'RIGHT_MISSING', 'XB00002'],
      [5, 'party_external_no', 'PARTY_UNKNOWN', 'HH99999'],
      [6, 'amount_yuan', 'AMOUNT_MALFORMED', '193.735'],
      [7, 'parcel_code', 'LINE_MISSING', 'XB00003'],
    ]);
    expect(body.errors[0].expected).toEqual({ zh: '登记面积 12.30 亩', en: 'registered: 12.30 mu' });
    const twice = await send(csv(...RIGHT, first));
    expect(errors(twice.body)).toEqual([[5, 'parcel_code', 'REPEATED_IN_FILE', 'XB00001']]);
  });

  it('is for the village and its town, and only before the notice', async () => {
    expect(await send(csv(...RIGHT), '', 'auditor')).toMatchObject({
      status: 403,
      body: { code: 'POST_REQUIRED' },
    });
    const elsewhere = await edge.sendFile(
      `rosters/${roster}/file`,
      'village-clerk',
      csv(...RIGHT),
      '610924101',
    );
    expect(elsewhere).toMatchObject({ status: 404, body: { code: 'ROSTER_UNKNOWN' } });
    expect(await send('x', '', 'village-clerk')).toMatchObject({
      status: 422,
      body: { code: 'ROSTER_FILE_REFUSED' },
    });
    expect((await edge.as('forestry-handler', 'POST', `rosters/${roster}/notice`)).status).toBe(201);
    expect(await send(csv(...RIGHT, ''))).toMatchObject({
      status: 409,
      body: { code: 'ROSTER_STATE_WRONG', state: 'notice', needed: ['draft'] },
    });
  });
});
