import { reconcile, type OutsideTransfer, type StatementLine } from './reconcile.rules';

const DAY = '2026-03-31';
const sent = (reference: string, grams: bigint, given: Partial<OutsideTransfer> = {}): OutsideTransfer => ({
  ...{ id: `id-${reference}`, reference, issuance: 'g1', state: 'sent', grams, sentOn: '2026-03-10' },
  ...given,
});
const line = (reference: string, grams: bigint, given: Partial<StatementLine> = {}): StatementLine => ({
  ...{ reference, issuance: 'g1', grams, outcome: 'held' },
  ...given,
});

describe('a statement of another platform', () => {
  it('confirms what it holds and what this book sent alike', () => {
    expect(reconcile([sent('A', 10n), sent('B', 5n)], [line('A', 10n), line('B', 5n)], DAY)).toEqual({
      balances: [{ issuance: 'g1', oursGrams: 15n, theirsGrams: 15n }],
      ...{ differences: [], confirmed: ['id-A', 'id-B'], failed: [] },
    });
  });

  it('gives back what it did not take, and it is expected no more', () => {
    const { failed, balances, differences } = reconcile(
      [sent('A', 10n), sent('B', 5n)],
      [line('A', 10n), line('B', 5n, { outcome: 'failed' })],
      DAY,
    );
    expect([failed, differences]).toEqual([['id-B'], []]);
    expect(balances).toEqual([{ issuance: 'g1', oursGrams: 10n, theirsGrams: 10n }]);
  });

  it('is told each difference by its name, and settles none of them', () => {
    const found = reconcile(
      [
        sent('fewer', 10n),
        sent('other', 10n),
        sent('lost', 7n),
        sent('late', 3n, { sentOn: '2026-04-01' }),
        sent('sure', 4n, { state: 'confirmed' }),
        sent('back', 0n, { state: 'confirmed' }),
      ],
      [
        line('fewer', 9n),
        line('other', 10n, { issuance: 'g2' }),
        line('foreign', 99n, { issuance: 'vcs-1' }),
        line('sure', 4n, { outcome: 'failed' }),
        line('long-failed', 1n, { outcome: 'failed' }),
      ],
      DAY,
    );
    expect(found.differences.map(({ kind, reference }) => [kind, reference])).toEqual([
      ['grams-differ', 'fewer'],
      ['issuance-differs', 'other'],
      ['unknown-here', 'foreign'],
      ['failed-after-confirmed', 'sure'],
      ['missing-there', 'lost'],
    ]);
    expect([found.confirmed, found.failed]).toEqual([[], []]);
    expect(found.balances).toEqual([
      { issuance: 'g1', oursGrams: 31n, theirsGrams: 9n },
      { issuance: 'g2', oursGrams: 0n, theirsGrams: 10n },
      { issuance: 'vcs-1', oursGrams: 0n, theirsGrams: 99n },
    ]);
  });

  it('confirms once: what is confirmed stays so', () => {
    const { confirmed, differences } = reconcile(
      [sent('A', 10n, { state: 'confirmed' })],
      [line('A', 10n)],
      DAY,
    );
    expect([confirmed, differences]).toEqual([[], []]);
  });
});
