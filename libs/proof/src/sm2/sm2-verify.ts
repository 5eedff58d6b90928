import { weierstrassN, type WeierstrassPoint } from '@noble/curves/abstract/weierstrass';

import { concat, fromHex, toHex, type Bytes } from '../bytes';
import { readSignature } from './der-signature';
import { sm3 } from './sm3';

const hex = (number: bigint): string => number.toString(16).padStart(64, '0');

/** The curve of GB/T 32918.5, which OpenSSL calls SM2. */
const CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};
const Point = weierstrassN(CURVE);
const N = CURVE.n;

export const SM2_KEY_BYTES = 65;
/** Whoever signs says for whom; here it is nobody: two bytes for a length of no bits. */
const NO_ID = Uint8Array.of(0, 0);

/** Checks signatures of one key: SM2 with SM3 for the empty distinguishing id, in DER. Undefined for no key. */
export function sm2Verifier(publicKey: Bytes): ((message: Bytes, signature: Bytes) => boolean) | undefined {
  const key = pointOf(publicKey);
  if (!key) return undefined;
  const { a, b, Gx, Gy } = CURVE;
  const curveAndKey = fromHex([a, b, Gx, Gy].map(hex).join('') + toHex(publicKey.subarray(1)));
  const signer = sm3(concat(NO_ID, curveAndKey));
  return (message, signature) => {
    const [r, s] = readSignature(signature) ?? [0n, 0n];
    if (r < 1n || r >= N || s < 1n || s >= N) return false;
    const t = (r + s) % N;
    if (t === 0n) return false;
    const digest = BigInt(`0x${toHex(sm3(concat(signer, message)))}`);
    const point = Point.BASE.multiplyUnsafe(s).add(key.multiplyUnsafe(t));
    return !point.is0() && (digest + point.toAffine().x) % N === r;
  };
}

/** An uncompressed point of the curve: 04, and its two coordinates. */
function pointOf(bytes: Bytes): WeierstrassPoint<bigint> | undefined {
  if (bytes.length !== SM2_KEY_BYTES || bytes[0] !== 0x04) return undefined;
  try {
    return Point.fromHex(bytes);
  } catch {
    return undefined;
  }
}
