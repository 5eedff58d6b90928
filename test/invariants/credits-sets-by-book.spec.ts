import {
  CoefficientSets,
  DecideBookRule,
  DecideCoefficients,
  Issuances,
  ProposeBookRule,
  ProposeCoefficients,
  ProposeStockSet,
  SerialHistory,
} from '@app/credits';
import { CreditsCounty, expectBookInOrder, TOWNSHIP } from './credits-county';
import { parcel, right } from './registry-book';

const NAME = 'county-2025';
const SET = {
  ...{ version: NAME, method: '固定样地复测', source: '县二类调查〔2024〕', illustrative: false },
  ...{ validFrom: '2025-01-01', bufferPpm: 100_000n, dryRun: false },
};
const ROW = { forestClass: 'broadleaf', ageGroup: 'middle' };
const STOCK = {
  ...{ ...SET, version: 'county-stock-2025', method: '蓄积量变化法' },
  species: [
    {
      ...{
        species: 'oak',
        name: '栎类',
        densityTonnesPerM3: '0.676',
        expansion: '1.355',
        rootShare: '0.292',
      },
      ...{ carbonShare: '0.500', source: '缺省值' },
    },
  ],
  growth: [
    {
      ...{ forestClass: 'bamboo', ageGroup: 'middle', species: 'oak', growthM3PerHaYear: '3.000' },
      ...{ halfWidthPpm: '0', source: '样地复测〔2025〕' },
    },
  ],
};
const CODE = `${TOWNSHIP}-2025-g1`;

async function adopt(county: CreditsCounty, gramsPerMuYear: string): Promise<void> {
  const set = { ...SET, coefficients: [{ ...ROW, gramsPerMuYear }] } as never;
  await county.done('registrar', (tx) => county.get(ProposeCoefficients).execute(tx, set));
  await county.done('reviewer', (tx) => county.get(DecideCoefficients).execute(tx, { version: NAME }));
}

describe('sets that two books named alike', () => {
  let one: CreditsCounty;
  let other: CreditsCounty;
  beforeAll(async () => {
    one = await CreditsCounty.open();
    other = await one.another('credits-other');
    for (const county of [one, other]) await county.plant(2);
  });
  afterAll(() => one?.close());

  it('are each its book’s own: neither is refused for the other’s', async () => {
    await adopt(one, '100000');
    await adopt(other, '200000');
    const rows = (county: CreditsCounty) => county.get(CoefficientSets).one(county.book, NAME);
    expect((await rows(one))?.coefficients).toMatchObject([{ grams: 100_000n }, { grams: 100_000n }]);
    expect((await rows(other))?.coefficients).toMatchObject([{ grams: 200_000n }, { grams: 200_000n }]);
  });

  it('are refused again in their own book, and by the name of a set that came with the product', async () => {
    for (const version of [NAME, 'illustrative-1']) {
      const set = { ...SET, version, coefficients: [{ ...ROW, gramsPerMuYear: '1' }] } as never;
      const again = await one.run('registrar', (tx) => one.get(ProposeCoefficients).execute(tx, set));
      expect(again).toEqual({ ok: false, reason: { code: 'COEFFICIENT_VERSION_TAKEN', version } });
    }
    await expect(
      one.query(
        `INSERT INTO credits.coefficient_set (version, method, source, illustrative, valid_from, buffer_ppm, book, state,
                proposed_by, proposed_at)
         VALUES ('illustrative-1', 'm', 's', false, '2025-06-01', 0, $1, 'proposed', 'x', now())`,
        [one.book],
      ),
    ).rejects.toThrow('came with the product');
  });

  it('measure and issue each book by its own figures', async () => {
    await one.issueAll();
    await other.issueAll();
    expect(await one.get(Issuances).list(one.book)).toMatchObject([
      { grams: 2_460_000n, sets: [{ coefficientSet: NAME, parcels: 2, grams: 2_460_000n }] },
    ]);
    expect(await other.get(Issuances).list(other.book)).toMatchObject([
      { grams: 4_920_000n, sets: [{ coefficientSet: NAME, parcels: 2, grams: 4_920_000n }] },
    ]);
    await expectBookInOrder(one);
    await expectBookInOrder(other);
  });

  it('cannot be taken from another book, whatever the code does', async () => {
    for (const table of ['measurement', 'issuance', 'issuance_set']) {
      await expect(
        one.owner(`UPDATE credits.${table} SET set_owner = $2 WHERE book = $1`, [one.book, other.book]),
      ).rejects.toThrow('set_is_own_or_shared');
    }
  });
});

describe('a township that was measured by both methods', () => {
  let county: CreditsCounty;
  const BROADLEAF = 2_460_000n;
  const BAMBOO = 5_337_342n;
  beforeAll(async () => {
    county = await CreditsCounty.open();
    await county.plant(2);
    await county.import('parcels', [parcel(3, { forest_class: 'bamboo' })]);
    await county.import('rights', [right(3, 1)]);
    await adopt(county, '100000');
    await county.done('registrar', (tx) => county.get(ProposeStockSet).execute(tx, STOCK as never));
    const version = STOCK.version;
    await county.done('reviewer', (tx) => county.get(DecideCoefficients).execute(tx, { version }));
    const rule = {
      ...{ kind: 'measuring-method', validFrom: '2025-01-01', stockChangeClasses: ['bamboo'] },
      ...{ documentNo: '决定1号', source: '县定' },
    };
    const { id } = await county.done('registrar', (tx) =>
      county.get(ProposeBookRule).execute(tx, rule as never),
    );
    await county.done('reviewer', (tx) => county.get(DecideBookRule).execute(tx, { rule: id }));
    await county.issueAll();
  });
  afterAll(() => county?.close());

  it('shows everybody every set and method with its grams', async () => {
    const [issuance] = await county.get(Issuances).list(county.book);
    expect(issuance).toMatchObject({ grams: BROADLEAF + BAMBOO });
    expect(issuance!.sets).toEqual([
      {
        ...{ coefficientSet: 'county-stock-2025', methodKind: 'stock-change', method: '蓄积量变化法' },
        ...{ parcels: 1, grams: BAMBOO, note: null },
      },
      {
        ...{ coefficientSet: NAME, methodKind: 'coefficient', method: '固定样地复测' },
        ...{ parcels: 2, grams: BROADLEAF, note: null },
      },
    ]);
    await expectBookInOrder(county);
  });

  it('tells of each serial by which of them it was measured', async () => {
    const way = await county.get(SerialHistory).of(county.book, `${CODE}-1-${BROADLEAF + BAMBOO}`);
    if (!way.ok) throw new Error(way.reason.code);
    const told = way.value.origins.map(({ coefficientSet, methodKind }) => `${methodKind} ${coefficientSet}`);
    expect([...new Set(told)].sort()).toEqual([`coefficient ${NAME}`, 'stock-change county-stock-2025']);
  });
});
