import { dayOf } from '@app/kernel';
import { eachOf } from '../api-client';
import type { DemoBook } from '../demo-book';
import type { Staff } from '../staff';
import { approved } from './approved';
import type { Sale } from './sell-cards';

type Sum = 'lostGrams' | 'holdingGrams' | 'bufferGrams' | 'owedGrams' | 'replacedGrams' | 'openGrams';
export type Reversal = Readonly<Record<Sum, string>> & { readonly parcels: number };

/** One parcel behind each of three sold cards burns, two of them whole. */
const LOST_PERCENT = ['100', '100', '40'];

/** What burned is lost: unsold grams are cancelled, the buffer stands in for sold ones, and their serials say so. */
export async function loseForest(
  staff: Staff,
  book: DemoBook,
  sales: readonly Sale[],
  certificates: readonly string[],
): Promise<Reversal & { readonly certificatesMarked: number }> {
  const at = `/books/${book.code}`;
  const day = dayOf(await book.now());
  const land = await eachOf(sales.slice(0, LOST_PERCENT.length), 1, (sale) =>
    landBehind(staff, book.code, sale),
  );
  const burned = [...new Set(land)];
  const people = [staff.forestryHandler, staff.forestryReviewer] as const;
  const { id } = await approved(people, `${at}/reversals`, {
    ...{ kind: 'fire', day, evidence: '火灾勘查报告〔2026〕1号，县林业局档案室(演练)' },
    parcels: burned.map((parcelCode, n) => ({ parcelCode, lostPercent: LOST_PERCENT[n]! })),
  });
  // What is left of the worst is told anew: until then it is not measured.
  await approved(people, `${at}/parcel-orders`, {
    ...{ parcelCode: burned[0]!, reason: 'survey', from: day },
    changes: { land_kind: 'burnt', forest_class: 'shrub', age_group: 'young' },
    evidence: '火烧迹地勘查图，县林业局档案室(演练)',
  });
  const { parcels, lostGrams, holdingGrams, bufferGrams, owedGrams, replacedGrams, openGrams } =
    await staff.creditRegistrar.get<Reversal>(`${at}/reversals/${id}`);
  const marks = await eachOf(certificates, 4, (number) =>
    staff.creditRegistrar.get<{ reversals: readonly object[] }>(`/public/certificates/${number}`),
  );
  return {
    ...{ parcels, lostGrams, holdingGrams, bufferGrams, owedGrams, replacedGrams, openGrams },
    certificatesMarked: marks.filter(({ reversals }) => reversals.length > 0).length,
  };
}

/** The first parcel whose grams are on the card, in the order of their serials. */
async function landBehind(staff: Staff, book: string, { buyer }: Sale): Promise<string> {
  const { items } = await buyer.get<{ items: readonly { card: { id: string } | null }[] }>(
    `/books/${book}/my/cards`,
  );
  const card = items.find((item) => item.card !== null)!.card!;
  const { items: found } = await staff.creditRegistrar.get<{ items: readonly { parcelCode: string }[] }>(
    `/books/${book}/serials?card=${card.id}`,
  );
  return found[0]!.parcelCode;
}
