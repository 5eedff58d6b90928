import { COUNTY, YEAR } from '../invariants/credits-county';
import { household } from '../invariants/registry-book';
import { BOOK, CreditsEdge } from './credits-edge';

/** 12.30 mu × 250,000 g × 1.1. */
const WEIGHED_GRAMS = 3_382_500;
const GRAMS = 3_075_000;
const TENDED = {
  ...{
    parcelCode: 'XB00001',
    kind: 'tending',
    doneOn: '2025-05-01',
    areaMu100: '1230',
    evidence: '抚育验收〔2025〕3号',
  },
  multiplier: { multiplierPpm: '1100000', fromYear: 2025, toYear: 2027 },
};

describe('what was done to the forest, over HTTP', () => {
  let edge: CreditsEdge;
  let handler: string;
  let reviewer: string;

  beforeAll(async () => {
    edge = await CreditsEdge.start();
    await edge.county.plant(2);
    handler = await edge.staff('forestry-handler', COUNTY);
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
  });
  afterAll(() => edge.stop());

  const propose = (body: object, token = handler) => edge.post(`books/${BOOK}/activities`, body, token);
  const decide = (id: string, token = reviewer, body = {}) =>
    edge.post(`books/${BOOK}/activities/${id}/decision`, body, token);

  it('is refused with every fault, outside the region, and beyond 0.8 to 1.2', async () => {
    const bad = await propose({
      ...{ ...TENDED, doneOn: '2026-12-01', areaMu100: '1231' },
      multiplier: { multiplierPpm: '1200001', fromYear: 2024, toYear: 2040 },
    });
    expect([bad.status, bad.body.errors.map(({ field }: { field: string }) => field)]).toEqual([
      422,
      ['doneOn', 'areaMu100', 'multiplierPpm', 'fromYear', 'toYear'],
    ]);
    const elsewhere = await edge.staff('forestry-handler', '610924101');
    expect((await propose(TENDED, elsewhere)).body.code).toBe('PARCEL_UNKNOWN');
    expect((await propose({ ...TENDED, evidence: '电话 13912345678' })).body.code).toBe(
      'PERSONAL_NUMBER_IN_TEXT',
    );
    await expect(
      edge.county
        .query(`INSERT INTO credits.activity (book, id, parcel, kind, done_on, area_mu100, evidence, multiplier_ppm,
        years, proposed_by, proposed_at) SELECT book, gen_random_uuid(), id, 'tending', '2025-01-01', 1, 'e', 1300000,
        '[2025,2026)', 'x', now() FROM registry.parcel LIMIT 1`),
    ).rejects.toThrow('multiplier_ppm');
  });

  it('weighs the growth of its years when another person approved it, and of no year twice', async () => {
    const { body } = await propose(TENDED);
    const twice = await propose({
      ...TENDED,
      multiplier: { multiplierPpm: '900000', fromYear: 2027, toYear: 2028 },
    });
    expect((await decide(body.id, handler)).body.code).toBe('POST_REQUIRED');
    expect((await decide(body.id)).status).toBe(201);
    expect((await decide(body.id)).body.code).toBe('ACTIVITY_DECIDED');
    expect((await decide(twice.body.id)).body).toMatchObject({
      code: 'MULTIPLIER_SAME_YEARS',
      other: body.id,
    });
    expect((await decide(twice.body.id, reviewer, { rejection: '重复' })).status).toBe(201);
    const measured = await edge.post(`books/${BOOK}/measurements`, YEAR, handler);
    expect(measured.body).toMatchObject({ parcels: 2, grams: String(WEIGHED_GRAMS + GRAMS) });
    const rows = await edge.county.query<{ grams: string; explanation: object }>(
      `SELECT grams, explanation FROM credits.measurement ORDER BY grams DESC`,
    );
    expect(rows).toMatchObject([
      { grams: String(WEIGHED_GRAMS), explanation: { multiplierPpm: '1100000', activity: body.id } },
      { grams: String(GRAMS) },
    ]);
    expect(rows[1]!.explanation).not.toHaveProperty('multiplierPpm');
    const listed = await edge.get(`books/${BOOK}/activities?limit=1`, reviewer);
    expect([listed.body.items.length, typeof listed.body.next]).toEqual([1, 'string']);
  });

  it('is told to the household in hours, and no gram is made of them', async () => {
    const clerk = await edge.staff('village-clerk', COUNTY);
    const hours = {
      partyExternalNo: household(1).external_no,
      doneOn: '2026-02-01',
      minutes: 150,
      work: 'weeding',
    };
    const before = await edge.county.query('SELECT count(*) FROM ledger.entry');
    expect((await edge.post(`books/${BOOK}/tending-log`, hours, clerk)).status).toBe(201);
    expect((await edge.post(`books/${BOOK}/tending-log`, hours, clerk)).body.code).toBe('TENDING_RECORDED');
    expect(
      (await edge.post(`books/${BOOK}/tending-log`, { ...hours, doneOn: '2026-12-01' }, clerk)).body.code,
    ).toBe('DAY_WRONG');
    expect(
      (await edge.post(`books/${BOOK}/tending-log`, { ...hours, minutes: 1_441 }, clerk)).body.code,
    ).toBe('FIELDS_INVALID');
    expect(
      (await edge.post(`books/${BOOK}/tending-log`, { ...hours, partyExternalNo: 'HH9' }, clerk)).body.code,
    ).toBe('PARTY_UNKNOWN');
    const mine = await edge.get(`books/${BOOK}/my/tending-log`, await edge.person(household(1).phone!));
    expect(mine.body.items).toMatchObject([{ year: 2026, work: 'weeding', days: 1, minutes: 150 }]);
    expect(JSON.stringify(mine.body)).not.toMatch(/gram|fen/i);
    const other = await edge.get(`books/${BOOK}/my/tending-log`, await edge.person(household(2).phone!));
    expect(other.body.items).toEqual([]);
    expect(await edge.county.query('SELECT count(*) FROM ledger.entry')).toEqual(before);
  });
});
