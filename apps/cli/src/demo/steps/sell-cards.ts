import type { ApiClient } from '../api-client';
import type { Bank } from '../bank';
import type { CodeReader } from '../codes';
import { Chance } from '../county/random';
import type { Staff } from '../staff';

export interface Sale {
  readonly buyer: ApiClient;
  readonly orderId: string;
  readonly cardNumber: string;
}

const BUYERS = 12;
/** Another book's buyers are other people: a phone may not ask for codes too often. */
const phoneOf = (book: string, index: number): string =>
  `177${String(new Chance(book, `phone/${index}`).between(10_000_000, 99_999_999))}`;
const cardNumberOf = (seed: string, index: number): string =>
  `6109${String(new Chance(seed, `card/${index}`).between(1, 99_999_999)).padStart(8, '0')}${String(index).padStart(4, '0')}`;

/** Residents and firms sign in by one-time code, order a card, pay at the bank and wait for the seller to be told. */
export async function sellCards(
  stage: { anonymous: ApiClient; bank: Bank; codes: CodeReader; apiUrl: string },
  book: string,
  seed: string,
): Promise<Sale[]> {
  const { anonymous, bank, codes, apiUrl } = stage;
  const sales: Sale[] = [];
  for (let index = 0; index < BUYERS; index += 1) {
    const phone = phoneOf(book, index);
    codes.skip();
    await anonymous.post('/one-time-codes', { phone });
    const { token } = await anonymous.post<{ token: string }>('/sessions/by-code', {
      phone,
      code: await codes.codeFor(phone),
    });
    const buyer = anonymous.withToken(token);
    const cardNumber = cardNumberOf(seed, index);
    const grams = new Chance(seed, `grams/${index}`).between(50, 400) * 1_000;
    const order = await buyer.post<{ id: string; no: string; amountFen: string }>(
      `/books/${book}/card-orders`,
      { product: 'zero-carbon-bus', grams: String(grams), cardNumber, buyerName: `认购人${index + 1}` },
      `demo/${book}/${index}`,
    );
    await bank.pay({
      channel: 'bank',
      orderNo: order.no,
      amountFen: order.amountFen,
      notifyUrl: `${apiUrl}/api/v1/books/${book}/payment-notices`,
    });
    sales.push({ buyer, orderId: order.id, cardNumber });
  }
  return sales;
}

/** One buyer changes their mind within the window. */
export const refundOne = (sale: Sale, book: string): Promise<unknown> =>
  sale.buyer.post(`/books/${book}/card-orders/${sale.orderId}/refund`);

/** The bus company hands in the rides; the credits of each card are retired in batches. */
export async function ride(
  staff: Staff,
  book: string,
  sales: readonly Sale[],
  seed: string,
  at: Date,
): Promise<void> {
  const chance = new Chance(seed, 'rides');
  const rides = sales.flatMap(({ cardNumber }, card) =>
    Array.from({ length: chance.between(8, 30) }, (_, n) => ({
      rideNo: `R-${card}-${n}`,
      cardNumber,
      at: at.toISOString(),
      metres: String(chance.between(1_500, 18_000)),
    })),
  );
  await staff.cardOperator.post(`/books/${book}/rides`, { rides });
}
