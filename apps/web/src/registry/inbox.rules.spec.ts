import { inboxOrder, oldestFirst } from './inbox.rules';

const proposed = { id: 'a', evidence: '合同', proposedBy: 'u', proposedAt: '2026-03-02T01:00:00.000Z' };
const summary = { zh: '前 → 后', en: 'before → after' };

it('tells orders about rights, parties and reversals in one shape', () => {
  const right = inboxOrder('right', {
    ...proposed,
    kind: 'management',
    reason: 'transfer',
    from: '2026-04-01',
    summary,
  });
  expect(right).toMatchObject({
    reason: 'transfer',
    day: '2026-04-01',
    summaries: [summary],
    document: null,
  });
  const move = { zh: '移', en: 'move' };
  const party = inboxOrder('party', {
    ...{ ...proposed, event: 'split', day: '2026-03-01', documentNo: '公〔2026〕1号' },
    ...{ summary, moves: [{ summary: move }] },
  });
  expect(party).toMatchObject({ reason: 'split', day: '2026-03-01', document: '公〔2026〕1号' });
  expect(party.summaries).toEqual([summary, move]);
  const reversal = inboxOrder('reversal', {
    ...{ ...proposed, kind: 'overestimate', day: '2026-02-01', year: 2025, parcels: 3 },
  });
  expect(reversal).toMatchObject({ reason: 'overestimate', year: 2025, parcels: 3, summaries: [] });
});

it('puts what waits longest first', () => {
  const at = (id: string, proposedAt: string) =>
    inboxOrder('right', {
      ...proposed,
      id,
      proposedAt,
      kind: 'contract',
      reason: 'end',
      from: '2026-04-01',
      summary,
    });
  const orders = [at('b', '2026-03-02T02:00:00.000Z'), at('a', '2026-03-02T01:00:00.000Z')];
  expect(oldestFirst(orders).map(({ id }) => id)).toEqual(['a', 'b']);
});
