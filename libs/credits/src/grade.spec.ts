import { GRADES, sellableGrades } from './grade';

describe('what may be sold', () => {
  it.each([
    ['G0', ['G1', 'G2']],
    ['G1', ['G1', 'G2']],
    ['G2', ['G2']],
    ['G3', []],
  ] as const)('as %s is made of %j', (least, grades) => {
    expect(sellableGrades(least)).toEqual(grades);
  });

  it('is never a memorandum and never a certified unit, whatever is asked for', () => {
    expect(GRADES.flatMap(sellableGrades).filter((grade) => grade === 'G0' || grade === 'G3')).toEqual([]);
  });
});
