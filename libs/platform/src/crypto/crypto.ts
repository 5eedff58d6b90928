/** Where a sealed value lives. A value sealed for one place does not open in another. */
export type SealPurpose =
  'party.id-number' | 'party.phone' | 'bank-account.number' | 'user.phone' | 'card.number' | 'lien.account';

/** The crypto port: AES-256-GCM and HMAC-SHA-256 today, SM4 and SM3 behind the same two doors tomorrow. */
export abstract class Crypto {
  /** Encrypts with a fresh nonce; the key's id travels in the result. */
  abstract seal(purpose: SealPurpose, plaintext: string): Buffer;
  /** Throws when the value was tampered with, moved from another purpose, or its key is not at hand. */
  abstract open(purpose: SealPurpose, sealed: Buffer): string;
  /** A keyed 32-byte digest for equality search: equal plaintexts of one purpose have equal indexes. */
  abstract blindIndex(purpose: SealPurpose, plaintext: string): Buffer;
}
