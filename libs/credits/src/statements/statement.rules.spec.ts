import { commentDays, impossibleMean, statementHash, totalsOf, type StatementLine } from './statement.rules';

const line = (grams: bigint, areaMu100 = 100n): StatementLine => ({
  ...{ village: '610924100001', forestClass: 'broadleaf', methodKind: 'coefficient', coefficientSet: 'a-1' },
  ...{ parcels: 1, areaMu100, grams },
});
const HEAD = { no: '610924-2025-s1', region: '610924', year: 2025, ...commentDays('2026-03-02', 7) };

describe('a statement', () => {
  it('is refused what a plan once printed, 1.19 × 10⁸ t over 28.78 million mu, and lets 0.182 t a mu pass', () => {
    const area = 2_878_000_000n;
    const printed = totalsOf([line(119_000_000n * 1_000_000n, area)]);
    expect(impossibleMean(printed, null)).toBe(4_134_815n);
    expect(impossibleMean(printed, '实测〔2026〕1号')).toBeUndefined();
    expect(impossibleMean(totalsOf([line(5_227_200n * 1_000_000n, area)]), null)).toBeUndefined();
    expect(impossibleMean(totalsOf([line(1_000_000n)]), null)).toBeUndefined();
    expect(impossibleMean(totalsOf([line(1_000_001n)]), null)).toBe(1_000_001n);
  });

  it('is open to comment from its day on, and that day does not count', () => {
    expect(commentDays('2026-03-02', 7)).toEqual({ commentFrom: '2026-03-02', commentUntil: '2026-03-09' });
    expect(commentDays('2026-03-02', 0)).toEqual({ commentFrom: null, commentUntil: null });
  });

  it('has another hash when anything in it is another', () => {
    const of = (...lines: StatementLine[]) => statementHash(1, { ...HEAD, ...totalsOf(lines) }, lines);
    expect(of(line(5n))).toMatch(/^[0-9a-f]{64}$/);
    expect(of(line(5n))).toBe(of(line(5n)));
    expect(new Set([of(line(5n)), of(line(6n)), of(line(5n), line(0n)), of(line(5n, 101n))]).size).toBe(4);
  });
});
