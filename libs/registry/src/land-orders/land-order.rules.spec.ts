import { FACT_COLUMNS, type FactColumn } from '../parcel-facts/parcel-columns';
import { storedOf } from '../parcel-facts/parcel-facts.rules';
import { readCells } from '../parcel-orders/parcel-order.rules';
import { carriedShares, type ParentShare } from './carried-shares.rules';
import { childrenOf, landSummaryOf, type LandOrderKind } from './land-order.rules';

const EMPTY = Object.fromEntries(Object.keys(FACT_COLUMNS).map((column) => [column, ''])) as Record<
  FactColumn,
  string
>;
const parent = (code: string, cells: object = {}) => ({
  code,
  facts: storedOf(
    readCells(
      {
        ...{
          forest_class: 'broadleaf',
          age_group: 'middle',
          origin: 'natural',
          public_welfare_level: 'national',
        },
        ...{
          tenure: 'individual',
          area_mu: '12.30',
          right_registered: 'true',
          map_patch_no: 'T1',
          patch: '3',
        },
        ...{ scope_decision: '范围1号', scope_from: '2024-01-01', dominant_species: '马尾松', ...cells },
      },
      EMPTY,
    ).facts,
  ),
});
const child = (code: string, cells: Record<string, string> = {}) => ({ code, cells });
const make = (
  kind: LandOrderKind,
  ...rest: [ReturnType<typeof parent>[], ReturnType<typeof child>[], string?]
) => childrenOf(kind, rest[0], rest[1], rest[2] ?? null);
const codes = ({ faults }: ReturnType<typeof make>) =>
  faults.map(({ row, field, code }) => `${row} ${field} ${code}`);

describe('new parcels', () => {
  it('have what the former one had, but not what named or measured it alone', () => {
    const { children, faults } = make(
      'split',
      [parent('A')],
      [child('A1', { area_mu: '6.00' }), child('A2', { area_mu: '6.30', forest_class: 'bamboo' })],
    );
    expect(faults).toEqual([]);
    expect(children[0]).toMatchObject({
      landUnitCode: 'A1',
      facts: {
        area_mu100: '600',
        dominant_species: '马尾松',
        map_patch_no: null,
        patch: null,
        scope: '[2024-01-01,)',
      },
    });
    expect(children[1]!.facts.forest_class).toBe('bamboo');
    expect(landSummaryOf({ kind: 'split', from: '2026-01-01', parents: [parent('A')], children }).zh).toBe(
      '自 2026-01-01 起：A 12.30 亩分割为 A1 6.00 亩、A2 6.30 亩',
    );
  });

  it('keep everything under another number', () => {
    expect(make('renumber', [parent('A')], [child('B')]).children[0]!.facts).toEqual(parent('A').facts);
  });

  it('merged, have the sum of the areas and what all agree in; the rest has to be written', () => {
    const parents = [
      parent('A'),
      parent('B', { forest_class: 'mixed', dominant_species: '栎', area_mu: '7.70' }),
    ];
    expect(codes(make('merge', parents, [child('C')]))).toEqual(['1 forest_class CELL_EMPTY']);
    expect(make('merge', parents, [child('C', { forest_class: 'mixed' })])).toMatchObject({
      faults: [],
      children: [{ facts: { area_mu100: '2000', dominant_species: null } }],
    });
    const apart = [parent('A'), parent('B', { scope_decision: '', scope_from: '' })];
    expect(codes(make('merge', apart, [child('C')]))).toEqual(['1 scope_decision CELL_EMPTY']);
    expect(make('merge', apart, [child('C', { scope_decision: '' })]).faults).toEqual([]);
  });

  it('are as large as the former ones together, to 0.01 mu a parcel, unless a new survey says otherwise', () => {
    const halves = (a: string, b: string) => [child('A1', { area_mu: a }), child('A2', { area_mu: b })];
    expect(codes(make('split', [parent('A')], halves('6.16', '6.17')))).toEqual([]);
    expect(codes(make('split', [parent('A')], halves('6.16', '6.18')))).toEqual(['0 area_mu AREAS_DIFFER']);
    expect(codes(make('split', [parent('A')], halves('7', '8'), '测绘〔2026〕3号'))).toEqual([]);
  });

  it('are judged in one pass', () => {
    expect(codes(make('split', [parent('A'), parent('B')], [child('A1', { area_mu: 'x' })]))).toEqual([
      '0 parents KIND_WRONG',
      '0 children KIND_WRONG',
      '1 area_mu AREA_MALFORMED',
    ]);
    expect(codes(make('split', [parent('A')], [child('A1'), child('A1', { area_mu: '1' })]))).toEqual([
      '1 area_mu CELL_EMPTY',
      '2 code REPEATED_IN_FILE',
      '2 landUnitCode REPEATED_IN_FILE',
    ]);
  });
});

describe('rights to new parcels', () => {
  const share = (
    parcel: string,
    party: string,
    sharePpm: bigint,
    rest: Partial<ParentShare> = {},
  ): ParentShare => ({
    ...{
      parcel,
      party,
      externalNo: party,
      sharePpm,
      kind: 'management',
      to: null,
      documentNo: `合同${parcel}`,
    },
    ...rest,
  });
  const areas = (...sizes: bigint[]) => sizes.map((areaMu100, index) => ({ id: 'AB'[index]!, areaMu100 }));

  it('are those to the one former parcel', () => {
    const { carried } = carriedShares(areas(100n), [share('A', 'x', 333_333n, { to: '2030-12-31' })]);
    expect(carried).toEqual([
      {
        kind: 'management',
        party: 'x',
        externalNo: 'x',
        sharePpm: 333_333n,
        to: '2030-12-31',
        documentNo: '合同A',
      },
    ]);
  });

  it('go by the areas where several are merged, never to more than before', () => {
    const { carried } = carriedShares(areas(100n, 300n), [
      ...[share('A', 'x', 1_000_000n), share('B', 'y', 666_667n), share('B', 'z', 333_333n)],
      share('A', 'x', 500_000n, { kind: 'contract' }),
    ]);
    expect(carried.map(({ kind, party, sharePpm }) => [kind, party, sharePpm])).toEqual([
      ['management', 'x', 250_000n],
      ['management', 'y', 500_000n],
      ['management', 'z', 250_000n],
      ['contract', 'x', 125_000n],
    ]);
  });

  it('cite every document, and are unclear where one party’s end on different days', () => {
    const both = [share('A', 'x', 1_000_000n), share('B', 'x', 1_000_000n)];
    expect(carriedShares(areas(1n, 2n), both).carried[0]!.documentNo).toBe('合同A；合同B');
    const apart = [both[0]!, { ...both[1]!, to: '2030-12-31' }];
    expect(carriedShares(areas(1n, 2n), apart).unclear).toEqual([{ kind: 'management', externalNo: 'x' }]);
  });
});
