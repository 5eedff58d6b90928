import { ReserveGrams } from '@app/credits';
import { Tx } from '@app/platform';
import { COUNTY, CreditsCounty, expectBookInOrder, serials } from './credits-county';
import { consent, household, parcel, right } from './registry-book';

const PARCELS = 15_000;
const HOUSEHOLDS = 5_000;
const TOWNSHIPS = 17;
const CLASSES = ['broadleaf', 'mixed', 'conifer', 'bamboo', 'economic', 'tea', 'shrub'];

describe('a county of 5,000 households', () => {
  let county: CreditsCounty;
  beforeAll(async () => {
    county = await CreditsCounty.open();
    const villages = await villagesOf(county);
    await county.import(
      'parties',
      serials(HOUSEHOLDS).map((n) => household(n, { region_code: villages[n % villages.length]! })),
    );
    // A household's parcels lie in its village; every third is shared with a neighbour.
    const ownerOf = (n: number) => (n % HOUSEHOLDS) + 1;
    const neighbourOf = (n: number) => ((ownerOf(n) + villages.length - 1) % HOUSEHOLDS) + 1;
    await county.import(
      'parcels',
      serials(PARCELS).map((n) =>
        parcel(n, {
          village_code: villages[ownerOf(n) % villages.length]!,
          forest_class: CLASSES[n % CLASSES.length]!,
          area_mu: `${(n % 40) + 1}.${String(n % 100).padStart(2, '0')}`,
        }),
      ),
    );
    await county.import(
      'rights',
      serials(PARCELS).flatMap((n) =>
        n % 3
          ? [right(n, ownerOf(n))]
          : [
              right(n, ownerOf(n), { share_percent: '66.6667' }),
              right(n, neighbourOf(n), { share_percent: '33.3333' }),
            ],
      ),
    );
    await county.import(
      'consents',
      serials(HOUSEHOLDS).map((n) => consent(n)),
    );
  }, 120_000);
  afterAll(() => county.close());

  it('is measured and issued by statements whose number parcels do not change', async () => {
    const statements = [jest.spyOn(Tx.prototype, 'query'), jest.spyOn(Tx.prototype, 'execute')];
    expect(await county.measure()).toMatchObject({ ok: true, value: { parcels: PARCELS } });
    expect(await county.recheck()).toMatchObject({ ok: true, value: { parcels: PARCELS } });
    expect((await county.issue()).ok).toBe(true);
    const sent = statements.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
    for (const spy of statements) spy.mockRestore();
    expect(sent).toBeLessThan(25 * (TOWNSHIPS + 2));
    const [row] = await county.query<{ grams: string }>(
      'SELECT sum(grams)::text AS grams FROM credits.measurement',
    );
    expect(await county.grams('issued')).toBe(BigInt(row!.grams));
    await expectBookInOrder(county);
  });

  it('serves an order from one look through everybody’s offers', async () => {
    const looks = jest.spyOn(Tx.prototype, 'query');
    const writes = jest.spyOn(Tx.prototype, 'execute');
    const sent: number[] = [];
    for (let n = 0; n < 20; n += 1) {
      const before = looks.mock.calls.length + writes.mock.calls.length;
      const command = county.order(50_000n);
      await county.done('seller', (tx) => county.get(ReserveGrams).execute(tx, command));
      sent.push(looks.mock.calls.length + writes.mock.calls.length - before);
    }
    looks.mockRestore();
    writes.mockRestore();
    // As many for each order, however many households offer and however many orders came before.
    expect(new Set(sent).size).toBe(1);
    expect(sent[0]).toBeLessThan(30);
    expect(await county.grams('reserved-grams')).toBe(1_000_000n);
    await expectBookInOrder(county);
  });

  // Compared each with each, 20,000 parcels take minutes instead of two seconds.
  it('joins the rows before and after a statement without nested loops, whatever came first in the session', async () => {
    const functions = await county.query<{ name: string; settings: string[] | null }>(
      `SELECT DISTINCT p.proname AS name, p.proconfig AS settings FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE t.tgoldtable IS NOT NULL AND t.tgnewtable IS NOT NULL ORDER BY 1`,
    );
    expect(functions.length).toBeGreaterThan(1);
    for (const { settings } of functions) expect(settings).toContain('enable_nestloop=off');
  });
});

/** The first village of every township of the county. */
async function villagesOf(county: CreditsCounty): Promise<string[]> {
  const rows = await county.query<{ code: string }>(
    `SELECT DISTINCT ON (parent_code) code FROM regions.region
      WHERE starts_with(code, $1) AND length(code) = 12 ORDER BY parent_code, code`,
    [COUNTY],
  );
  expect(rows).toHaveLength(TOWNSHIPS);
  return rows.map(({ code }) => code);
}
