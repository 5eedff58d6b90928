import type { Staff } from '../staff';

/** Three people: one measures the year, another re-checks it, a third issues. */
export async function issueCredits(
  staff: Staff,
  book: string,
  period: { from: string; to: string },
): Promise<void> {
  await staff.forestryHandler.post(`/books/${book}/measurements`, period);
  await staff.forestryReviewer.post(`/books/${book}/measurements/recheck`, period);
  await staff.creditRegistrar.post(`/books/${book}/issuances`, {
    ...period,
    documentNo: '碳汇登记〔2026〕1号',
  });
}
