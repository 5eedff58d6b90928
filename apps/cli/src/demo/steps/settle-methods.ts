import type { Day } from '@app/kernel';
import type { Staff } from '../staff';
import { approved } from './approved';

/** Days of public comment in the rehearsal. */
export const COMMENT_DAYS = 7;
/** Versions are of all books: the book's code keeps one rehearsal's apart from another's. */
const versionOf = (book: string): string => `${book}.2027`;

/**
 * The county decides how it measures. Its own coefficients begin after the rehearsal's year: every figure of 2025 is
 * still explained by the illustrative sets that came with the product.
 */
export async function settleMethods(staff: Staff, book: string, today: Day): Promise<void> {
  const version = versionOf(book);
  const rules = `/books/${book}/credit-rules`;
  const people = [staff.forestryHandler, staff.forestryReviewer] as const;
  const terms = { source: '演练：县级规则示例', documentNo: '林函〔2026〕1号(演练)' };
  await approved(people, rules, {
    ...{ ...terms, kind: 'measuring-method', validFrom: '2025-01-01' },
    stockChangeClasses: ['conifer'],
  });
  await approved(people, rules, { ...terms, kind: 'comment-days', validFrom: today, days: COMMENT_DAYS });
  await approved(people, rules, { ...terms, kind: 'buffer-return', validFrom: today, years: 5 });
  await staff.forestryHandler.post(`/books/${book}/coefficient-sets`, {
    version,
    method: '县级系数法（演练）',
    source: '演练：待县固定样地复测',
    illustrative: true,
    validFrom: '2027-01-01',
    bufferPpm: 150_000,
    coefficients: ['young', 'middle', 'near-mature', 'mature', 'over-mature'].flatMap((ageGroup) =>
      ['broadleaf', 'mixed', 'bamboo'].map((forestClass) => ({
        ...{ forestClass, ageGroup, gramsPerMuYear: '182000', halfWidthPpm: '150000' },
      })),
    ),
  });
  await staff.forestryReviewer.post(`/books/${book}/coefficient-sets/${version}/decision`, {});
}
