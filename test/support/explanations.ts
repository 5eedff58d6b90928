type Fraction = readonly [top: bigint, bottom: bigint];

const NUMBER = String.raw`\d+(?:\.\d+)?`;
const DIFFERENCE = new RegExp(`^${NUMBER} − ${NUMBER}$`);

function fraction(text: string): Fraction {
  const [whole = '0', decimals = ''] = text.split('.');
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
}

const minus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d - c * b, b * d];
const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d];
const over = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d, b * c];

/** Numbers with × ÷ − and brackets, from the left, as at school. */
function reckon(text: string): Fraction {
  const tokens = text.match(new RegExp(`${NUMBER}|[×÷−()]`, 'g')) ?? [];
  const value = (): Fraction => {
    const token = tokens.shift();
    if (token !== '(') return fraction(token ?? 'x');
    const inside = sum();
    tokens.shift();
    return inside;
  };
  const product = (): Fraction => {
    let left = value();
    while (tokens[0] === '×' || tokens[0] === '÷')
      left = tokens.shift() === '×' ? times(left, value()) : over(left, value());
    return left;
  };
  const sum = (): Fraction => {
    let left = product();
    while (tokens[0] === '−') {
      tokens.shift();
      left = minus(left, product());
    }
    return left;
  };
  return sum();
}

/**
 * Does a printed explanation again, as whoever reads it would: reckons what stands left of the equals sign, rounds half
 * up to fen, adds the remainder that is named. Knows nothing of how the sentence was made. Throws where the sentence says
 * another amount.
 */
export function amountOfExplanation(text: string): bigint {
  const at = text.lastIndexOf('=');
  const left = text
    .slice(0, at)
    .replaceAll('（', '(')
    .replaceAll('）', ')')
    .replaceAll(/\(([^()]*)\)/g, (whole, inside: string) => (DIFFERENCE.test(inside) ? whole : ''));
  const [top, bottom] = reckon(left);
  const product = (2n * top * 100n + bottom) / (2n * bottom);
  const [amount, remainder] = text.slice(at + 1).match(/[+-]?\d+\.\d\d/g) ?? [];
  const fen = (yuan: string): bigint => BigInt(yuan.replace('.', '').replace('+', ''));
  const told = product + (remainder === undefined ? 0n : fen(remainder));
  if (amount === undefined || told !== fen(amount)) throw new Error(`${text} is ${told} fen`);
  return told;
}
