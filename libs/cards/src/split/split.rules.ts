import { splitByLargestRemainder } from '@app/kernel';

/** Shares of the money in millionths of it, as a dated rule states them. The five shares make 1,000,000. */
export interface SplitRule {
  readonly version: number;
  readonly afforestationPpm: bigint;
  readonly suppliersPpm: bigint;
  readonly feePpm: bigint;
  readonly taxPpm: bigint;
  readonly channelPpm: bigint;
  /** Millionths of the fee that are set aside for refunds after the split. */
  readonly refundReservePpm: bigint;
}

/** The five terms (rules.md 5), in fen. They sum to the amount exactly. */
export interface SplitTerms {
  readonly afforestationFen: bigint;
  readonly suppliersFen: bigint;
  readonly feeFen: bigint;
  readonly taxFen: bigint;
  readonly channelFen: bigint;
}

/** Grams of one supplier that stay sold. */
export interface SuppliedGrams {
  readonly party: string;
  readonly grams: bigint;
  /** A state forest unit: its part is non-tax revenue (rules.md 4). */
  readonly stateForest: boolean;
}

export interface SupplierPart {
  readonly party: string;
  readonly grams: bigint;
  readonly amountFen: bigint;
  readonly nontax: boolean;
}

export interface MoneySplit extends Omit<SplitTerms, 'suppliersFen'> {
  /** What goes to suppliers, without the state forest units' part. */
  readonly suppliersFen: bigint;
  readonly nontaxFen: bigint;
  /** Of the fee. */
  readonly reserveFen: bigint;
  readonly parts: readonly SupplierPart[];
}

const MILLION = 1_000_000n;

/** Splits money into the five terms by largest remainder; ties go to the term named first. */
export function splitTerms(amountFen: bigint, rule: SplitRule): SplitTerms {
  const [afforestationFen, suppliersFen, feeFen, taxFen, channelFen] = splitByLargestRemainder(amountFen, [
    rule.afforestationPpm,
    rule.suppliersPpm,
    rule.feePpm,
    rule.taxPpm,
    rule.channelPpm,
  ]) as [bigint, bigint, bigint, bigint, bigint];
  return { afforestationFen, suppliersFen, feeFen, taxFen, channelFen };
}

/**
 * Splits an order's money: the terms, then the suppliers' term by grams, largest remainder again. Suppliers are
 * taken in the order of their ids, so that the same order splits the same way wherever it is reckoned.
 */
export function splitMoney(
  amountFen: bigint,
  rule: SplitRule,
  suppliers: readonly SuppliedGrams[],
): MoneySplit {
  const terms = splitTerms(amountFen, rule);
  const inOrder = [...suppliers].sort((a, b) => (a.party < b.party ? -1 : 1));
  const amounts = splitByLargestRemainder(
    terms.suppliersFen,
    inOrder.map(({ grams }) => grams),
  );
  const parts = inOrder.map(({ party, grams, stateForest }, index) => ({
    party,
    grams,
    amountFen: amounts[index] ?? 0n,
    nontax: stateForest,
  }));
  const nontaxFen = sumFen(parts.filter(({ nontax }) => nontax));
  return {
    ...terms,
    suppliersFen: terms.suppliersFen - nontaxFen,
    nontaxFen,
    reserveFen: (terms.feeFen * rule.refundReservePpm) / MILLION,
    parts,
  };
}

/** Money of an order that belongs to the grams that stay, when the others are given back. */
export const keptMoney = (amountFen: bigint, keptGrams: bigint, returnedGrams: bigint): bigint =>
  splitByLargestRemainder(amountFen, [keptGrams, returnedGrams])[0] ?? 0n;

const sumFen = (parts: readonly SupplierPart[]): bigint =>
  parts.reduce((sum, { amountFen }) => sum + amountFen, 0n);
