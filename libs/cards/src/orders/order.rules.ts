import { divideHalfUp, ok, refuse, type Result } from '@app/kernel';

/** Stands beside every name of a product called zero-carbon (claims.md). */
export const NAME_NOTE = '产品名称，不表示乘车零排放';

const GRAMS_PER_KG = 1_000n;
const CARD_NUMBER = /^[0-9A-Z]{6,24}$/;

export interface OrderLimits {
  readonly leastGrams: bigint;
  readonly mostGrams: bigint;
  readonly priceFenPerKg: bigint;
}

export type SizeRefusal = {
  readonly code: 'ORDER_SIZE_WRONG';
  readonly grams: bigint;
  readonly leastGrams: bigint;
  readonly mostGrams: bigint;
};

/** What the grams cost, rounded half up once. Refuses what the product does not sell and what would cost nothing. */
export function priceOf(grams: bigint, limits: OrderLimits): Result<bigint, SizeRefusal> {
  const { leastGrams, mostGrams, priceFenPerKg } = limits;
  const amountFen =
    grams < leastGrams || grams > mostGrams ? 0n : divideHalfUp(grams * priceFenPerKg, GRAMS_PER_KG);
  return amountFen > 0n ? ok(amountFen) : refuse({ code: 'ORDER_SIZE_WRONG', grams, leastGrams, mostGrams });
}

/** A card number as it is indexed: no spaces or hyphens, capital letters. Undefined when it is no card number. */
export function readCardNumber(text: string): string | undefined {
  const number = text.replace(/[\s-]/g, '').toUpperCase();
  return CARD_NUMBER.test(number) ? number : undefined;
}

/** An order draws from at most so many suppliers, so that each of them gets an amount worth paying. */
export const SUPPLIERS_MAX = 20;
