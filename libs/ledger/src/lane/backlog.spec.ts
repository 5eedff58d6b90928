import { Backlog } from './backlog';

describe('when to come again', () => {
  const backlogOf = (weight: number): Backlog => {
    const backlog = new Backlog();
    for (let i = 0; i < weight / 2; i += 1) backlog.add(2);
    return backlog;
  };

  it('is when half of what waits is done, at the rate that was measured', () => {
    const backlog = backlogOf(12_000);
    backlog.remove(1_000, 2_000, 1);
    expect(backlog.retryAfterSeconds(0)).toBe(3);
  });

  it('is in a second at the earliest and in a minute at the latest', () => {
    expect(backlogOf(2).retryAfterSeconds(0)).toBe(1);
    const slow = backlogOf(50_000);
    slow.remove(1, 2, 2);
    expect(slow.retryAfterSeconds(0)).toBe(60);
  });

  it('is later when the present batch takes longer than the rate says', () => {
    const backlog = backlogOf(4_000);
    backlog.remove(1_000, 2_000, 0.1);
    expect([backlog.retryAfterSeconds(0), backlog.retryAfterSeconds(9.5)]).toEqual([1, 10]);
  });
});
