import { splitByLargestRemainder } from '@app/kernel';
import type { MoneyFacts } from './statement.rules';

/** An order's money as a certificate tells of it: split already, or as its rule will split it. */
export interface OrderMoney {
  readonly suppliersFen: bigint;
  readonly afforestationFen: bigint;
  readonly chargesFen: bigint;
  readonly suppliersPaid: boolean;
}

/**
 * The part of an order's money that belongs to the certified grams. The three terms make exactly that part,
 * by largest remainder.
 */
export function certifiedMoney(order: OrderMoney, certifiedGrams: bigint, keptGrams: bigint): MoneyFacts {
  const { suppliersFen, afforestationFen, chargesFen, suppliersPaid } = order;
  const total = suppliersFen + afforestationFen + chargesFen;
  const [part = 0n] = splitByLargestRemainder(total, [certifiedGrams, keptGrams - certifiedGrams]);
  const [suppliers = 0n, afforestation = 0n, charges = 0n] = splitByLargestRemainder(part, [
    suppliersFen,
    afforestationFen,
    chargesFen,
  ]);
  return { suppliersFen: suppliers, suppliersPaid, afforestationFen: afforestation, chargesFen: charges };
}
