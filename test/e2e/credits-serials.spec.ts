import { AssignGrams, ReserveGrams, RetireGrams } from '@app/credits';
import { newId } from '@app/kernel';
import { COUNTY, TOWNSHIP } from '../invariants/credits-county';
import { consent, household, parcel, right } from '../invariants/registry-book';
import { BOOK, CreditsEdge } from './credits-edge';

const CODE = '610924100-2025-G1';
const RUN = 3_075_000;

describe('serials over HTTP', () => {
  let edge: CreditsEdge;
  let registrar: string;
  const cardId = newId();

  beforeAll(async () => {
    edge = await CreditsEdge.start();
    const { county } = edge;
    await county.import('parties', [household(1), household(2)]);
    await county.import('parcels', [parcel(1), parcel(2)]);
    await county.import('rights', [right(1, 1), right(2, 2)]);
    await county.import('consents', [consent(1)]);
    await county.issueAll();
    const order = county.order(1_000n);
    await county.done('seller', (tx) => county.get(ReserveGrams).execute(tx, order));
    await county.done('seller', (tx) =>
      county.get(AssignGrams).execute(tx, { orderId: order.orderId, cardId }),
    );
    await county.done('operator', (tx) =>
      county.get(RetireGrams).execute(tx, { items: [{ cardId, grams: 400n }], reference: newId() }),
    );
    registrar = await edge.staff('credit-registrar', COUNTY);
  });
  afterAll(() => edge.stop());

  const history = (serial: string, query = '') =>
    edge.get(`public/books/${BOOK}/serials/${encodeURIComponent(serial)}/history${query}`);
  const search = (query: string, token = registrar) => edge.get(`books/${BOOK}/serials?${query}`, token);

  it('tell everybody the whole way of a serial, typed as people type it, and nobody’s name, parcel, order or card', async () => {
    const { status, body } = await history('610924100 2025 g1 1');
    expect([status, body.serial]).toEqual([200, `${CODE}-1-1`]);
    expect(body.items.map(({ kind, from, to }: Record<string, string>) => [kind, from, to])).toEqual([
      ['credits.issue', null, 'holding'],
      ['credits.reserve', 'holding', 'reserved-grams'],
      ['credits.assign', 'reserved-grams', 'card'],
      ['credits.retire', 'card', 'retired'],
    ]);
    expect(body.origins).toMatchObject([{ village: '610924100001', year: 2025, parcelGrams: String(RUN) }]);
    const text = JSON.stringify(body);
    for (const hidden of [
      parcel(1).parcel_code,
      household(1).external_no,
      household(1).name,
      cardId,
      '合同1号',
    ]) {
      expect(text).not.toContain(hidden);
    }
  });

  it('come in pages', async () => {
    const first = (await history(`${CODE}-1`, '?limit=1')).body;
    const second = (await history(`${CODE}-1`, `?limit=200&cursor=${first.next}`)).body;
    expect(first.items).toHaveLength(2);
    expect([...first.items, ...second.items]).toEqual((await history(`${CODE}-1`)).body.items);
    expect((await history(`${CODE}-1`, '?limit=201&cursor=x')).body).toMatchObject({
      code: 'FIELDS_INVALID',
    });
  });

  it('that are none are told apart from those that there are not', async () => {
    expect((await history('card 17')).body).toMatchObject({ status: 422, code: 'SERIAL_MALFORMED' });
    expect((await history(`${CODE}-${2 * RUN + 1}`)).body).toMatchObject({
      status: 404,
      code: 'SERIAL_UNKNOWN',
    });
  });

  it('are found by staff by parcel, holder, card and serial, each with where it lies', async () => {
    const byParcel = await search(`parcel=${parcel(1).parcel_code}`);
    expect(byParcel.status).toBe(200);
    const grams = byParcel.body.items.map(({ grams: each }: { grams: string }) => Number(each));
    expect(grams.reduce((sum: number, each: number) => sum + each, 0)).toBe(RUN);
    expect(byParcel.body.items[0]).toMatchObject({
      ...{ serial: `${CODE}-1-400`, grams: '400', state: 'retired', place: `retired/${cardId}` },
      ...{ parcelCode: parcel(1).parcel_code, holderNo: household(1).external_no, year: 2025 },
    });
    expect((await search(`holder=${household(1).external_no}`)).body).toEqual(byParcel.body);
    expect((await search(`card=${cardId}`)).body.items).toHaveLength(2);
    expect((await search(`serial=${CODE}-401`)).body.items).toMatchObject([{ state: 'card', grams: '1' }]);
    expect((await search('certificate=TH-0000')).body).toEqual({ items: [], next: null });
  });

  it('are searched by one thing at a time, by staff only, in their regions', async () => {
    expect((await search('parcel=a&holder=b')).body).toMatchObject({ status: 422, code: 'SEARCH_BY_ONE' });
    expect((await search('')).body.code).toBe('SEARCH_BY_ONE');
    expect((await search('serial=17')).body).toMatchObject({ status: 422, code: 'SERIAL_MALFORMED' });
    expect((await search('card=17')).body.code).toBe('FIELDS_INVALID');
    expect((await edge.get(`books/${BOOK}/serials?parcel=a`)).status).toBe(401);
    const clerk = await edge.staff('village-clerk', COUNTY);
    expect((await search('parcel=a', clerk)).body.code).toBe('POST_REQUIRED');
    const elsewhere = await edge.staff('forestry-handler', '610924101');
    expect((await search(`parcel=${parcel(1).parcel_code}`, elsewhere)).body.items).toEqual([]);
  });

  it('show staff of the whole book orders and cards too', async () => {
    const path = `books/${BOOK}/serials/${CODE}-1/history`;
    const { body } = await edge.get(path, registrar);
    expect(body.items.at(-1)).toMatchObject({ toPlace: `retired/${cardId}`, certificate: null });
    expect(body.origins[0]).toMatchObject({ parcelCode: parcel(1).parcel_code });
    const town = await edge.staff('forestry-reviewer', TOWNSHIP);
    expect((await edge.get(path, town)).body.code).toBe('POST_REQUIRED');
  });
});
