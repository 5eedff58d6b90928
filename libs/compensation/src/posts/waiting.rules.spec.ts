import { waitingOf, type Standing } from './waiting.rules';

const day = (n: number): Date => new Date(Date.UTC(2026, 4, n));
const roster = (over: Partial<Standing>): Standing => ({
  ...{ state: 'draft', posts: ['village-clerk', 'town-finance', 'finance-review'], step: 0, returnTo: null },
  ...{
    madeAt: day(1),
    noticeOverAt: null,
    steppedAt: null,
    returnedAt: null,
    approvedAt: null,
    lockedAt: null,
  },
  ...{ pendingFen: 0n, inTransitFen: 0n, returnedFen: 0n },
  ...over,
});

describe('a roster that waits', () => {
  const now = day(21);

  it.each<[string, Partial<Standing>, string, number]>([
    ['a draft for its maker', {}, 'forestry-handler', 20],
    ['a notice for its last day', { state: 'notice', noticeOverAt: day(25) }, 'notice', 20],
    [
      'a notice that is over for whoever ends it',
      { state: 'notice', noticeOverAt: day(15) },
      'town-finance',
      6,
    ],
    ['the first post since the notice', { state: 'review', noticeOverAt: day(15) }, 'village-clerk', 6],
    [
      'the next post since the step before',
      { state: 'review', step: 1, noticeOverAt: day(15), steppedAt: day(19) },
      'town-finance',
      2,
    ],
    [
      'the post it was sent back to since then',
      {
        state: 'review',
        step: 2,
        returnTo: 1,
        noticeOverAt: day(15),
        steppedAt: day(17),
        returnedAt: day(20),
      },
      'village-clerk',
      1,
    ],
    ['the lock', { state: 'approved', approvedAt: day(20) }, 'lock', 1],
    ['the payout', { state: 'locked', lockedAt: day(18), pendingFen: 5n }, 'payout-centre', 3],
    ['the bank', { state: 'locked', lockedAt: day(18), inTransitFen: 5n }, 'bank', 3],
    [
      'whoever mends what came back',
      { state: 'locked', lockedAt: day(18), returnedFen: 1n, pendingFen: 5n },
      'town-finance',
      3,
    ],
  ])('tells of %s', (_what, over, at, days) => {
    expect(waitingOf(roster(over), now)).toMatchObject({ at, days });
  });

  it('is told of no more when it is paid or given up', () => {
    expect(waitingOf(roster({ state: 'locked', lockedAt: day(18) }), now)).toBeUndefined();
    expect(waitingOf(roster({ state: 'void' }), now)).toBeUndefined();
  });
});
