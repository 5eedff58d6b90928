import { AdoptRideFactor, AdoptSplitRule, OpenProduct } from '@app/cards';
import type { Refusal, Result } from '@app/kernel';
import type { Tx } from '@app/platform';

export const PRODUCT = 'bus-1';

/** What of a county it takes to open its market. */
interface County {
  get<Service>(service: abstract new (...args: never[]) => Service): Service;
  done<T, R extends Refusal>(work: (tx: Tx) => Promise<Result<T, R>>): Promise<T>;
}

/** A card product on sale, with the rule that splits its money and what a kilometre of a ride takes. */
export async function openMarket(county: County): Promise<void> {
  await county.done((tx) =>
    county.get(OpenProduct).execute(tx, {
      code: PRODUCT,
      name: '零碳公交卡',
      form: 'bus',
      priceFenPerKg: 100n,
      leastGrade: 'G1',
      leastGrams: 100n,
      mostGrams: 1_000_000_000n,
      holdMinutes: 15,
      windowDays: 7,
      termDays: 365,
    }),
  );
  await county.done((tx) =>
    county.get(AdoptSplitRule).execute(tx, {
      validFrom: '2026-01-01',
      afforestationPpm: 400_000n,
      suppliersPpm: 450_000n,
      feePpm: 90_000n,
      taxPpm: 54_000n,
      channelPpm: 6_000n,
      refundReservePpm: 100_000n,
      source: '示例',
    }),
  );
  await county.done((tx) =>
    county.get(AdoptRideFactor).execute(tx, { validFrom: '2026-01-01', gramsPerKm: 35n, source: '示例' }),
  );
}
