import { LON_LAT } from './crs.rules';
import { CHINA } from './frame.rules';
import { judgeShape, type JudgeTerms } from './judge-shape.rules';
import type { RawRing } from './map-features';

type Points = readonly (readonly [number, number])[];

const ring = (points: Points, role?: RawRing['role']): RawRing => ({
  points: Float64Array.from([...points, points[0]!].flatMap(([x, y]) => [108 + x / 1_000, 32 + y / 1_000])),
  ...(role && { role }),
});
const box = (x: number, y: number, side: number): Points => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
];

const terms = (): JudgeTerms => ({
  ...{ crs: LON_LAT, frame: CHINA, outerIsClockwise: false, budget: { left: 1_000_000 } },
  repairs: { ringsTurned: 0, positionsRepeated: 0, spikesCut: 0 },
});
const judge = (rings: readonly RawRing[], given = terms()) => judgeShape(rings, given);
const codes = (rings: readonly RawRing[], given = terms()) =>
  judge(rings, given).faults?.map(({ code, ring: at, position }) => [code, at, position]);

describe('the rings of a feature', () => {
  it('make an outer ring with its holes, and an island in a hole is a polygon of its own', () => {
    const { shape } = judge([ring(box(4, 4, 1)), ring(box(0, 0, 9)), ring(box(3, 3, 3))]);
    expect(shape?.map((polygon) => polygon.length)).toEqual([1, 2]);
  });

  it('are turned the way they should run, and that is told', () => {
    const given = terms();
    const { shape } = judge([ring([...box(0, 0, 9)].reverse(), 'outer'), ring(box(3, 3, 3), 'hole')], given);
    expect(shape).toEqual(judge([ring(box(0, 0, 9)), ring([...box(3, 3, 3)].reverse())]).shape);
    expect(given.repairs.ringsTurned).toBe(2);
  });

  it('lose positions that repeat and spikes without area, and that is told', () => {
    const given = terms();
    const { shape } = judge(
      [
        ring([
          [0, 0],
          [0, 0],
          [9, 0],
          [12, 0],
          [9, 0],
          [9, 9],
          [0, 9],
        ]),
      ],
      given,
    );
    expect(shape?.[0]?.[0]).toEqual(judge([ring(box(0, 0, 9))]).shape?.[0]?.[0]);
    expect(given.repairs).toMatchObject({ positionsRepeated: 1, spikesCut: 1 });
  });

  it('may touch another ring at a point', () => {
    expect(judge([ring(box(0, 0, 5)), ring(box(5, 5, 5))]).shape).toHaveLength(2);
    expect(
      judge([
        ring(box(0, 0, 9)),
        ring([
          [0, 0],
          [3, 6],
          [6, 3],
        ]),
      ]).shape,
    ).toHaveLength(1);
  });

  it.each<[string, readonly RawRing[], (string | number | undefined)[]]>([
    [
      'a bow tie',
      [
        ring([
          [0, 0],
          [9, 9],
          [9, 0],
          [0, 9],
        ]),
      ],
      ['RING_CROSSES_ITSELF', 1, 1],
    ],
    [
      'a ring that comes back to a position',
      [
        ring([
          [0, 0],
          [4, 4],
          [9, 0],
          [9, 9],
          [4, 4],
          [0, 9],
        ]),
      ],
      ['RING_CROSSES_ITSELF', 1, 1],
    ],
    [
      'a ring that runs along itself',
      [
        ring([
          [0, 0],
          [9, 0],
          [9, 9],
          [5, 9],
          [5, 0],
          [3, 0],
          [3, 9],
          [0, 9],
        ]),
      ],
      ['RING_CROSSES_ITSELF', 1, 1],
    ],
    ['a hole across its border', [ring(box(0, 0, 9)), ring(box(6, 6, 6))], ['RINGS_CROSS', 1, 3]],
    ['parts along one border', [ring(box(0, 0, 5)), ring(box(5, 0, 5))], ['RINGS_CROSS', 1, 2]],
    [
      'a hole outside its ring',
      [ring(box(0, 0, 5), 'outer'), ring(box(20, 20, 3), 'hole')],
      ['RING_MISPLACED', 2, undefined],
    ],
    [
      'a part inside another',
      [ring(box(0, 0, 9), 'outer'), ring(box(3, 3, 3), 'outer')],
      ['RING_MISPLACED', 2, undefined],
    ],
    [
      'a line',
      [
        ring([
          [0, 0],
          [9, 9],
          [5, 5],
        ]),
      ],
      ['RING_WITHOUT_AREA', 1, undefined],
    ],
    [
      'a point',
      [
        ring([
          [0, 0],
          [0, 0],
          [0, 0],
        ]),
      ],
      ['RING_WITHOUT_AREA', 1, undefined],
    ],
    [
      'a ring that is not closed',
      [{ points: Float64Array.of(108, 32, 108.1, 32, 108.1, 32.1) }],
      ['RING_NOT_CLOSED', 1, undefined],
    ],
    ['no position at all', [{ points: new Float64Array(0) }], ['RING_NOT_CLOSED', 1, undefined]],
    [
      'NaN',
      [{ points: Float64Array.of(108, 32, NaN, 32, 108, 32.1, 108, 32) }],
      ['COORDINATE_NOT_NUMBER', 1, 2],
    ],
    [
      'Infinity',
      [{ points: Float64Array.of(108, 32, 108, Infinity, 108, 32.1, 108, 32) }],
      ['COORDINATE_NOT_NUMBER', 1, 2],
    ],
    [
      'latitude first',
      [{ points: Float64Array.of(32, 108, 32.1, 108, 32.1, 108.1, 32, 108) }],
      ['AXES_SWAPPED', 1, 1],
    ],
    [
      'metres',
      [
        {
          points: Float64Array.of(36_500_000, 3_500_000, 36_500_100, 3_500_000, 0, 0, 36_500_000, 3_500_000),
        },
      ],
      ['COORDINATE_OUTSIDE_FRAME', 1, 1],
    ],
    [
      'the far side of the antimeridian',
      [{ points: Float64Array.of(179.9, 32, -179.9, 32, -179.9, 33, 179.9, 32) }],
      ['COORDINATE_OUTSIDE_FRAME', 1, 1],
    ],
    [
      'too many rings',
      Array.from({ length: 201 }, () => ring(box(0, 0, 1))),
      ['GEOMETRY_TOO_LARGE', undefined, undefined],
    ],
    [
      'too many positions',
      [{ points: new Float64Array(20_002) }],
      ['GEOMETRY_TOO_LARGE', undefined, undefined],
    ],
  ])('are refused by name: %s', (_what, rings, expected) => {
    expect(codes(rings)).toEqual([expected]);
  });

  it('are all named in one pass', () => {
    const open = { points: Float64Array.of(108, 32, 108.1, 32, 108.1, 32.1) };
    expect(codes([open, ring(box(0, 0, 9)), open])?.map(([code, at]) => [code, at])).toEqual([
      ['RING_NOT_CLOSED', 1],
      ['RING_NOT_CLOSED', 3],
    ]);
  });

  it('come to an end however entangled they are', () => {
    // Long parallel edges that never meet: each is beside all others.
    const zigzag = Array.from({ length: 2_000 }, (_none, n) => [n % 2 === 0 ? n : n + 5_000, n] as const);
    const around: Points = [...zigzag, [9_000, 2_100], [-10, 2_100]];
    const squeezed = around.map(([x, y]) => [x / 1_000, y / 1_000] as const);
    expect(codes([ring(squeezed)], { ...terms(), budget: { left: 100_000 } })).toEqual([
      ['GEOMETRY_TOO_TANGLED', undefined, undefined],
    ]);
  });
});
