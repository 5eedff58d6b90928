import fc from 'fast-check';

import { INDEX_VARIABLES } from '../compensation.words';
import { appliedIndex, checkIndex, explainIndex, indexedRate, indexOf, type IndexDraft } from './index.rules';

const BOUNDS = {
  floorPpm: 970_000n,
  capPpm: 1_030_000n,
  lowestFenPerMu: 1_000n,
  highestFenPerMu: 2_000n,
};
const CPI = { variable: 'cpi', valuePpm: 1_020_000n, weightPpm: 600_000n } as const;
const REVENUE = { variable: 'fiscal-revenue', valuePpm: 1_080_000n, weightPpm: 400_000n } as const;

describe('an index', () => {
  it('is told with its inputs, and with each bound that changed something', () => {
    const figures = { ...BOUNDS, variables: [CPI, REVENUE], baseFenPerMu: 1_575n };
    expect(explainIndex(figures, 'en')).toBe(
      'index = 1.02 (consumer prices) × 0.60 + 1.08 (fiscal revenue) × 0.40 = 1.044; ' +
        'a year moves within 0.97–1.03, taken 1.03; 15.75 yuan × 1.03 = 16.22 yuan',
    );
    expect(explainIndex({ ...figures, highestFenPerMu: 1_600n, capPpm: 1_100_000n }, 'zh')).toBe(
      '指数 = 1.02（居民消费价格指数）× 0.60 + 1.08（财政收入增长）× 0.40 = 1.044；' +
        '15.75 元 × 1.044 = 16.44 元；标准限于 10.00–16.00，取 16.00 元',
    );
  });

  it('stays within its bounds and recomputes from what is printed, whatever the inputs', () => {
    const inputs = fc.record({
      values: fc.array(fc.bigInt({ min: 1n, max: 3_000_000n }), { minLength: 1, maxLength: 5 }),
      baseFenPerMu: fc.bigInt({ min: 1n, max: 100_000n }),
      floorPpm: fc.bigInt({ min: 500_000n, max: 1_000_000n }),
      capPpm: fc.bigInt({ min: 1_000_000n, max: 2_000_000n }),
      lowestFenPerMu: fc.bigInt({ min: 1n, max: 50_000n }),
      span: fc.bigInt({ min: 0n, max: 100_000n }),
    });
    fc.assert(
      fc.property(inputs, ({ values, span, ...rest }) => {
        const each = 1_000_000n / BigInt(values.length);
        const variables = values.map((valuePpm, i) => ({
          variable: INDEX_VARIABLES[i]!,
          valuePpm,
          weightPpm: i === 0 ? 1_000_000n - each * BigInt(values.length - 1) : each,
        }));
        const bounds = { ...rest, highestFenPerMu: rest.lowestFenPerMu + span };
        const applied = appliedIndex(indexOf(variables), bounds);
        const rate = indexedRate(rest.baseFenPerMu, applied, bounds);
        expect(applied >= rest.floorPpm && applied <= rest.capPpm).toBe(true);
        expect(rate >= bounds.lowestFenPerMu && rate <= bounds.highestFenPerMu).toBe(true);
        const told = explainIndex({ ...bounds, variables, baseFenPerMu: rest.baseFenPerMu }, 'en');
        expect(rateOf(told)).toBe(rate);
      }),
    );
  });

  it('is made of the listed variables, each by a document, whose weights are the whole', () => {
    const whole = { ...CPI, weightPpm: 1_000_000n, source: '统计局', documentNo: '公报〔2026〕1号' };
    const draft: IndexDraft = {
      ...{ ...BOUNDS, programme: 'p', validFrom: '2027-01-01', documentNo: '安林发〔2026〕9号' },
      variables: [whole],
    };
    expect(checkIndex(draft)).toBeUndefined();
    const fields = (over: Partial<IndexDraft>) => checkIndex({ ...draft, ...over })?.field;
    expect(fields({ variables: [{ ...whole, variable: 'weather' as 'cpi' }] })).toBe('variables');
    expect(fields({ variables: [{ ...whole, documentNo: ' ' }] })).toBe('variables');
    expect(
      fields({
        variables: [
          { ...whole, weightPpm: 1n },
          { ...whole, weightPpm: 999_999n },
        ],
      }),
    ).toBe('variables');
    expect(fields({ variables: [CPI, REVENUE].map((one) => ({ ...whole, ...one, weightPpm: 1n })) })).toBe(
      'weightPpm',
    );
    expect(fields({ capPpm: 999_999n })).toBe('capPpm');
    expect(fields({ lowestFenPerMu: 2_001n })).toBe('lowestFenPerMu');
  });
});

const ppm = (text: string): bigint => {
  const [whole = '0', decimals = ''] = text.split('.');
  return BigInt(whole + decimals.padEnd(6, '0'));
};
const fen = (text: string): bigint => BigInt(text.replace('.', ''));
const halfUp = (top: bigint): bigint => (2n * top + 1_000_000n) / 2_000_000n;

/** The rate by the printed sentence, done again step by step. */
function rateOf(told: string): bigint {
  const [index = '', ...rest] = told.split('; ');
  const terms = [...index.matchAll(/([\d.]+) \([^)]*\) × ([\d.]+)/g)];
  const printed = ppm(/= ([\d.]+)$/.exec(index)![1]!);
  expect(halfUp(terms.reduce((sum, [, value, weight]) => sum + ppm(value!) * ppm(weight!), 0n))).toBe(
    printed,
  );
  const year = /within ([\d.]+)–([\d.]+), taken ([\d.]+)$/.exec(rest[0]!);
  const applied = year ? ppm(year[3]!) : printed;
  if (year) expect([year[1], year[2]]).toContain(year[3]);
  const [, base, by, exact] = /([\d.]+) yuan × ([\d.]+) = ([\d.]+) yuan/.exec(told)!;
  expect(ppm(by!)).toBe(applied);
  expect(halfUp(fen(base!) * applied)).toBe(fen(exact!));
  const bounded = /the rate stays within ([\d.]+)–([\d.]+), taken ([\d.]+) yuan/.exec(told);
  if (bounded) expect([bounded[1], bounded[2]]).toContain(bounded[3]);
  return fen(bounded ? bounded[3]! : exact!);
}
