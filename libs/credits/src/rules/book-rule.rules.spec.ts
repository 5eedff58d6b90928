import { discountOf, ruleFaults as faultsOn, ruleValue, type RuleDraft } from './book-rule.rules';

const from = { validFrom: '2026-03-02' };
const ruleFaults = (draft: RuleDraft) => faultsOn(draft, '2026-03-02');

describe('a rule of a county', () => {
  it('says what its kind says and nothing else', () => {
    expect(ruleFaults({ ...from, kind: 'comment-days', days: 7 })).toEqual([]);
    expect(ruleValue({ ...from, kind: 'comment-days', days: 7 })).toEqual({ days: 7 });
    expect(ruleFaults({ ...from, kind: 'comment-days', days: 7, years: 5 })).toMatchObject([
      { field: 'years' },
    ]);
  });

  it('begins today at the earliest, but for the method of years that are over', () => {
    const before = { validFrom: '2026-03-01' };
    expect(ruleFaults({ ...before, kind: 'comment-days', days: 0 })).toMatchObject([{ field: 'validFrom' }]);
    expect(ruleFaults({ ...before, kind: 'measuring-method', stockChangeClasses: [] })).toEqual([]);
  });

  it('is told every fault in one pass', () => {
    expect(
      ruleFaults({ kind: 'buffer-return', validFrom: '2026-02-30', days: 1, years: 0 }).map(
        ({ field }) => field,
      ),
    ).toEqual(['validFrom', 'days', 'years']);
    const steps = [
      { aboveHalfWidthPpm: '100000', discountPpm: '50000' },
      { aboveHalfWidthPpm: '100000', discountPpm: '60000' },
      { aboveHalfWidthPpm: '1000001', discountPpm: '-1' },
    ];
    expect(ruleFaults({ ...from, kind: 'uncertainty-discount', steps })).toMatchObject([
      { field: 'steps', row: 2 },
      { field: 'steps', row: 3 },
    ]);
    expect(
      ruleFaults({ ...from, kind: 'measuring-method', stockChangeClasses: ['conifer', 'jungle', 'conifer'] }),
    ).toMatchObject([{ row: 2 }, { row: 3 }]);
  });

  it('takes off what the last step says that the half-width is above', () => {
    const steps = [
      { aboveHalfWidthPpm: '100000', discountPpm: '50000' },
      { aboveHalfWidthPpm: '200000', discountPpm: '150000' },
    ];
    expect([100_000n, 100_001n, 200_000n, 900_000n].map((width) => discountOf(steps, width))).toEqual([
      ...[0n, 50_000n, 50_000n, 150_000n],
    ]);
    expect(discountOf(steps, null)).toBe(0n);
  });
});
