import type { Assignment, Principal } from '@app/identity';
import { assignmentsFor, mayStep } from './step.rules';

const BOOK = 1;
const roster = { id: 'roster', madeBy: 'maker', region: '610924100' };
const villages = ['610924100001', '610924100002'];

const at = (post: string, region: string, actingOrderNo?: string): Assignment => ({
  bookId: BOOK,
  post,
  region,
  ...(actingOrderNo !== undefined && { actingOrderNo }),
});
const staff = (...assignments: Assignment[]): Principal => ({
  userId: 'somebody',
  kind: 'staff',
  displayName: 'Somebody',
  assignments,
});

describe('a post over a roster', () => {
  it('is held by whoever’s region covers the roster’s', () => {
    const county = assignmentsFor(staff(at('town-finance', '610924')), BOOK, 'town-finance', roster, []);
    expect(county).toMatchObject({ ok: true });
    for (const region of ['610924101', '610924100001']) {
      expect(
        assignmentsFor(staff(at('town-finance', region)), BOOK, 'town-finance', roster, []),
      ).toMatchObject({
        ok: false,
        reason: { code: 'POST_REQUIRED', region: '610924100' },
      });
    }
  });

  it('is held village by village at the villages’ step', () => {
    const clerk = staff(at('village-clerk', '610924100002'), at('village-clerk', '610924101001'));
    expect(assignmentsFor(clerk, BOOK, 'village-clerk', roster, villages)).toMatchObject({
      value: [{ region: '610924100002' }],
    });
  });
});

describe('two pairs of eyes', () => {
  const own = at('town-finance', '610924100');
  const acting = at('town-finance', '610924100', 'order-7');
  const step = { post: 'town-finance', ordinal: 2 };

  it('keeps the maker from every step, even one held for another', () => {
    expect(mayStep(roster, 'maker', step, [acting], [])).toMatchObject({ reason: { code: 'STEP_BY_MAKER' } });
  });

  it('lets nobody take a second step', () => {
    expect(mayStep(roster, 'a', step, [own], [{ ordinal: 1, actingOrderNo: null }])).toMatchObject({
      reason: { code: 'TWO_STEPS_ON_ROSTER', post: 'town-finance' },
    });
  });

  it('lets somebody act for another by an order, beside their own step', () => {
    const taken = [{ ordinal: 1, actingOrderNo: null }];
    expect(mayStep(roster, 'a', step, [own, acting], taken)).toEqual({ ok: true, value: acting });
    expect(mayStep(roster, 'a', step, [own], [{ ordinal: 1, actingOrderNo: 'order-7' }])).toEqual({
      ok: true,
      value: own,
    });
  });

  it('does not take the same step in two calls for two steps', () => {
    expect(mayStep(roster, 'a', step, [own], [{ ordinal: 2, actingOrderNo: null }])).toMatchObject({
      ok: true,
    });
  });
});
