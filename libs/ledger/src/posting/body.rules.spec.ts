import { move, type EntryDraft } from '../entry';
import { bodyOf, fieldThatDiffers } from './body.rules';

const DRAFT: EntryDraft = {
  id: '00000000-0000-8000-8000-000000000001',
  kind: 'transfer',
  legs: move('a', 'b', 'CNY', 5n),
};

describe('the body of a draft', () => {
  it('is 32 bytes in hex and stays the same from release to release, for it is stored', () => {
    expect(bodyOf(DRAFT)).toBe('53be5163ce9885554fced19ee92825747708f7ab742374237423742374237423');
  });

  it('does not depend on the id or the order of the legs', () => {
    const other = { ...DRAFT, id: '00000000-0000-8000-8000-000000000002', legs: [...DRAFT.legs].reverse() };
    expect(bodyOf(other)).toBe(bodyOf(DRAFT));
  });

  it.each<[string, Partial<EntryDraft>]>([
    ['kind', { kind: 'other' }],
    ['postings', { legs: move('a', 'b', 'CNY', 6n) }],
    ['postings', { legs: move('a', 'c', 'CNY', 5n) }],
    ['postings', { legs: move('b', 'a', 'CNY', 5n) }],
    ['reference', { reference: '5' }],
    ['memo', { memo: '5' }],
    ['effectiveAt', { effectiveAt: new Date(5) }],
    ['reverses', { reverses: DRAFT.id }],
    ['hold', { hold: { expiresAt: new Date(5), endedBy: 'cards' } }],
    ['ends', { ends: { hold: DRAFT.id, as: 'expire' } }],
  ])('tells that the %s differs', (field, change) => {
    expect(fieldThatDiffers(bodyOf(DRAFT), bodyOf({ ...DRAFT, ...change }))).toBe(field);
  });
});
