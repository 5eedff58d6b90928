/** Sums a list's grams. */
export const sumGrams = (items: Iterable<{ readonly grams: bigint }>): bigint => {
  let sum = 0n;
  for (const { grams } of items) sum += grams;
  return sum;
};
