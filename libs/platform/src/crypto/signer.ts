import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';

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
/** What stands before the 32 bytes of a private key of SM2: the curve's number, and no public key. */
const PKCS8_SM2 = Buffer.from(
  '3041020100301306072a8648ce3d020106082a811ccf5501822d042730250201010420',
  'hex',
);
/** The order of the group less one: a private key is smaller (GB/T 32918.1). */
const SM2_KEY_LIMIT = Buffer.from('fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122', 'hex');

/**
 * SM2 with SM3 (GB/T 32918) by the OpenSSL that Node carries, from 32 secret bytes. It signs for the empty
 * distinguishing id and writes signatures in DER; whoever verifies elsewhere says the same id.
 */
export class Sm2Signer extends Signer {
  readonly algorithm = 'sm2-sm3';
  readonly publicKey: Uint8Array;
  readonly #key: KeyObject;

  constructor(secret: Buffer) {
    super();
    const isKey = secret.length === SEED_BYTES && secret.some((byte) => byte !== 0);
    invariant(
      isKey && secret.compare(SM2_KEY_LIMIT) < 0,
      'an SM2 key is a number of the group: make another',
    );
    // Read from DER: a key that was generated in the process would be used for ECDSA on the same curve instead.
    const der = Buffer.concat([PKCS8_SM2, secret]);
    this.#key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    this.publicKey = pointOf(this.#key, SM2_POINT_BYTES);
  }

  sign(message: Uint8Array): Uint8Array {
    return sign('sm3', message, this.#key);
  }
}

/** Both algorithms' public keys are the last bytes of their SPKI. */
const pointOf = (key: KeyObject, bytes: number): Uint8Array =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-bytes);

/** By the names that the environment has for them. */
const SIGNERS = { ed25519: Ed25519Signer, sm2: Sm2Signer };
export type CheckpointAlgorithm = keyof typeof SIGNERS;
export const CHECKPOINT_ALGORITHMS = Object.keys(SIGNERS) as readonly CheckpointAlgorithm[];

export const signerOf = (algorithm: CheckpointAlgorithm, secret: Buffer): Signer =>
  new SIGNERS[algorithm](secret);
