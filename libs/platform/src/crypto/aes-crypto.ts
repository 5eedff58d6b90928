import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

import { invariant, present } from '@app/kernel';
import { Crypto, type SealPurpose } from './crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface CryptoKeys {
  /** The key new values are sealed with. */
  readonly sealKeyId: string;
  /** 32-byte keys by id; old ones stay so that old values open. */
  readonly sealKeys: ReadonlyMap<string, Buffer>;
  readonly indexKey: Buffer;
}

/** Layout of a sealed value: key id length (1) · key id · nonce (12) · tag (16) · ciphertext. */
export class AesCrypto extends Crypto {
  constructor(private readonly keys: CryptoKeys) {
    super();
    invariant(keys.indexKey.length === 32, 'the index key has 32 bytes');
    for (const key of keys.sealKeys.values()) invariant(key.length === 32, 'a seal key has 32 bytes');
  }

  seal(purpose: SealPurpose, plaintext: string): Buffer {
    const { sealKeyId, sealKeys } = this.keys;
    const key = present(sealKeys.get(sealKeyId), `seal key ${sealKeyId} is configured`);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
    const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
    const id = Buffer.from(sealKeyId);
    return Buffer.concat([Buffer.from([id.length]), id, nonce, cipher.getAuthTag(), body]);
  }

  open(purpose: SealPurpose, sealed: Buffer): string {
    const idEnd = 1 + (sealed[0] ?? 0);
    const keyId = sealed.subarray(1, idEnd).toString();
    const key = present(this.keys.sealKeys.get(keyId), `seal key ${keyId} is configured`);
    const nonceEnd = idEnd + NONCE_BYTES;
    const tagEnd = nonceEnd + TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(idEnd, nonceEnd))
      .setAAD(Buffer.from(purpose))
      .setAuthTag(sealed.subarray(nonceEnd, tagEnd));
    return decipher.update(sealed.subarray(tagEnd), undefined, 'utf8') + decipher.final('utf8');
  }

  blindIndex(purpose: SealPurpose, plaintext: string): Buffer {
    return createHmac('sha256', this.keys.indexKey).update(`${purpose}\u0000${plaintext}`).digest();
  }
}
