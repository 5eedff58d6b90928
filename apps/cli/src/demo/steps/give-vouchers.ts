import type { Parcel } from '../county/county';
import type { Staff } from '../staff';

/** Tea plots that were measured and re-checked have their 绿色凭证 of the year. Returns how many. */
export async function giveVouchers(
  staff: Staff,
  book: string,
  year: string,
  plots: readonly Parcel[],
): Promise<number> {
  const { items } = await staff.forestryHandler.post<{ items: readonly object[] }>(
    `/books/${book}/green-vouchers`,
    { year: Number(year), parcelCodes: plots.map(({ code }) => code) },
  );
  return items.length;
}
