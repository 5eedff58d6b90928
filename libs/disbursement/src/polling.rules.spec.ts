import { paceOf } from './polling.rules';

describe('the pace of polling', () => {
  it('ends when every line is paid or returned', () => {
    expect(paceOf({ waiting: 0, unknown: 0 }, 1)).toEqual({ kind: 'finished' });
  });

  it('asks again at once for lines the bank has said nothing about, then gives the worker back', () => {
    expect(paceOf({ waiting: 1, unknown: 5 }, 1).kind).toBe('soon');
    expect(paceOf({ waiting: 1, unknown: 0 }, 100).kind).toBe('later');
  });

  it('leaves the worker at once, for minutes, when only unknown lines remain', () => {
    const pace = paceOf({ waiting: 0, unknown: 1 }, 1);
    expect(pace).toMatchObject({ kind: 'later' });
    expect(pace.kind === 'later' && pace.afterMs).toBeGreaterThanOrEqual(60_000);
  });
});
