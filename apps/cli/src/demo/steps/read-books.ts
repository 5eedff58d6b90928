import { dayOf, type Day } from '@app/kernel';
import { eachOf } from '../api-client';
import type { DemoBook } from '../demo-book';
import type { Staff } from '../staff';

interface OneBook {
  readonly day: string;
  readonly land: readonly { readonly parcels: number; readonly areaMu100: string }[];
  readonly credits: Readonly<Record<string, string>>;
}

export interface BookOfDay {
  readonly day: string;
  readonly parcels: number;
  readonly areaMu100: string;
  readonly issuedGrams: string;
  readonly cancelledGrams: string;
}

export interface Books {
  /** The one book as it stood at the end of the first day, and as it stands. */
  readonly oneBook: readonly BookOfDay[];
  /** Findings by guard, of those that found something. */
  readonly guards: Readonly<Record<string, number>>;
  /** Confirmed payments to collectives that have a receipt number now. */
  readonly receipts: number;
  /** Bytes of the workbook of all parcels. */
  readonly exportedBytes: number;
}

/** Receipts of the collectives, the one book of two days, what the guards find, and the parcels as a workbook. */
export async function readBooks(staff: Staff, book: DemoBook, first: Day): Promise<Books> {
  const at = `/books/${book.code}`;
  const today = dayOf(await book.now());
  const { numbered } = await staff.payoutCentre.post<{ numbered: number }>(
    `${at}/collective-receipts/numbers`,
    { from: first, to: today },
  );
  const oneBook = await eachOf([first, today], 1, async (day) =>
    summaryOf(await staff.forestryReviewer.get<OneBook>(`${at}/one-book?day=${day}`)),
  );
  const { guards } = await staff.forestryReviewer.get<{
    guards: readonly { guard: string; findings: number }[];
  }>(`${at}/registry-guards`);
  const workbook = await staff.forestryHandler.download(`${at}/exports/parcels.xlsx`);
  return {
    oneBook,
    guards: Object.fromEntries(
      guards.filter(({ findings }) => findings > 0).map(({ guard, findings }) => [guard, findings]),
    ),
    receipts: numbered,
    exportedBytes: workbook.length,
  };
}

const summaryOf = ({ day, land, credits }: OneBook): BookOfDay => ({
  day,
  parcels: land.reduce((sum, { parcels }) => sum + parcels, 0),
  areaMu100: land.reduce((sum, { areaMu100 }) => sum + BigInt(areaMu100), 0n).toString(),
  issuedGrams: credits.issued!,
  cancelledGrams: credits.cancelled!,
});
