import { correctionSteps } from './correction.rules';
import type { HeldShare, OrderShare } from './right-order.rules';

const share = (externalNo: string, percent = 100, documentNo = 'D1'): OrderShare => ({
  ...{ party: externalNo.toLowerCase(), externalNo, documentNo, sharePpm: BigInt(percent * 10_000) },
});
const held = (externalNo: string, from: string, to: string | null, percent = 100): HeldShare => ({
  ...share(externalNo, percent),
  ...{ id: `${externalNo} ${from}`, from, to },
});
const told = (steps: ReturnType<typeof correctionSteps>) => ({
  redated: steps.redated.map(({ share: { id }, days }) => [id, days?.from ?? null, days?.to ?? null]),
  added: steps.added.map(({ externalNo, from, to }) => [externalNo, from, to]),
});

describe('correcting who held a right', () => {
  it('on all days from one on leaves the days before', () => {
    const steps = correctionSteps([held('A', '2020-01-01', null)], [share('B')], {
      from: '2024-07-01',
      to: null,
    });
    expect(told(steps)).toEqual({
      redated: [['A 2020-01-01', '2020-01-01', '2024-06-30']],
      added: [['B', '2024-07-01', null]],
    });
  });

  it('on some days only gives the later ones back, under the same paper', () => {
    const days = { from: '2024-01-01', to: '2024-12-31' };
    const steps = correctionSteps([held('A', '2020-01-01', '2030-12-31')], [share('B')], days);
    expect(told(steps)).toEqual({
      redated: [['A 2020-01-01', '2020-01-01', '2023-12-31']],
      added: [
        ['B', '2024-01-01', '2024-12-31'],
        ['A', '2025-01-01', '2030-12-31'],
      ],
    });
  });

  it('leaves no day to a share that was a mistake', () => {
    const steps = correctionSteps([held('A', '2024-01-01', null)], [], { from: '2024-01-01', to: null });
    expect(told(steps)).toEqual({ redated: [['A 2024-01-01', null, null]], added: [] });
  });

  it('leaves alone who held what they should have', () => {
    const before = [held('A', '2020-01-01', null, 60), held('B', '2020-01-01', null, 40)];
    const steps = correctionSteps(before, [share('A', 60), share('C', 40)], { from: '2024-01-01', to: null });
    expect(told(steps)).toEqual({
      redated: [['B 2020-01-01', '2020-01-01', '2023-12-31']],
      added: [['C', '2024-01-01', null]],
    });
  });

  it('moves the days of a share that began too late', () => {
    const steps = correctionSteps([held('A', '2025-01-01', null)], [share('A')], {
      from: '2024-01-01',
      to: null,
    });
    expect(told(steps)).toEqual({
      redated: [['A 2025-01-01', null, null]],
      added: [['A', '2024-01-01', null]],
    });
  });
});
