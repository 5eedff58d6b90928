import { isDay, ok, refuse, type Result } from '@app/kernel';
import type { MarketRefusal } from '../cards.refusals';
import type { Product } from './product.store';
import type { RideFactor } from './ride-factor.store';
import type { SplitRuleDraft } from './split-rule.store';

const CODE = /^[a-z0-9][a-z0-9-]{0,39}$/;
const MILLION = 1_000_000n;
const PRICE_MAX_FEN = 100_000_000n;
const GRAMS_MAX = 1_000_000_000_000n;
const FACTOR_MAX = 100_000n;

type Broken<Code extends string> = { code: Code; field: string; expected: string };

const within = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

/** Checks a product's terms. Names the first field that is wrong and what would be right. */
export function checkProduct(
  product: Product,
): Result<Product, Extract<MarketRefusal, Broken<'PRODUCT_FIELD_WRONG'>>> {
  const { leastGrams, mostGrams } = product;
  const rules: readonly [keyof Product, boolean, string][] = [
    ['code', CODE.test(product.code), CODE.source],
    [
      'leastGrade',
      product.leastGrade !== 'G3',
      'G1 or G2: certified units are retired in the national registry only',
    ],
    ['name', product.name.trim().length > 0 && product.name.length <= 80, '1 to 80 characters'],
    [
      'priceFenPerKg',
      product.priceFenPerKg > 0n && product.priceFenPerKg <= PRICE_MAX_FEN,
      `1 to ${PRICE_MAX_FEN}`,
    ],
    ['leastGrams', leastGrams > 0n && leastGrams <= mostGrams, '1 to mostGrams'],
    ['mostGrams', mostGrams <= GRAMS_MAX, `at most ${GRAMS_MAX}`],
    ['holdMinutes', within(product.holdMinutes, 1, 1_440), '1 to 1440'],
    ['windowDays', within(product.windowDays, 1, 90), '1 to 90'],
    ['termDays', within(product.termDays, product.windowDays + 1, 3_660), 'windowDays + 1 to 3660'],
  ];
  const broken = rules.find(([, holds]) => !holds);
  return broken
    ? refuse({ code: 'PRODUCT_FIELD_WRONG', field: broken[0], expected: broken[2] })
    : ok(product);
}

/** Checks that the five shares make one whole and that the rule says where it comes from. */
export function checkSplitRule(
  draft: SplitRuleDraft,
): Result<SplitRuleDraft, Extract<MarketRefusal, Broken<'SPLIT_RULE_WRONG'>>> {
  const shares = [draft.afforestationPpm, draft.suppliersPpm, draft.feePpm, draft.taxPpm, draft.channelPpm];
  const rules: readonly [string, boolean, string][] = [
    ['validFrom', isDay(draft.validFrom), 'a day, YYYY-MM-DD'],
    ['shares', shares.every((share) => share >= 0n), 'none below 0'],
    ['shares', shares.reduce((sum, share) => sum + share, 0n) === MILLION, 'a sum of 1000000 ppm'],
    ['refundReservePpm', draft.refundReservePpm >= 0n && draft.refundReservePpm <= MILLION, '0 to 1000000'],
    ['source', isSource(draft.source), '1 to 200 characters'],
  ];
  const broken = rules.find(([, holds]) => !holds);
  return broken ? refuse({ code: 'SPLIT_RULE_WRONG', field: broken[0], expected: broken[2] }) : ok(draft);
}

export function checkRideFactor(
  factor: RideFactor,
): Result<RideFactor, Extract<MarketRefusal, Broken<'RIDE_FACTOR_WRONG'>>> {
  const rules: readonly [string, boolean, string][] = [
    ['validFrom', isDay(factor.validFrom), 'a day, YYYY-MM-DD'],
    ['gramsPerKm', factor.gramsPerKm > 0n && factor.gramsPerKm <= FACTOR_MAX, `1 to ${FACTOR_MAX}`],
    ['source', isSource(factor.source), '1 to 200 characters'],
  ];
  const broken = rules.find(([, holds]) => !holds);
  return broken ? refuse({ code: 'RIDE_FACTOR_WRONG', field: broken[0], expected: broken[2] }) : ok(factor);
}

const isSource = (text: string): boolean => text.trim().length > 0 && text.length <= 200;
