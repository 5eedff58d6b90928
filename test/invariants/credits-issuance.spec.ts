import { HouseholdCredits, Issuances, SerialOrigins } from '@app/credits';
import { Ledger } from '@app/ledger';
import {
  COUNTY,
  CreditsCounty,
  expectBookInOrder,
  ISSUER,
  MEASURER,
  RECHECKER,
  TOWNSHIP,
  YEAR,
} from './credits-county';
import { household, OTHER_VILLAGE, parcel, right } from './registry-book';

/** 12.30 mu of middle-aged broadleaf forest at 250,000 g a mu. */
const PARCEL_GRAMS = 3_075_000n;

describe('a county that measures, re-checks and issues', () => {
  let county: CreditsCounty;
  beforeEach(async () => {
    county = await CreditsCounty.open();
  });
  afterEach(() => county.close());

  it('reckons area × coefficient, rounds once and keeps the whole explanation', async () => {
    await county.plant(1, { area_mu: '0.03', age_group: 'near-mature', forest_class: 'economic' });
    expect(await county.measure()).toMatchObject({
      ok: true,
      value: { parcels: 1, grams: 900n, coefficientSet: 'illustrative-1', note: '示例系数，非核定值' },
    });
    const [row] = await county.query<{ explanation: object }>('SELECT explanation FROM credits.measurement');
    expect(row!.explanation).toMatchObject({
      areaMu100: '3',
      gramsPerMu: '30000',
      grams: '900',
      coefficientSet: 'illustrative-1',
      rounding: 'areaMu100 × gramsPerMu ÷ 100, half up, once',
      note: '示例系数，非核定值',
      ...YEAR,
    });
  });

  it('gives wetland nothing and does not measure reserved farmland at all', async () => {
    await county.plant(2);
    await county.import('parcels', [
      parcel(3, { forest_class: 'wetland' }),
      parcel(4, { forest_class: 'farmland-reserved' }),
    ]);
    expect(await county.measure()).toMatchObject({
      value: {
        parcels: 3,
        grams: 2n * PARCEL_GRAMS,
        skipped: { measuredBefore: 0, withoutCoefficient: 1, creditedBefore: 0, lostAndNotToldAnew: 0 },
      },
    });
  });

  it('refuses a year that is not over and measures no parcel twice', async () => {
    await county.plant(1);
    const running = { from: '2026-01-01', to: '2026-12-31' };
    expect(await county.measure(MEASURER, COUNTY, running)).toMatchObject({
      reason: { code: 'PERIOD_NOT_OVER' },
    });
    expect(await county.measure()).toMatchObject({ ok: true });
    expect(await county.measure()).toMatchObject({ reason: { code: 'NOTHING_TO_MEASURE' } });
  });

  it('lets nobody re-check what they measured, nor issue what they measured or re-checked', async () => {
    await county.plant(1);
    await county.measure();
    expect(await county.issue()).toMatchObject({
      reason: { code: 'MEASUREMENTS_NOT_RECHECKED', parcels: 1 },
    });
    expect(await county.recheck(MEASURER)).toMatchObject({
      reason: { code: 'STEP_BY_SAME_PERSON', step: 'recheck', before: 'measure' },
    });
    await expect(
      county.query(`UPDATE credits.measurement SET rechecked_by = measured_by, rechecked_at = now()`),
    ).rejects.toThrow('rechecked_by_another');
    expect(await county.recheck()).toMatchObject({ ok: true, value: { parcels: 1 } });
    expect(await county.issue(MEASURER)).toMatchObject({ reason: { step: 'issue', before: 'measure' } });
    expect(await county.issue(RECHECKER)).toMatchObject({ reason: { step: 'issue', before: 'recheck' } });
    expect(await county.grams('issued')).toBe(0n);
    expect(await county.issue(MEASURER, { actingOrderNo: '代理〔2026〕3号' })).toMatchObject({ ok: true });
    const [row] = await county.query('SELECT acting_order_no FROM credits.issuance');
    expect(row).toEqual({ acting_order_no: '代理〔2026〕3号' });
  });

  it('measures a rejected parcel again, and leaves the confirmed ones alone', async () => {
    await county.plant(2);
    await county.measure();
    expect(
      await county.recheck(RECHECKER, { rejection: '面积有误', parcelCodes: ['XB00001', 'XB9'] }),
    ).toMatchObject({
      reason: { code: 'PARCELS_NOT_WAITING', parcels: ['XB9'] },
    });
    expect(
      await county.recheck(RECHECKER, { rejection: '面积有误', parcelCodes: ['XB00001'] }),
    ).toMatchObject({ value: { parcels: 1 } });
    expect(await county.recheck()).toMatchObject({ value: { parcels: 1 } });
    expect(await county.measure()).toMatchObject({ value: { parcels: 1, skipped: { measuredBefore: 1 } } });
  });

  it('issues per township and grade, with a tenth kept in the buffer, and the ledger says the same', async () => {
    await county.plant(2);
    await county.import('parties', [household(3, { region_code: OTHER_VILLAGE })]);
    await county.import('parcels', [
      parcel(3, { village_code: OTHER_VILLAGE }),
      parcel(4, { tenure: 'state' }),
      parcel(5, { right_registered: 'false' }),
    ]);
    await county.import('rights', [right(3, 3), right(4, 3), right(5, 1)]);
    const issued = await county.issueAll();
    expect(issued.map(({ code, grade, grams, bufferGrams }) => [code, grade, grams, bufferGrams])).toEqual([
      ['610924100-2025-g0', 'G0', 2n * PARCEL_GRAMS, 615_000n],
      ['610924100-2025-g1', 'G1', 2n * PARCEL_GRAMS, 615_000n],
      ['610924101-2025-g1', 'G1', PARCEL_GRAMS, 307_500n],
    ]);
    expect(issued[1]).toMatchObject({
      firstSerial: '610924100-2025-G1-1-1',
      lastSerial: '610924100-2025-G1-6150000-6150000',
    });
    const first = await county.partyId(1);
    const asset = 'CO2E/610924100-2025-g1';
    const ledger = county.get(Ledger);
    expect(await ledger.balance(county.book, `holding/${first}`, asset)).toBe(2_767_500n);
    expect(await ledger.balance(county.book, 'issued/610924100-2025-g1', asset)).toBe(2n * PARCEL_GRAMS);
    expect(await county.get(Issuances).list(county.book, ['610924100-2025-g1'])).toMatchObject([
      {
        documentNo: '碳汇登记〔2026〕1号',
        verification: '县级复核，非独立第三方核证',
        note: '示例系数，非核定值',
      },
    ]);
    await expectBookInOrder(county);
  });

  it('splits a parcel over its holders by the deciding right and cites each right’s document', async () => {
    await county.import('parties', [household(1), household(2), household(3)]);
    await county.import('parcels', [parcel(1)]);
    await county.import('rights', [
      right(1, 1, { share_percent: '66.6667', document_no: '合同1号' }),
      right(1, 2, { share_percent: '33.3333', document_no: '合同2号' }),
      right(1, 3, { right_kind: 'land-ownership', document_no: '土地1号' }),
    ]);
    await county.issueAll();
    const shares = await county.query<{ document_no: string; grams: string }>(
      'SELECT document_no, grams FROM credits.issuance_share ORDER BY first_serial',
    );
    expect(shares).toEqual([
      { document_no: '合同1号', grams: '2050001' },
      { document_no: '合同2号', grams: '1024999' },
    ]);
    await expectBookInOrder(county);
  });

  it('issues what came later as a supplement, and nothing when nothing came', async () => {
    await county.plant(1);
    await county.issueAll();
    expect(await county.issue()).toMatchObject({ reason: { code: 'NOTHING_TO_ISSUE' } });
    await county.import('parcels', [parcel(2)]);
    await county.import('rights', [right(2, 1)]);
    const [later] = await county.issueAll();
    expect(later).toMatchObject({ code: '610924100-2025-g1s2', grams: PARCEL_GRAMS });
    await expectBookInOrder(county);
  });

  it('credits land once for a time: a second parcel on the same land unit is not even measured', async () => {
    await county.plant(1);
    await county.issueAll();
    await county.import('parcels', [parcel(2, { land_unit_code: 'LU00001' })]);
    await county.import('rights', [right(2, 1)]);
    expect(await county.measure()).toMatchObject({ reason: { code: 'NOTHING_TO_MEASURE' } });
  });

  it('refuses to issue land that another scheme has claimed since it was measured, and issues nothing', async () => {
    await county.plant(2);
    await county.measure();
    await county.recheck();
    await county.owner(
      `INSERT INTO credits.claim (book, land_unit, period, scheme, claimed_at)
       SELECT book, id, '[2025-06-01,2026-06-01)', '省级碳普惠', now() FROM registry.land_unit WHERE code = 'LU00002'`,
    );
    expect(await county.issue()).toMatchObject({
      reason: { code: 'LAND_CREDITED_BEFORE', region: TOWNSHIP, total: 1, landUnits: ['LU00002'] },
    });
    expect(await county.grams('issued')).toBe(0n);
    await county.recheck(RECHECKER, { rejection: '已在他处登记', parcelCodes: ['XB00002'] });
    expect(await county.issue()).toMatchObject({ ok: true, value: [{ grams: PARCEL_GRAMS }] });
    await expectBookInOrder(county);
  });

  it('lets the database refuse a second claim and an overlapping block, whatever the code did', async () => {
    await county.plant(1);
    await county.issueAll();
    await expect(
      county.query(
        `INSERT INTO credits.claim (book, land_unit, period, scheme, claimed_at)
         SELECT book, land_unit, '[2025-12-31,2027-01-01)', 'other', now() FROM credits.claim`,
      ),
    ).rejects.toThrow('land_credited_once');
    await expect(
      county.query(
        `INSERT INTO credits.serial_block (book, issuance, party, serials, place)
         SELECT book, issuance, party, '[3075000,3075002)', 'holding/x' FROM credits.serial_block LIMIT 1`,
      ),
    ).rejects.toThrow('serials_in_one_place');
  });

  it('issues once when twenty ask at the same time', async () => {
    await county.plant(3);
    await county.measure();
    await county.recheck();
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, index) => county.issue(`${ISSUER}${index}`)),
    );
    expect(asked.filter(({ ok }) => ok)).toHaveLength(1);
    for (const one of asked.filter(({ ok }) => !ok)) {
      expect(one).toMatchObject({ reason: { code: 'NOTHING_TO_ISSUE' } });
    }
    expect(await county.grams('issued')).toBe(3n * PARCEL_GRAMS);
    await expectBookInOrder(county);
  });

  it('shows a household what was measured, where it is and how each figure came about', async () => {
    await county.plant(1);
    await county.measure();
    const party = await county.partyId(1);
    const credits = county.get(HouseholdCredits);
    expect(await credits.of(county.book, [party])).toMatchObject([
      { measuredGrams: PARCEL_GRAMS, issuedGrams: 0n, parcels: [{ state: 'measured', issuance: null }] },
    ]);
    await county.recheck();
    await county.issue();
    expect(await credits.of(county.book, [party])).toMatchObject([
      {
        party,
        measuredGrams: PARCEL_GRAMS,
        issuedGrams: PARCEL_GRAMS,
        holdingGrams: 2_767_500n,
        bufferGrams: 307_500n,
        soldGrams: 0n,
        parcels: [
          {
            parcelCode: 'XB00001',
            grams: PARCEL_GRAMS,
            right: { kind: 'management', sharePpm: 1_000_000n, documentNo: '合同1号' },
            state: 'issued',
            issuance: { code: '610924100-2025-g1', grade: 'G1' },
            explanation: { areaMu100: '1230', gramsPerMu: '250000', note: '示例系数，非核定值' },
          },
        ],
      },
    ]);
  });

  it('leads everybody from a serial to its village and state, and names no person', async () => {
    await county.plant(2);
    await county.issueAll();
    const origins = county.get(SerialOrigins);
    const found = await origins.lookUp(county.book, '610924100-2025-G1-2767500-3075001');
    expect(found).toMatchObject({
      ok: true,
      value: {
        issuance: { code: '610924100-2025-g1', grade: 'G1', grams: 2n * PARCEL_GRAMS },
        truncated: false,
        items: [
          {
            first: 2_767_500n,
            last: 2_767_500n,
            state: 'holding',
            village: '610924100001',
            subsidised: true,
          },
          { first: 2_767_501n, last: 3_075_000n, state: 'buffer' },
          { first: 3_075_001n, last: 3_075_001n, state: 'holding' },
        ],
      },
    });
    const party = await county.partyId(1);
    const text = JSON.stringify(found, (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(text).not.toContain(party);
    expect(text).not.toContain('测试户');
    expect(await origins.lookUp(county.book, '610924100-2025-G1-6150001')).toMatchObject({
      reason: { code: 'SERIAL_UNKNOWN' },
    });
    expect(await origins.lookUp(county.book, 'NaN-undefined')).toMatchObject({
      reason: { code: 'SERIAL_MALFORMED' },
    });
  });
});
