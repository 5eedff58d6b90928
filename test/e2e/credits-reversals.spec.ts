import { createHash } from 'node:crypto';

import { AssignGrams, ReserveGrams } from '@app/credits';
import { newId } from '@app/kernel';
import { StoreFile } from '@app/platform';
import { COUNTY, TOWNSHIP } from '../invariants/credits-county';
import { consent, household, parcel, right } from '../invariants/registry-book';
import { BOOK, CreditsEdge } from './credits-edge';

const REPORT = Buffer.from('%PDF-1.7 the report');
const FIRE = {
  ...{ kind: 'fire', day: '2026-02-20', evidence: '县森林火灾调查报告〔2026〕3号' },
  evidenceSha256: createHash('sha256').update(REPORT).digest('hex'),
  parcels: [{ parcelCode: parcel(1).parcel_code, lostPercent: '50' }],
};

describe('reversals over HTTP', () => {
  let edge: CreditsEdge;
  let handler: string;
  let reviewer: string;
  let registrar: string;
  let id: string;

  beforeAll(async () => {
    edge = await CreditsEdge.start();
    const { county } = edge;
    await county.import('parties', [household(1), household(2)]);
    await county.import('parcels', [parcel(1), parcel(2)]);
    await county.import('rights', [right(1, 1), right(2, 2)]);
    await county.import('consents', [consent(1, { share_percent: '100' })]);
    await county.issueAll();
    const order = county.order(2_767_500n);
    await county.done('seller', (tx) => county.get(ReserveGrams).execute(tx, order));
    await county.done('seller', (tx) =>
      county.get(AssignGrams).execute(tx, { orderId: order.orderId, cardId: newId() }),
    );
    handler = await edge.staff('forestry-handler', COUNTY);
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
    registrar = await edge.staff('credit-registrar', COUNTY);
  });
  afterAll(() => edge.stop());

  const propose = (body: object, token = handler, query = '') =>
    edge.post(`books/${BOOK}/reversals${query}`, body, token);
  const decide = (token = reviewer, body = {}, query = '') =>
    edge.post(`books/${BOOK}/reversals/${id}/decision${query}`, body, token);
  const settle = (body: object, token = registrar) =>
    edge.post(`books/${BOOK}/reversals/${id}/settlements`, body, token);

  it('tell in a dry run what they would do', async () => {
    const { status, body } = await propose(FIRE, handler, '?dryRun=true');
    expect([status, body.id]).toEqual([200, null]);
    expect(body.effect).toMatchObject({
      ...{ lostGrams: '1537500', holdingGrams: '0', bufferGrams: '307500', owedGrams: '1230000' },
      ...{ replacedGrams: '307500', openGrams: '922500' },
    });
  });

  it('are proposed by one and decided by another, in the whole book', async () => {
    expect((await propose(FIRE, reviewer)).body).toMatchObject({ status: 403, code: 'POST_REQUIRED' });
    const proposed = await propose(FIRE);
    expect(proposed.status).toBe(201);
    id = proposed.body.id;
    expect((await decide(handler)).body.code).toBe('POST_REQUIRED');
    const town = await edge.staff('forestry-reviewer', TOWNSHIP);
    expect((await decide(town)).body.code).toBe('POST_REQUIRED');
    expect((await decide(reviewer, {}, '?dryRun=true')).body.effect.openGrams).toBe('922500');
    const done = await decide();
    expect([done.status, done.body.effect.openGrams]).toEqual([201, '922500']);
    expect((await decide()).body).toMatchObject({ replayed: true });
    expect((await decide(registrar)).body).toMatchObject({ status: 409, code: 'REVERSAL_DECIDED' });
  });

  it('name everything that is wrong', async () => {
    const parcels = [{ parcelCode: 'XX', lostPercent: '101' }];
    expect((await propose({ ...FIRE, parcels })).body).toMatchObject({ code: 'REVERSAL_REFUSED', total: 2 });
    const { body } = await propose({ kind: 'flood', day: 'today', evidence: '', parcels: [] });
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['kind', 'day', 'evidence', 'parcels']),
    );
    const unknown = await edge.post(`books/${BOOK}/reversals/17/decision`, {}, reviewer);
    expect(unknown.body).toMatchObject({ status: 404, code: 'REVERSAL_UNKNOWN' });
  });

  it('are seen by everybody, village by village, without parcel and person', async () => {
    const { body } = await edge.get(`public/books/${BOOK}/reversals?region=610924100001`);
    expect(body.items).toMatchObject([
      { id, kind: 'fire', day: '2026-02-20', villages: ['610924100001'], openGrams: '922500' },
    ]);
    const text = JSON.stringify(body);
    for (const hidden of [parcel(1).parcel_code, household(1).external_no, FIRE.evidence]) {
      expect(text).not.toContain(hidden);
    }
    expect((await edge.get(`public/books/${BOOK}/reversals?region=610924101`)).body.items).toEqual([]);
    const serial = await edge.get(`public/books/${BOOK}/serials/610924100-2025-G1-1`);
    expect(serial.body.reversals).toMatchObject([{ state: 'replaced', kind: 'fire', from: 'buffer' }]);
  });

  it('are told to the household that lost its forest', async () => {
    const owner = await edge.person(household(1).phone!);
    const { body } = await edge.get(`books/${BOOK}/my/credits`, owner);
    expect(body.items[0].losses).toMatchObject([
      { reversal: id, kind: 'fire', parcelCode: parcel(1).parcel_code, lostGrams: '1537500' },
    ]);
  });

  it('say whether the file that they rest on is kept', async () => {
    const shown = async () => (await edge.get(`books/${BOOK}/reversals/${id}`, registrar)).body;
    const { evidenceSha256 } = FIRE;
    expect(await shown()).toMatchObject({ evidenceSha256, evidenceStored: false });
    const { county } = edge;
    const file = { bytes: REPORT, name: 'report.pdf' };
    await county.done('handler', (tx) => county.get(StoreFile).execute(tx, file));
    expect(await shown()).toMatchObject({ evidenceSha256, evidenceStored: true });
  });

  it('are listed for staff of the place, and opened by staff of the book', async () => {
    const clerk = await edge.staff('village-clerk', '610924100001');
    const listed = await edge.get(`books/${BOOK}/reversals?state=approved`, clerk);
    expect(listed.body.items).toMatchObject([{ id, evidence: FIRE.evidence, parcels: 1 }]);
    expect((await edge.get(`books/${BOOK}/reversals/${id}`, registrar)).body.lostParcels).toMatchObject([
      { code: parcel(1).parcel_code, loss: { lostPpm: '500000' } },
    ]);
  });

  it('are made good by the registrar, as far as there is something', async () => {
    expect((await settle({ from: 'buffer' }, reviewer)).body.code).toBe('POST_REQUIRED');
    expect((await settle({ from: 'air' })).body.code).toBe('FIELDS_INVALID');
    expect((await settle({ from: 'holding' })).body).toMatchObject({ code: 'AGREEMENT_REQUIRED' });
    expect((await settle({ from: 'buffer' })).body).toMatchObject({
      ...{ status: 409, code: 'SHORTFALL_UNCOVERED', openGrams: '922500' },
    });
  });
});
