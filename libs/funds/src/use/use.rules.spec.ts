import { findingsOfUse, standingOf, type Received, type Used } from './use.rules';

const got = (day: string, amountFen: bigint): Received => ({ party: 'p', day, amountFen });
const use = (amountFen: bigint, isAllowed = true): Used => ({
  ...{ voucher: 'v', party: 'p', useKind: 'office', amountFen, usedOn: '2026-03-01', isAllowed },
});
const on = (day: string, unusedDays?: number) => ({ day, unusedDays });

describe('money that has to be used for its purpose', () => {
  it('has nothing to find while it is used for it in time', () => {
    const money = { received: [got('2026-01-01', 100n)], used: [use(60n)] };
    expect(standingOf(money.received, money.used)).toEqual({
      receivedFen: 100n,
      usedFen: 60n,
      residualFen: 40n,
    });
    expect(findingsOfUse('p', money, on('2026-04-01', 90))).toEqual([]);
  });

  it('is found when more is used than came', () => {
    expect(
      findingsOfUse('p', { received: [got('2026-01-01', 100n)], used: [use(101n)] }, on('2026-04-01', 1)),
    ).toEqual([
      { code: 'USED_MORE_THAN_RECEIVED', party: 'p', receivedFen: 100n, usedFen: 101n, residualFen: -1n },
    ]);
  });

  it('is found when it is used for something else', () => {
    const money = { received: [got('2026-01-01', 100n)], used: [use(5n, false), use(7n)] };
    expect(findingsOfUse('p', money, on('2026-01-02', 90))).toEqual([
      { code: 'USE_NOT_ALLOWED', party: 'p', voucher: 'v', useKind: 'office', amountFen: 5n },
    ]);
  });

  it('is found when it lies unused beyond the limit, what came first being used first', () => {
    const received = [got('2026-02-01', 50n), got('2026-01-01', 100n), got('2026-05-01', 7n)];
    const at = on('2026-05-02', 60);
    const unused = (used: Used[]) => findingsOfUse('p', { received, used }, at);
    expect(unused([])).toMatchObject([
      { code: 'UNUSED_TOO_LONG', since: '2026-01-01', days: 121, unusedFen: 150n },
    ]);
    expect(unused([use(100n)])).toMatchObject([{ since: '2026-02-01', days: 90, unusedFen: 50n }]);
    expect(unused([use(149n)])).toMatchObject([{ since: '2026-02-01', unusedFen: 1n }]);
    expect(unused([use(150n)])).toEqual([]);
    expect(findingsOfUse('p', { received, used: [] }, on('2026-05-02'))).toEqual([]);
    expect(findingsOfUse('p', { received: [got('2026-03-03', 1n)], used: [] }, at)).toEqual([]);
    expect(findingsOfUse('p', { received: [got('2026-03-02', 1n)], used: [] }, at)).toHaveLength(1);
  });
});
