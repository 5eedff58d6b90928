import { household, OTHER_VILLAGE, parcel, VILLAGE } from '../invariants/registry-book';
import { BUYER, HostileCounty, STRANGER } from './hostile-county';
import { SECRETS, type Answer } from './hostile-edge';

/** All three households lose their forest, of which a buyer's card has two kilograms. */
describe('messages about a reversal', () => {
  let county: HostileCounty;
  let reversal: string;
  const OWNER = household(1).phone!;

  beforeAll(async () => {
    county = await HostileCounty.open();
    expect((await county.notice()).status).toBe(201);
    const body = {
      ...{ kind: 'fire', day: '2026-03-02', evidence: '调查报告' },
      parcels: [1, 2, 3].map((serial) => ({ parcelCode: parcel(serial).parcel_code, lostPercent: '100' })),
    };
    const proposed = await county.edge.done(county.post('reversals', 'forestry-handler', body));
    reversal = proposed.id;
    await county.edge.done(county.post(`reversals/${reversal}/decision`, 'forestry-reviewer', {}));
  });
  afterAll(() => county.edge.stop());

  const messages = (path: string, as?: string) => county.get(`books/county/${path}`, as);
  const codeOf = ({ status, body }: Answer) => [status, body.code];

  it('reach the household on its phone, in figures and in both languages', async () => {
    const { status, body } = await messages('my/messages', OWNER);
    expect([status, body.items.length, body.next]).toEqual([200, 1, null]);
    expect(body.items[0]).toMatchObject({
      ...{ kind: 'own-loss', reversal, reversalKind: 'fire', day: '2026-03-02', parcels: 1, readAt: null },
      text: {
        zh: expect.stringContaining('你家 1 个小班') as string,
        en: expect.stringContaining('fire') as string,
      },
    });
    const losses = await messages('my/credits', OWNER);
    const lost = losses.body.items[0].losses.reduce(
      (sum: bigint, { lostGrams }: { lostGrams: string }) => sum + BigInt(lostGrams),
      0n,
    );
    expect(BigInt(body.items[0].lostGrams)).toBe(lost);
  });

  it('reach whoever owns the card on which the lost grams lie', async () => {
    const { body } = await messages('my/messages', BUYER);
    expect(body.items).toMatchObject([{ kind: 'card-loss', reversal }]);
    expect((await messages('my/messages', STRANGER)).body.items).toEqual([]);
  });

  it('are read by those they are to', async () => {
    const [message] = (await messages('my/messages', OWNER)).body.items;
    const read = (as: string, id = message.id) => county.post(`my/messages/${id}/read`, as);
    expect(codeOf(await read(STRANGER))).toEqual([404, 'MESSAGE_UNKNOWN']);
    expect(codeOf(await read(OWNER, 'no-uuid'))).toEqual([404, 'MESSAGE_UNKNOWN']);
    expect(codeOf(await read('village-clerk'))).toEqual([403, 'PERSON_REQUIRED']);
    const { status, body } = await read(OWNER);
    expect([status, body.id]).toEqual([200, message.id]);
    expect((await read(OWNER)).body.readAt).toBe(body.readAt);
    expect((await messages('my/messages', OWNER)).body.items[0].readAt).toBe(body.readAt);
  });

  it('show the clerk of the village what it and its people were told, and what of it is not read', async () => {
    const clerk = `village-clerk@${VILLAGE}`;
    const { body } = await messages('messages', clerk);
    const kinds = body.items.map(({ kind }: { kind: string }) => kind).sort();
    expect(kinds).toEqual(['own-loss', 'own-loss', 'own-loss', 'village-loss']);
    const unread = body.items.filter(({ readAt }: { readAt: unknown }) => readAt === null);
    expect(unread).toHaveLength(3);
    const village = body.items.find(({ kind }: { kind: string }) => kind === 'village-loss');
    expect(village).toMatchObject({ region: VILLAGE, parcels: 3, parties: 3, party: null });
    expect(body.items.find(({ party }: { party: unknown }) => party !== null).party.externalNo).toMatch(
      /^HH/,
    );
    const read = await county.post(`messages/${village.id}/read`, clerk);
    expect(read.status).toBe(200);
    const household1 = body.items.find(({ kind }: { kind: string }) => kind === 'own-loss');
    expect(codeOf(await county.post(`messages/${household1.id}/read`, clerk))).toEqual([
      404,
      'MESSAGE_UNKNOWN',
    ]);
    for (const secret of SECRETS) expect(JSON.stringify(body)).not.toContain(secret);
  });

  it('are asked for by region, page by page, and only within one’s own', async () => {
    const town = 'town-finance@610924100';
    const first = (await messages(`messages?region=${VILLAGE}&limit=3`, town)).body;
    const second = (await messages(`messages?region=${VILLAGE}&limit=3&cursor=${first.next}`, town)).body;
    expect([first.items.length, second.items.length, second.next]).toEqual([3, 1, null]);
    expect((await messages('messages?region=610924', town)).body.items).toHaveLength(4);
    expect(codeOf(await messages(`messages?region=${OTHER_VILLAGE}`, town))).toEqual([403, 'POST_REQUIRED']);
    expect((await messages('messages', 'village-clerk@610924101200')).body.items).toEqual([]);
    expect(codeOf(await messages('messages', OWNER))).toEqual([403, 'POST_REQUIRED']);
    expect(codeOf(await messages('messages'))).toEqual([401, 'SIGN_IN_REQUIRED']);
    expect(codeOf(await messages('messages?region=x', town))).toEqual([422, 'FIELDS_INVALID']);
  });
});
