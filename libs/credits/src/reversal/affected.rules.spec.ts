import { affectedOf } from './affected.rules';
import type { ShareLoss } from './loss.rules';

const block = (place: string, first: number, last: number) => ({
  ...{ id: `${place} ${first}`, issuance: 'i', code: 'c', issuedAt: new Date(0), party: 'a', place },
  ...{ first: BigInt(first), last: BigInt(last) },
});
/** A parcel's part: serials 11 to 60 of its party's run. */
const share = (lostGrams: number): ShareLoss => ({
  ...{
    issuance: 'i',
    code: 'c',
    grade: 'G1',
    issuedAt: new Date(0),
    measurement: 'm',
    parcel: 'p',
    party: 'a',
  },
  ...{ areaMu100: 1n, first: 11n, grams: 50n, lostBefore: 0n, leftGrams: 50n, lostGrams: BigInt(lostGrams) },
});
const BLOCKS = [
  block('retired/x', 1, 20),
  block('card/x', 21, 25),
  block('reserved-grams/o', 26, 30),
  block('holding/a', 31, 45),
  block('cancelled/refund-after-split', 46, 47),
  block('cancelled/reversal-e', 48, 50),
  block('buffer/c', 51, 70),
];
const told = (lostGrams: number, before: { first: bigint; last: bigint }[] = []) =>
  affectedOf(share(lostGrams), BLOCKS, before).map(({ first, last, fate }) => `${fate} ${first}-${last}`);

describe('the lost serials of a share', () => {
  it('are those nobody has bought, the lowest first', () => {
    expect(told(10)).toEqual(['cancelled 31-40']);
    expect(told(20)).toEqual(['cancelled 31-45', 'cancelled 51-55']);
  });

  it('are sold ones only when all others are lost, what is retired last', () => {
    expect(told(27)).toEqual(['cancelled 31-45', 'cancelled 51-60', 'void 46-47']);
    expect(told(45)).toEqual([
      ...['cancelled 31-45', 'cancelled 51-60', 'void 46-47'],
      ...['owed 26-30', 'owed 21-25', 'owed 48-50', 'owed 11-15'],
    ]);
  });

  it('lie inside the run of the parcel and were not lost before', () => {
    expect(told(50).at(-1)).toBe('owed 11-20');
    expect(told(10, [{ first: 33n, last: 60n }])).toEqual(['cancelled 31-32', 'owed 26-30', 'owed 21-23']);
  });

  it('are never more than there are', () => {
    expect(() => told(51)).toThrow(/no more than is left/);
  });
});
