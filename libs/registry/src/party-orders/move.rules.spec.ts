import type { HeldShare } from '../right-orders/right-order.rules';
import { moveSteps, movesOf, type HeldRight, type WantedMove } from './move.rules';

const held = (externalNo: string, percent: number, to: string | null = null): HeldShare => ({
  ...{ id: `${externalNo}-${percent}`, party: externalNo.toLowerCase(), externalNo, documentNo: 'D0' },
  ...{ sharePpm: BigInt(percent * 10_000), from: '2020-01-01', to },
});
const right = (code: string, ...shares: HeldShare[]): HeldRight => ({
  parcel: { id: code.toLowerCase(), code, village: '610924100001', rightsVersion: 1n },
  kind: 'management',
  shares,
});
const move = (parcelCode: string, toExternalNo: string, sharePercent?: string): WantedMove => ({
  ...{ parcelCode, kind: 'management', toExternalNo },
  ...(sharePercent === undefined ? {} : { sharePercent }),
});
const of = (rights: readonly HeldRight[], ...wanted: WantedMove[]) =>
  movesOf(wanted, {
    ...{ party: 'a', documentNo: 'D1', from: '2026-03-02', held: rights },
    receiverOf: ({ toExternalNo: no }) =>
      no !== undefined && 'ABC'.includes(no) ? { id: no.toLowerCase(), externalNo: no } : undefined,
  });
const sharesOf = (after: readonly { externalNo: string; sharePpm: bigint; documentNo: string }[]) =>
  after.map(({ externalNo, sharePpm, documentNo }) => [externalNo, Number(sharePpm) / 10_000, documentNo]);

describe('rights that move with a party', () => {
  it('go whole when no part is named, and leave the others where they are', () => {
    const { moves, faults } = of([right('P1', held('A', 60), held('C', 40))], move('P1', 'B'));
    expect(faults).toEqual([]);
    expect(sharesOf(moves[0]!.after)).toEqual([
      ['C', 40, 'D0'],
      ['B', 60, 'D1'],
    ]);
    const { ended, added } = moveSteps(moves[0]!);
    expect([ended.map(({ id }) => id), added.map(({ externalNo }) => externalNo)]).toEqual([['A-60'], ['B']]);
  });

  it('go in parts to several, and what is left stays under its own paper', () => {
    const { moves } = of([right('P1', held('A', 100))], move('P1', 'B', '30'), move('P1', 'C', '20'));
    expect(sharesOf(moves[0]!.after)).toEqual([
      ['A', 50, 'D0'],
      ['B', 30, 'D1'],
      ['C', 20, 'D1'],
    ]);
  });

  it('join what the receiver has already: one party, one right', () => {
    const { moves } = of([right('P1', held('A', 60), held('B', 40))], move('P1', 'B'));
    expect(sharesOf(moves[0]!.after)).toEqual([['B', 100, 'D1']]);
    expect(moveSteps(moves[0]!).ended).toHaveLength(2);
  });

  it('end when they would have ended', () => {
    const { moves } = of([right('P1', held('A', 100, '2040-12-31'))], move('P1', 'B', '50'));
    expect(moves[0]!.after.map(({ to }) => to)).toEqual(['2040-12-31', '2040-12-31']);
  });

  it.each<[string, HeldRight, WantedMove[], [number | null, string, string][]]>([
    [
      'of what is not held',
      right('P1', held('C', 100)),
      [move('P1', 'B')],
      [[1, 'parcelCode', 'RIGHT_NOT_HELD']],
    ],
    [
      'above what is held',
      right('P1', held('A', 60)),
      [move('P1', 'B', '40'), move('P1', 'C', '21')],
      [[2, 'sharePercent', 'SHARES_OVER_HELD']],
    ],
    [
      'to nobody, of no number',
      right('P1', held('A', 60)),
      [move('P1', 'X', '1.23456')],
      [
        [1, 'toExternalNo', 'PARTY_UNKNOWN'],
        [1, 'sharePercent', 'SHARE_TOO_FINE'],
      ],
    ],
    ['to itself', right('P1', held('A', 60)), [move('P1', 'A')], [[1, 'toExternalNo', 'RECEIVER_WRONG']]],
    [
      'twice to one',
      right('P1', held('A', 60)),
      [move('P1', 'B', '10'), move('P1', 'B', '10')],
      [[2, 'toExternalNo', 'RIGHT_REPEATED']],
    ],
    [
      'into a share with another end',
      right('P1', held('A', 60), held('B', 40, '2030-12-31')),
      [move('P1', 'B')],
      [[1, 'toExternalNo', 'SHARES_END_APART']],
    ],
    [
      'where a share begins later',
      right('P1', { ...held('A', 60), from: '2026-04-01' }),
      [move('P1', 'B')],
      [[1, 'parcelCode', 'RIGHTS_CHANGE_LATER']],
    ],
  ])('are refused %s', (_what, rights, wanted, expected) => {
    const { moves, faults } = of([rights], ...wanted);
    expect(moves).toEqual([]);
    expect(faults.map(({ row, field, code }) => [row, field, code])).toEqual(expected);
  });
});
