/** Decimal text as a fraction. */
function fraction(text: string): readonly [bigint, bigint] {
  const [whole = '0', decimals = ''] = text.split('.');
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
}

/**
 * Does a printed explanation again, as whoever reads it would: multiplies what stands left of the last equals sign,
 * rounds half up to fen, adds the remainder that is named. Knows nothing of how the sentence was made. Throws where the
 * sentence says another amount.
 */
export function amountOfExplanation(text: string): bigint {
  const at = text.lastIndexOf('=');
  const [left, right] = [text.slice(0, at), text.slice(at + 1)];
  let [top, bottom] = [1n, 1n];
  for (const factor of left.split('×')) {
    const [first, second] = (factor.match(/\d+(?:\.\d+)?/g) ?? []).map(fraction);
    if (!first) throw new Error(`no number in ${factor}`);
    const [value, scale] =
      second && factor.includes('−')
        ? [first[0] * second[1] - second[0] * first[1], first[1] * second[1]]
        : first;
    [top, bottom] = [top * value, bottom * scale];
  }
  const product = (2n * top * 100n + bottom) / (2n * bottom);
  const [amount, remainder] = right.match(/[+-]?\d+\.\d\d/g) ?? [];
  const fen = (yuan: string): bigint => BigInt(yuan.replace('.', '').replace('+', ''));
  const told = product + (remainder === undefined ? 0n : fen(remainder));
  if (amount === undefined || told !== fen(amount)) throw new Error(`${text} is ${told} fen`);
  return told;
}
