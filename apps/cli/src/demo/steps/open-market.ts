import type { Staff } from '../staff';

/** The product on sale, how its money is split, and what a kilometre by bus is reckoned to emit. */
export async function openMarket(staff: Staff, book: string): Promise<void> {
  await staff.cardOperator.post(`/books/${book}/card-split-rules`, {
    validFrom: '2026-01-01',
    afforestationPpm: 400_000,
    suppliersPpm: 450_000,
    feePpm: 90_000,
    taxPpm: 54_000,
    channelPpm: 6_000,
    refundReservePpm: 100_000,
    source: '示例',
  });
  await staff.cardOperator.post(`/books/${book}/ride-factors`, {
    validFrom: '2026-01-01',
    gramsPerKm: '70',
    source: '示例系数，非核定值',
  });
  await staff.cardOperator.post(`/books/${book}/card-products`, {
    code: 'zero-carbon-bus',
    name: '零碳公交卡',
    priceFenPerKg: '12',
    leastGrade: 'G1',
    windowDays: 7,
    termDays: 365,
    holdMinutes: 30,
  });
}
