import { until } from '../api-client';
import type { DemoBook } from '../demo-book';
import type { Staff } from '../staff';
import { payOut } from './disburse';
import { ride, type Sale } from './sell-cards';

interface MyCard {
  readonly card: { readonly id: string; readonly retiredGrams: string } | null;
}

interface Settlement {
  readonly id: string;
  readonly no: string;
}

/** Rides retire the credits of each card; each buyer then asks for a certificate. Returns their numbers. */
export async function useCards(
  staff: Staff,
  book: DemoBook,
  sales: readonly Sale[],
  seed: string,
): Promise<string[]> {
  const at = await book.advanceDays(3);
  await ride(staff, book.code, sales, seed, at);
  const numbers: string[] = [];
  for (const { buyer } of sales) {
    const card = await until('the rides to retire credits', async () => {
      const { items } = await buyer.get<{ items: readonly MyCard[] }>(`/books/${book.code}/my/cards`);
      return (
        items.map((item) => item.card).find((found) => found !== null && found.retiredGrams !== '0') ??
        undefined
      );
    });
    const { number } = await buyer.post<{ number: string }>(
      `/books/${book.code}/my/cards/${card.id}/certificates`,
    );
    numbers.push(number);
  }
  return numbers;
}

/** After the refund window each order's money is split; the suppliers' part goes through the market rail. */
export async function splitAndPaySuppliers(
  staff: Staff,
  book: DemoBook,
  sales: readonly Sale[],
): Promise<void> {
  await book.advanceDays(14);
  const settlements = await until('the orders to be split', async () => {
    const { items } = await staff.cardOperator.get<{ items: readonly (Settlement & { orders: number })[] }>(
      `/books/${book.code}/settlements`,
    );
    return items.reduce((sum, { orders }) => sum + orders, 0) >= sales.length ? items : undefined;
  });
  for (const { id } of settlements) await payOut(staff.payoutCentre, book.code, { settlementId: id });
}
