import type { Parcel } from '../county/county';
import type { DemoBook } from '../demo-book';
import type { Staff } from '../staff';
import { approved } from './approved';
import { COMMENT_DAYS } from './settle-methods';

export interface Statement {
  readonly no: string;
  readonly parcels: number;
  readonly grams: string;
}

interface Issuance {
  readonly code: string;
  readonly grade: string;
}

/** The document of a provincial scheme that is rehearsed with: of an issuance that the rehearsal's cards do not draw on. */
const RECOGNITION = {
  ...{ grade: 'G2', inclusion: '省级碳普惠(演练)', documentNo: '碳普惠〔2026〕1号(演练)' },
  documentOn: '2026-03-01',
};

/**
 * One measures the year and publishes it; a resident's doubt is written down and answered by another; when the days of
 * comment are over one re-checks and another issues. One issuance is then recognised by a provincial scheme.
 */
export async function issueCredits(
  staff: Staff,
  book: DemoBook,
  period: { from: string; to: string },
  doubted: Parcel,
): Promise<
  Statement & { readonly comments: number; readonly issuances: number; readonly recognised: string }
> {
  const at = `/books/${book.code}`;
  await staff.forestryHandler.post(`${at}/measurements`, period);
  const { no } = await staff.creditRegistrar.post<Statement>(`${at}/statements`, period);
  const { no: comment } = await staff.villageClerk.post<{ no: number }>(`${at}/statements/${no}/comments`, {
    ...{ parcelCode: doubted.code, subject: 'area', text: '村民口头提出：面积是否含林间小路？' },
  });
  await staff.forestryHandler.post(`${at}/statements/${no}/comments/${comment}/answer`, {
    ...{ outcome: 'kept', answer: '经现场核对，小班面积与权证一致，不含道路' },
  });
  await book.advanceDays(COMMENT_DAYS + 1);
  await staff.forestryReviewer.post(`${at}/measurements/recheck`, period);
  await staff.creditRegistrar.post(`${at}/issuances`, { ...period, documentNo: '碳汇登记〔2026〕1号' });
  const { parcels, grams } = await staff.creditRegistrar.get<Statement>(`${at}/statements/${no}`);
  const { items } = await staff.creditRegistrar.get<{ items: readonly Issuance[] }>(`/public${at}/issuances`);
  const recognised = items
    .filter(({ grade }) => grade === 'G1')
    .map(({ code }) => code)
    .sort()
    .at(-1)!;
  await approved([staff.creditRegistrar, staff.forestryReviewer], `${at}/grade-changes`, {
    ...{ ...RECOGNITION, issuance: recognised },
  });
  return { no, parcels, grams, comments: 1, issuances: items.length, recognised };
}
