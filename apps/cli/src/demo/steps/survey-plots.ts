import type { Staff } from '../staff';

const PLOTS = [6_480, 6_720, 6_960, 7_200];
const VOLUME_DM3 = 6_000;

/** Two rounds of the same sample plots, four years apart. Returns how many groups their growth is known of. */
export async function surveyPlots(staff: Staff, book: string, villageCode: string): Promise<number> {
  const path = `/books/${book}/survey-rounds`;
  const rounds = [
    {
      ...{ code: 'round-2021', documentNo: '样地〔2021〕1号(演练)' },
      rows: PLOTS.map((_, n) => ({
        ...{
          plotCode: `YD-${n + 1}`,
          measuredOn: '2021-09-01',
          areaM2: '600',
          volumeDm3: String(VOLUME_DM3),
        },
        ...{ villageCode, forestClass: 'broadleaf', ageGroup: 'middle', origin: 'natural' },
      })),
    },
    {
      ...{ code: 'round-2025', documentNo: '样地〔2025〕2号(演练)' },
      rows: PLOTS.map((volume, n) => ({
        ...{ plotCode: `YD-${n + 1}`, measuredOn: '2025-09-01', areaM2: '600', volumeDm3: String(volume) },
      })),
    },
  ];
  for (const round of rounds) {
    await staff.forestryHandler.post(path, round);
    await staff.forestryReviewer.post(`${path}/${round.code}/decision`, {});
  }
  const growth = await staff.forestryReviewer.get<{ strata: readonly object[] }>(
    `${path}/round-2025/growth?since=round-2021`,
  );
  return growth.strata.length;
}
