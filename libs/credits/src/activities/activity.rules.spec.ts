import { activityFaults, type ActivityDraft } from './activity.rules';

const DRAFT: ActivityDraft = { kind: 'tending', doneOn: '2025-05-01', areaMu100: 1_230n };
const fields = (draft: Partial<ActivityDraft>) =>
  activityFaults({ ...DRAFT, ...draft }, 1_230n, '2026-03-02').map(({ field }) => field);

describe('what was done to a parcel', () => {
  it('lies on its land and in the past', () => {
    expect(fields({})).toEqual([]);
    expect(fields({ doneOn: '2026-03-03', areaMu100: 1_231n })).toEqual(['doneOn', 'areaMu100']);
  });

  it('weighs the growth by 0.8 to 1.2, of its year or later, for ten years at most', () => {
    const weight = (multiplierPpm: bigint, fromYear = 2025, toYear = 2034) =>
      fields({ multiplier: { multiplierPpm, fromYear, toYear } });
    expect([weight(800_000n), weight(1_200_000n)]).toEqual([[], []]);
    for (const wrong of [799_999n, 1_000_000n, 1_200_001n]) expect(weight(wrong)).toEqual(['multiplierPpm']);
    expect(weight(1_100_000n, 2024, 2025)).toEqual(['fromYear']);
    expect(weight(1_100_000n, 2025, 2035)).toEqual(['toYear']);
    expect(weight(1_100_000n, 2026, 2025)).toEqual(['toYear']);
  });
});
