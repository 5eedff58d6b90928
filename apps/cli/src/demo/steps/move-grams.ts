import { dayOf } from '@app/kernel';
import type { Party } from '../county/county';
import type { DemoBook } from '../demo-book';
import type { Staff } from '../staff';
import { approved } from './approved';

export interface Custody {
  readonly movedOutGrams: string;
  readonly returnedGrams: string;
  readonly differences: number;
}

const OUT = '100000';
const BACK = '40000';

/** Grams are held at another platform, which tells what it has; a part of them comes back. */
export async function moveGrams(staff: Staff, book: DemoBook, holder: Party, year: string): Promise<Custody> {
  const at = `/books/${book.code}/custody`;
  const people = [staff.creditRegistrar, staff.forestryReviewer] as const;
  const platform = 'exchange';
  const issuance = `${holder.region.slice(0, 9)}-${year}-g1`;
  await staff.creditRegistrar.post(`${at}/platforms`, {
    ...{ code: platform, name: '碳排放权交易中心(演练)', documentNo: '托管协议〔2026〕1号(演练)' },
  });
  const { id } = await approved(
    people,
    `${at}/moves-out`,
    {
      ...{ platform, reference: 'T-1', grams: OUT, issuance, partyExternalNo: holder.externalNo },
      documentNo: '转出申请〔2026〕1号(演练)',
    },
    `${at}/transfers`,
  );
  const { differences } = await staff.creditRegistrar.post<{ differences: readonly object[] }>(
    `${at}/statements`,
    {
      ...{ platform, day: dayOf(await book.now()) },
      lines: [{ reference: 'T-1', issuance, grams: OUT, outcome: 'held' }],
    },
  );
  await approved(
    people,
    `${at}/moves-in`,
    { of: id, reference: 'R-1', grams: BACK, documentNo: '转回申请〔2026〕1号(演练)' },
    `${at}/transfers`,
  );
  return { movedOutGrams: OUT, returnedGrams: BACK, differences: differences.length };
}
