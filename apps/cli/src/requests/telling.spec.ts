import { linesOf } from './telling';

describe('an answer of the product', () => {
  it('is told a line a fact, lists with dashes, what is inside another indented', () => {
    const answer = {
      day: '2026-03-02',
      credits: { issued: '12' },
      items: [{ code: 'a', to: null }, 'b'],
      next: null,
    };
    expect(linesOf(answer)).toEqual([
      'day: 2026-03-02',
      'credits:',
      '  issued: 12',
      'items:',
      '  - code: a',
      '    to: –',
      '  - b',
      'next: –',
    ]);
  });

  it('says so where a list is empty', () => {
    expect(linesOf({ items: [], next: null })).toEqual(['items: none', 'next: –']);
  });
});
