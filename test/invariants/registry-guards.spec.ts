import { FraudGuards, GUARDS, type Guard, type GuardFinding } from '@app/registry';
import {
  COUNTY,
  household,
  OTHER_VILLAGE,
  parcel,
  RegistryBook,
  residentNumber,
  right,
  VILLAGE,
} from './registry-book';

const DAY = '2026-03-02';
/** Ten households with a parcel of 12.30 mu each, whole and in order. */
const HONEST = Array.from({ length: 10 }, (_none, n) => n + 1);

describe('the guards against fraud', () => {
  let home: RegistryBook;

  beforeAll(async () => {
    home = await RegistryBook.open();
    const load = async (
      kind: 'parties' | 'parcels' | 'rights',
      rows: Parameters<RegistryBook['import']>[1],
    ) => {
      const done = await home.import(kind, rows);
      if (!done.ok) throw new Error(JSON.stringify(done.reason));
    };
    await load('parties', [
      ...HONEST.map((n) => household(n)),
      household(20, { bank: '', bank_account: '', account_holder: '' }),
      household(21),
      household(22, { bank_account: household(21).bank_account! }),
      household(23),
      household(24, { kind: 'person', region_code: OTHER_VILLAGE, id_number: residentNumber(23) }),
      household(25),
      household(26),
    ]);
    await load('parcels', [
      ...HONEST.map((n) => parcel(n)),
      parcel(20),
      parcel(25, { area_mu: '800' }),
      parcel(30, { certificate_no: '林证字复印', village_code: VILLAGE }),
      parcel(31, { certificate_no: '林证字复印', village_code: OTHER_VILLAGE }),
      parcel(40),
      parcel(41, { right_registered: 'false' }),
      parcel(42),
    ]);
    await load('rights', [
      ...HONEST.map((n) => right(n, n)),
      right(20, 20),
      right(25, 25),
      right(30, 21),
      right(31, 21),
      right(42, 26, { share_percent: '60', valid_to: '2026-02-28' }),
      right(42, 26, { share_percent: '40', valid_from: '2026-03-01' }),
    ]);
  });
  afterAll(() => home.close());

  const page = { day: DAY, scope: [COUNTY], count: 100 };
  const guards = (): FraudGuards => home.module.get(FraudGuards);
  const found = (guard: Guard, terms = {}): Promise<GuardFinding[]> =>
    guards().findings(home.book, guard, { ...page, ...terms });

  it.each<[Guard, Partial<GuardFinding>[]]>([
    ['holder-missing', [{ subject: 'XB00040', facts: { areaMu100: '1230' }, parcels: ['XB00040'] }]],
    [
      'shares-incomplete',
      [
        {
          subject: 'XB00042/management',
          facts: { kind: 'management', sharePpm: '400000', holders: '1' },
          parties: ['HH00026'],
        },
      ],
    ],
    [
      'certificate-repeated',
      [
        {
          subject: '林证字复印',
          regions: [VILLAGE, OTHER_VILLAGE],
          facts: { parcels: '2', villages: '2', holders: '1' },
          parcels: ['XB00030', 'XB00031'],
        },
      ],
    ],
    [
      'account-shared',
      [
        {
          subject: 'HH00021',
          facts: { last4: '0021', parties: '2', holderNames: '2' },
          parties: ['HH00021', 'HH00022'],
        },
      ],
    ],
    ['account-missing', [{ subject: 'HH00020', facts: { parcels: '1', kind: 'household' } }]],
    [
      'person-in-several-villages',
      [
        { subject: 'HH00021', facts: { villages: '2', parties: '1', parcels: '2' } },
        { subject: 'HH00023', facts: { villages: '2', parties: '2', parcels: '0' } },
      ],
    ],
    [
      'area-outlier',
      [
        {
          subject: `HH00025/${VILLAGE}/management`,
          facts: {
            kind: 'management',
            areaMu100: '80000',
            households: '14',
            medianMu100: '1230',
            upperQuartileMu100: '1230',
          },
          parcels: ['XB00025'],
        },
      ],
    ],
  ])('%s tells what it found and of whom, and of nobody else', async (guard, expected) => {
    expect(await found(guard)).toMatchObject(expected.map((finding) => ({ guard, ...finding })));
    expect(await found(guard)).toHaveLength(expected.length);
  });

  it('answers as of the day asked for', async () => {
    const before = await found('shares-incomplete', { day: '2026-02-01' });
    expect(before).toMatchObject([{ subject: 'XB00042/management', facts: { sharePpm: '600000' } }]);
    expect(await found('holder-missing', { day: '2023-12-31' })).toEqual([]);
  });

  it('shows a finding to whom one of its villages belongs', async () => {
    const elsewhere = { scope: [OTHER_VILLAGE] };
    expect(await found('holder-missing', elsewhere)).toEqual([]);
    expect((await found('person-in-several-villages', elsewhere)).map(({ subject }) => subject)).toEqual([
      'HH00021',
      'HH00023',
    ]);
  });

  it('counts what its pages hold, and the pages meet', async () => {
    const counts = await guards().counts(home.book, page);
    expect(counts.map(({ guard }) => guard)).toEqual(GUARDS);
    for (const { guard, findings } of counts)
      expect([guard, findings]).toEqual([guard, (await found(guard)).length]);
    const [first] = await found('person-in-several-villages', { count: 1 });
    const rest = await found('person-in-several-villages', { after: first!.subject });
    expect([first!.subject, ...rest.map(({ subject }) => subject)]).toEqual(['HH00021', 'HH00023']);
  });

  it('tells no name and no personal number', async () => {
    const all = JSON.stringify(await Promise.all(GUARDS.map((guard) => found(guard))));
    expect(all).not.toMatch(/测试户|\d{17}[\dX]|621799|139\d{8}/);
  });
});
