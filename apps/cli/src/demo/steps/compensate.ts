import { addDays, startOf } from '@app/kernel';

import { eachOf, until } from '../api-client';
import type { DemoBook } from '../demo-book';
import type { Staff } from '../staff';

export interface Plan {
  readonly programme: string;
  readonly indicator: string;
  readonly year: number;
}

interface Roster {
  readonly id: string;
  readonly lines: number;
}

/** An hour after the day began: offices are open. */
const OFFICE_HOUR_MS = 9 * 3_600_000;
const TOWNS_AT_ONCE = 4;

/** Enters the year's programme, its standards and the indicator the county received. */
export async function setUpProgramme(staff: Staff, book: string, indicatorFen: bigint): Promise<Plan> {
  const programme = await staff.forestryHandler.post<{ id: string }>(`/books/${book}/programmes`, {
    code: 'public-welfare-forest',
    nameZh: '森林生态效益补偿',
    ruleKind: 'area',
    noticeDays: 7,
    noticeDayKind: 'working',
    posts: ['village-clerk', 'town-finance', 'forestry-reviewer', 'finance-review'],
  });
  const standards: readonly (readonly [string, string, string, string])[] = [
    ['national', 'state', '975', '25'],
    ['national', 'collective', '1575', '25'],
    ['national', 'individual', '1575', '25'],
    ['provincial', 'state', '475', '25'],
    ['provincial', 'collective', '475', '25'],
    ['provincial', 'individual', '475', '25'],
  ];
  for (const [level, tenure, payable, publicManagement] of standards) {
    await staff.forestryHandler.post(`/books/${book}/programmes/${programme.id}/standards`, {
      level,
      tenure,
      payableFenPerMu: payable,
      publicManagementFenPerMu: publicManagement,
      validFrom: '2026-01-01',
      documentNo: '森林生态效益补偿标准(演练)',
    });
  }
  const indicator = await staff.indicatorKeeper.post<{ id: string }>(`/books/${book}/indicators`, {
    docNo: '财资环〔2026〕12号(演练)',
    year: 2026,
    sourceKind: 'advance',
    fundSource: 'central',
    projectCode: 'ZB610924260001',
    functionItem: '2130209',
    economicItem: '30310',
    fundNature: 'general-public-budget',
    budgetUnit: '林业局',
    direct: true,
    amountFen: indicatorFen.toString(),
    arrivedOn: '2026-02-24',
  });
  return { programme: programme.id, indicator: indicator.id, year: 2026 };
}

/** Rosters of all townships: drawn up, published, objected to once, confirmed by every post, locked. */
export async function approveRosters(
  staff: Staff,
  book: DemoBook,
  plan: Plan,
  townships: readonly string[],
): Promise<{ rosters: Roster[]; objections: number; rosterLines: number }> {
  const rosters = await eachOf(townships, TOWNS_AT_ONCE, (region) =>
    staff.forestryHandler.post<Roster>(`/books/${book.code}/rosters`, {
      programmeId: plan.programme,
      indicatorId: plan.indicator,
      region,
      year: plan.year,
    }),
  );
  await publish(staff, book, rosters);
  const objected = rosters[0]!;
  const objection = await staff.villageClerk.post<{ id: string }>(
    `/books/${book.code}/rosters/${objected.id}/objections`,
    {
      lineNo: 1,
      reason: '邻户对地界有异议，申请复核',
    },
  );
  await passNotice(staff, book, rosters);
  await confirm(staff, book, rosters);
  // The objection was looked into and found without ground: the line joins a supplementary roster.
  await staff.townFinance.post(`/books/${book.code}/objections/${objection.id}/settlement`, {
    outcome: 'dismissed',
    note: '现场勘界，面积与权证一致',
  });
  const supplementary = await staff.forestryHandler.post<Roster>(`/books/${book.code}/rosters`, {
    supplementaryOf: objected.id,
  });
  await publish(staff, book, [supplementary]);
  await passNotice(staff, book, [supplementary]);
  await confirm(staff, book, [supplementary]);
  const all = [...rosters, supplementary];
  return { rosters: all, objections: 1, rosterLines: rosters.reduce((sum, { lines }) => sum + lines, 0) };
}

const publish = (staff: Staff, book: DemoBook, rosters: readonly Roster[]) =>
  eachOf(rosters, TOWNS_AT_ONCE, ({ id }) =>
    staff.forestryHandler.post(`/books/${book.code}/rosters/${id}/notice`),
  );

/** Lets the rehearsal clock pass the last notice's end, then closes each. */
async function passNotice(staff: Staff, book: DemoBook, rosters: readonly Roster[]): Promise<void> {
  const ends = await eachOf(rosters, TOWNS_AT_ONCE, ({ id }) =>
    staff.forestryHandler.get<{ noticeUntil: string }>(`/books/${book.code}/rosters/${id}`),
  );
  const last = ends
    .map(({ noticeUntil }) => noticeUntil.slice(0, 10))
    .sort()
    .at(-1)!;
  await book.advanceTo(new Date(startOf(addDays(last, 1)).getTime() + OFFICE_HOUR_MS));
  await eachOf(rosters, TOWNS_AT_ONCE, ({ id }) =>
    staff.forestryHandler.post(`/books/${book.code}/rosters/${id}/notice/closing`),
  );
}

/** Every post in its order; the last one's signature starts the lock job. */
async function confirm(staff: Staff, book: DemoBook, rosters: readonly Roster[]): Promise<void> {
  const steps = [
    ['village-clerk', staff.villageClerk],
    ['town-finance', staff.townFinance],
    ['forestry-reviewer', staff.forestryReviewer],
    ['finance-review', staff.financeReview],
  ] as const;
  await eachOf(rosters, TOWNS_AT_ONCE, async ({ id }) => {
    for (const [post, client] of steps) await client.post(`/books/${book.code}/rosters/${id}/steps/${post}`);
  });
  await eachOf(rosters, TOWNS_AT_ONCE, ({ id }) =>
    until(`roster ${id} to be locked`, async () => {
      const { state } = await staff.financeReview.get<{ state: string }>(`/books/${book.code}/rosters/${id}`);
      return state === 'locked' ? true : undefined;
    }),
  );
}
