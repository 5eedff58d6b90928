import { Policies } from './policies';
import type { Assignment, Principal } from './principal';

const principal = (...assignments: Assignment[]): Principal => ({
  userId: '00000000-0000-4000-8000-000000000001',
  kind: 'staff',
  displayName: 'somebody',
  assignments,
});
const clerk: Assignment = { bookId: 7, post: 'village-clerk', region: '610924100' };

describe('Policies.require', () => {
  it('answers with the assignment by which the caller may act', () => {
    const held = principal({ ...clerk, post: 'auditor' }, clerk);
    expect(Policies.require(held, 7, ['town-finance', 'village-clerk'], '610924100001')).toEqual({
      ok: true,
      value: clerk,
    });
  });

  it('refuses another post, naming those that would do and the region', () => {
    expect(Policies.require(principal(clerk), 7, ['town-finance'], '610924100')).toEqual({
      ok: false,
      reason: { code: 'POST_REQUIRED', posts: ['town-finance'], region: '610924100' },
    });
  });

  it.each([
    ['a neighbour', '610924101'],
    ['the county above', '610924'],
    ['everything', ''],
  ])('refuses a township clerk in %s', (_name, region) => {
    expect(Policies.require(principal(clerk), 7, ['village-clerk'], region).ok).toBe(false);
  });

  it('refuses the same post in another book', () => {
    expect(Policies.require(principal(clerk), 8, ['village-clerk']).ok).toBe(false);
  });

  it('lets an assignment of book 0 and no region act in every book and region', () => {
    const held = principal({ bookId: 0, post: 'administrator', region: '' });
    expect(Policies.require(held, 8, ['administrator'], '430923').ok).toBe(true);
  });

  it('does not let an administrator act in a post they do not hold', () => {
    const held = principal({ bookId: 0, post: 'administrator', region: '' });
    expect(Policies.require(held, 7, ['finance-review']).ok).toBe(false);
  });

  it('takes any region when none is asked for', () => {
    expect(Policies.require(principal(clerk), 7, ['village-clerk']).ok).toBe(true);
  });
});

describe('Policies.regionsOf', () => {
  it('gathers the regions of this book and of all books, each once', () => {
    const held = principal(
      clerk,
      { ...clerk, post: 'auditor' },
      { bookId: 0, post: 'auditor', region: '6109' },
      { bookId: 8, post: 'auditor', region: '43' },
    );
    expect(Policies.regionsOf(held, 7)).toEqual(['610924100', '6109']);
    expect(Policies.regionsOf(held, 7, ['village-clerk'])).toEqual(['610924100']);
  });
});
