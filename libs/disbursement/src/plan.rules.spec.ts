import { cut, planByBank, type PayableLine } from './plan.rules';

const line = (n: number, bank: string | null, amountFen = 100n): PayableLine => ({
  line: `line-${n}`,
  amountFen,
  bank,
  account: bank === null ? null : `account-${n}`,
  payeeReason: n === 3 ? 'guardian' : null,
});

describe('planning batches', () => {
  it('puts one bank into one batch, in the order of the lines', () => {
    const plan = planByBank([line(1, 'PSBC'), line(2, 'ABC'), line(3, 'PSBC', 50n)]);
    expect(
      plan.batches.map(({ bank, totalFen, lines }) => [bank, totalFen, lines.map((l) => l.line)]),
    ).toEqual([
      ['PSBC', 150n, ['line-1', 'line-3']],
      ['ABC', 100n, ['line-2']],
    ]);
  });

  it('keeps why an account is another’s', () => {
    const [batch] = planByBank([line(1, 'PSBC'), line(3, 'PSBC')]).batches;
    expect(batch?.lines.map(({ payeeReason }) => payeeReason)).toEqual([null, 'guardian']);
  });

  it('leaves out and counts lines whose payee has no account', () => {
    const plan = planByBank([line(1, null), line(2, 'ABC'), line(3, null)]);
    expect(plan.withoutAccount).toBe(2);
    expect(plan.batches.flatMap(({ lines }) => lines)).toHaveLength(1);
  });

  it('cuts what is longer than a file may be, losing no line', () => {
    const lines = Array.from({ length: 7 }, (_, n) => line(n, 'ABC'));
    const sizes = planByBank(lines, 3).batches.map((batch) => batch.lines.length);
    expect(sizes).toEqual([3, 3, 1]);
  });

  it('cuts nothing into no pieces', () => {
    expect(cut([], 3)).toEqual([]);
  });
});
