import { RetireGrams } from '@app/credits';
import { COUNTY, TOWNSHIP } from '../invariants/credits-county';
import { consent, household, OTHER_VILLAGE, parcel, right, VILLAGE } from '../invariants/registry-book';
import { BOOK, CreditsEdge } from './credits-edge';

/** 12.30 mu of middle-aged broadleaf forest. */
const GRAMS = 3_075_000;
const STATES = ['holding', 'reserved-grams', 'card', 'retired', 'buffer', 'cancelled', 'external'];

/** Household 1 has land in both villages, household 2 in the other one, state forest lies in the first. */
describe('the one book over HTTP', () => {
  let edge: CreditsEdge;

  beforeAll(async () => {
    edge = await CreditsEdge.start();
    const { county } = edge;
    await county.import('parties', [household(1), household(2, { region_code: OTHER_VILLAGE })]);
    await county.import('parcels', [
      parcel(1),
      parcel(2, { village_code: OTHER_VILLAGE }),
      parcel(3, { village_code: OTHER_VILLAGE, forest_class: 'bamboo', scope_decision: '', scope_from: '' }),
      parcel(4, { forest_class: 'farmland-reserved' }),
    ]);
    await county.import('rights', [right(1, 1), right(2, 1), right(3, 2)]);
    await county.import('consents', [consent(1)]);
    await county.issueAll();
    const { cardId } = await county.card(1_000_000n);
    await county.done('operator', (tx) =>
      county.get(RetireGrams).execute(tx, { items: [{ cardId, grams: 400_000n }], reference: 'ride-1' }),
    );
    staff = await edge.staff('auditor', COUNTY);
  });
  afterAll(() => edge.stop());

  let staff: string;
  const page = (region = '') => edge.get(`public/books/${BOOK}/one-book${region && `?region=${region}`}`);
  const staffPage = (query: string) => edge.get(`books/${BOOK}/one-book?${query}`, staff);

  it('tells land, growth and credits of the county, without a name', async () => {
    const { status, body } = await page();
    expect(status).toBe(200);
    expect(body).toMatchObject({ region: COUNTY, day: '2026-03-02' });
    expect(body.land).toMatchObject([
      { forestClass: 'bamboo', parcels: 1, areaMu100: '1230', payableMu100: '0' },
      { forestClass: 'broadleaf', parcels: 2, areaMu100: '2460', payableMu100: '2460' },
      { forestClass: 'farmland-reserved', parcels: 1, areaMu100: '1230', payableMu100: '1230' },
    ]);
    expect(body.statuses).toEqual([
      { status: 'registered', parcels: 3, areaMu100: '3690' },
      { status: 'reserve', parcels: 1, areaMu100: '1230' },
    ]);
    expect(body.growth).toMatchObject([{ year: 2025, parcels: 3, illustrative: true }]);
    expect(body.credits).toMatchObject({ retired: '400000', card: '600000', cancelled: '0', external: '0' });
    expect(JSON.stringify(body)).not.toMatch(/测试户|HH0/);
  });

  it('leads every gram back to the village it grew in', async () => {
    const [first, other] = [
      (await staffPage(`region=${VILLAGE}`)).body,
      (await staffPage(`region=${OTHER_VILLAGE}`)).body,
    ];
    expect(first.credits.issued).toBe(String(GRAMS));
    const county = (await page()).body;
    for (const state of ['issued', ...STATES]) {
      expect([state, String(BigInt(first.credits[state]) + BigInt(other.credits[state]))]).toEqual([
        state,
        county.credits[state],
      ]);
    }
    expect(BigInt(county.credits.issued)).toBe(
      STATES.reduce((sum, state) => sum + BigInt(county.credits[state]), 0n),
    );
  });

  it('agrees with the ledger, state by state', async () => {
    const { credits } = (await page()).body;
    for (const state of STATES) {
      expect([state, credits[state]]).toEqual([state, String(await edge.county.grams(state))]);
    }
  });

  it('refuses places that there are not, or not here', async () => {
    const answers = await Promise.all(['610924999', '610921', '61', 'x'].map((region) => page(region)));
    expect(answers.map(({ body }) => body.code)).toEqual([
      ...['REGION_UNKNOWN', 'REGION_NOT_IN_BOOK', 'FIELDS_INVALID', 'FIELDS_INVALID'],
    ]);
    expect((await staffPage(`region=${TOWNSHIP}`)).status).toBe(200);
  });

  it('is told of a village only where it can be told of nobody, and to staff of their regions', async () => {
    const withheld = await page(VILLAGE);
    expect([withheld.status, withheld.body]).toMatchObject([
      403,
      { code: 'PLACE_WITHHELD', region: VILLAGE, readInstead: TOWNSHIP },
    ]);
    expect((await page(TOWNSHIP)).body).toMatchObject({ code: 'PLACE_WITHHELD', readInstead: COUNTY });
    const town = await edge.staff('forestry-handler', TOWNSHIP);
    expect((await edge.get(`books/${BOOK}/one-book?region=${VILLAGE}`, town)).status).toBe(200);
    expect((await edge.get(`books/${BOOK}/one-book`, town)).body.code).toBe('POST_REQUIRED');
    expect((await edge.get(`books/${BOOK}/one-book`)).body.code).toBe('SIGN_IN_REQUIRED');
  });

  it('is of any day up to today, beside an earlier one', async () => {
    const before = await staffPage('day=2026-03-01');
    expect(before.body).toMatchObject({ day: '2026-03-01', land: [], growth: [], credits: { issued: '0' } });
    const { body } = await staffPage('against=2026-03-01');
    expect(body.change).toMatchObject({ against: '2026-03-01', stock: { openingGrams: '0' } });
    expect(body.change.credits.issued).toBe(body.credits.issued);
    for (const query of ['day=2026-03-03', 'day=2026-02-30', 'against=2026-03-02']) {
      const refused = await staffPage(query);
      expect([refused.status, refused.body.code]).toEqual([422, 'REPORT_DAY_WRONG']);
    }
  });
});
