import { toHex, type Bytes } from '../bytes';

const [SEQUENCE, INTEGER] = [0x30, 0x02];
/** Two numbers of 256 bits with their heads fit a length of one byte. */
const LENGTH_MAX = 0x7f;

/** The two numbers of a signature in DER. Undefined for every spelling but the one that DER has. */
export function readSignature(der: Bytes): readonly [bigint, bigint] | undefined {
  if (der[0] !== SEQUENCE || der.length < 2 || der.length - 2 > LENGTH_MAX) return undefined;
  if (der[1] !== der.length - 2) return undefined;
  const first = readInteger(der.subarray(2));
  const second = first && readInteger(first.rest);
  return second?.rest.length === 0 ? [first!.value, second.value] : undefined;
}

function readInteger(der: Bytes): { readonly value: bigint; readonly rest: Bytes } | undefined {
  const length = der[1] ?? 0;
  const bytes = der.subarray(2, 2 + length);
  const [head = 0x80, next = 0] = bytes;
  // Nothing negative, and no zero in front but the one that keeps a number from being so.
  const isShortest = head < 0x80 && (head !== 0 || length === 1 || next >= 0x80);
  if (der[0] !== INTEGER || length === 0 || bytes.length !== length || !isShortest) return undefined;
  return { value: BigInt(`0x${toHex(bytes)}`), rest: der.subarray(2 + length) };
}
