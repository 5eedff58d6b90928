import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

import { invariant } from '@app/kernel';

export type SignatureAlgorithm = 'ed25519' | 'sm2-sm3';

/** The signing half of the crypto port: what others verify with the public key alone. */
export abstract class Signer {
  abstract readonly algorithm: SignatureAlgorithm;
  /** As the algorithm's own standard writes it: 32 bytes (RFC 8032), or an uncompressed point of 65. */
  abstract readonly publicKey: Uint8Array;
  abstract sign(message: Uint8Array): Uint8Array;
}

const SEED_BYTES = 32;
/** What RFC 8410 puts before the 32 bytes of a private key. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Ed25519 from 32 secret bytes. */
export class Ed25519Signer extends Signer {
  readonly algorithm = 'ed25519';
  readonly publicKey: Uint8Array;
  readonly #key: KeyObject;

  constructor(seed: Buffer) {
    super();
    invariant(seed.length === SEED_BYTES, 'a signing key has 32 bytes');
    const der = Buffer.concat([PKCS8_ED25519, seed]);
    this.#key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    this.publicKey = pointOf(this.#key, SEED_BYTES);
  }

  sign(message: Uint8Array): Uint8Array {
    return sign(null, message, this.#key);
  }
}

const SM2_POINT_BYTES = 65;
/** What stands before the point in the SPKI of an SM2 key: id-ecPublicKey, the curve's number, a bit string. */
const SPKI_SM2 = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex');

/**
 * SM2 with SM3 (GB/T 32918) by the OpenSSL that Node carries. It signs for the empty distinguishing id and writes
 * signatures in DER; whoever verifies elsewhere says the same id.
 */
export class Sm2Signer extends Signer {
  readonly algorithm = 'sm2-sm3';
  readonly publicKey: Uint8Array;
  readonly #key: KeyObject;

  /** @param pkcs8 DER; a key generated in the process would be used for ECDSA on the same curve instead */
  constructor(pkcs8: Buffer) {
    super();
    this.#key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    const spki = createPublicKey(this.#key).export({ format: 'der', type: 'spki' });
    invariant(spki.indexOf(SPKI_SM2) === 0, 'the key lies on the curve SM2');
    this.publicKey = pointOf(this.#key, SM2_POINT_BYTES);
  }

  sign(message: Uint8Array): Uint8Array {
    return sign('sm3', message, this.#key);
  }
}

/** Both algorithms' public keys are the last bytes of their SPKI. */
const pointOf = (key: KeyObject, bytes: number): Uint8Array =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-bytes);

export function isSm2Signature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const spki = Buffer.concat([SPKI_SM2, publicKey]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verify('sm3', message, key, signature);
}
