import { FACT_COLUMNS, type FactColumn } from '../parcel-facts/parcel-columns';
import { storedOf, type StoredFacts } from '../parcel-facts/parcel-facts.rules';
import { changeOf, readCells, summaryOf } from './parcel-order.rules';

const EMPTY = Object.fromEntries(Object.keys(FACT_COLUMNS).map((column) => [column, ''])) as Record<
  FactColumn,
  string
>;
const CELLS = {
  ...{ forest_class: 'broadleaf', age_group: 'middle', origin: 'natural', public_welfare_level: 'national' },
  ...{ tenure: 'individual', area_mu: '12.30', right_registered: 'true', scope_decision: '范围1号' },
  scope_from: '2024-01-01',
};
const held = (cells: object = {}): StoredFacts => storedOf(readCells({ ...CELLS, ...cells }, EMPTY).facts);

describe('a change of a parcel', () => {
  it('is what differs, before and after, as the database keeps it', () => {
    const { before, after, faults } = changeOf(
      { area_mu: '13.05', canopy: '0.65', scope_to: '2027-12-31', forest_class: 'broadleaf' },
      [{ from: null, facts: held() }],
    );
    expect(faults).toEqual([]);
    expect(before).toEqual({ area_mu100: '1230', scope: '[2024-01-01,)', canopy100: null });
    expect(after).toEqual({ area_mu100: '1305', scope: '[2024-01-01,2028-01-01)', canopy100: '65' });
    expect(summaryOf({ before, after, parcel: 'XB1', from: '2026-01-01' })).toEqual({
      zh: '小班 XB1 自 2026-01-01 起：面积 12.30 亩 → 13.05 亩；补偿范围期间 2024-01-01 起 → 2024-01-01 至 2027-12-31；郁闭度 无 → 0.65',
      en: 'From 2026-01-01 parcel XB1: area 12.30 mu → 13.05 mu; days in scope from 2024-01-01 → 2024-01-01 to 2027-12-31; canopy none → 0.65',
    });
  });

  it('takes a fact away with an empty cell, and what every parcel has it does not', () => {
    const pieces = [{ from: null, facts: held({ certificate_no: 'L1' }) }];
    expect(changeOf({ certificate_no: '' }, pieces)).toMatchObject({
      before: { certificate_no: 'L1' },
      after: { certificate_no: null },
      faults: [],
    });
    expect(changeOf({ area_mu: '' }, pieces).faults).toMatchObject([
      { field: 'area_mu', code: 'CELL_EMPTY' },
    ]);
  });

  it('is judged whole: by each column, and by what columns say together', () => {
    const { faults } = changeOf(
      {
        ...{ area_mu: '-1', forest_class: 'jungle', color: 'green', public_welfare_level: 'none' },
        ...{ forest_use: 'timber', forest_subuse: 'bank', national_protection: '1', origin_detail: 'aerial' },
        ...{ forest_category: 'public-welfare', real_estate_unit_no: '610924100001JB00001L00000001' },
        land_parcel_code: '610924100001JB00002',
      },
      [{ from: null, facts: held() }],
    );
    expect(faults.map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
      'area_mu AREA_NOT_POSITIVE',
      'color COLUMN_UNKNOWN',
      'forest_category FACTS_DISAGREE',
      'forest_class VALUE_UNKNOWN',
      'forest_subuse FACTS_DISAGREE',
      'national_protection FACTS_DISAGREE',
      'origin_detail FACTS_DISAGREE',
      'real_estate_unit_no FACTS_DISAGREE',
    ]);
    expect(faults.find(({ field }) => field === 'real_estate_unit_no')!.expected.en).toMatch(
      /610924100001JB00002$/,
    );
  });

  it('from an earlier day holds on later days too, and says where the fact changes again', () => {
    const pieces = [
      { from: null, facts: held() },
      { from: '2025-07-01', facts: held({ area_mu: '14.00' }) },
    ];
    expect(changeOf({ age_group: 'mature' }, pieces)).toMatchObject({
      after: { age_group: 'mature' },
      faults: [],
    });
    expect(changeOf({ area_mu: '12.00' }, pieces).faults).toMatchObject([
      {
        field: 'area_mu',
        code: 'VALUE_CHANGES_LATER',
        value: '12.00',
        expected: { zh: expect.stringContaining('2025-07-01') },
      },
    ]);
  });
});
