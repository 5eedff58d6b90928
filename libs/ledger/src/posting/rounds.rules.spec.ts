import { roundsOf } from './rounds.rules';

describe('rounds of commands', () => {
  const indexes = (subjects: readonly string[]): number[][] =>
    roundsOf(subjects, (subject) => subject).map((round) => round.map(({ index }) => index));

  it('are one when each acts on something else', () => {
    expect(indexes(['a', 'b', 'c'])).toEqual([[0, 1, 2]]);
  });

  it('keep the order of those that act on the same, one a round', () => {
    expect(indexes(['a', 'b', 'a', 'a', 'b'])).toEqual([[0, 1], [2, 4], [3]]);
  });

  it('are none when nothing is asked', () => {
    expect(indexes([])).toEqual([]);
  });
});
