import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

import { invariant } from '@app/kernel';

interface Cost {
  /** Binary logarithm of N. */
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** What new passwords cost: 32 MiB and some tenths of a second of one core (OWASP's N=2^15, r=8, p=3). */
const COST: Cost = { ln: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const HASH = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

/**
 * `$scrypt$ln=15,r=8,p=3$<salt>$<hash>`, base64 without padding. The text says how it was made, so the cost can
 * be raised without asking anybody for a new password.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  return `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** True when the password is the hashed one. Throws when the text is no hash of ours: that is a bug, not a guess. */
export async function verifyPassword(password: string, hashed: string): Promise<boolean> {
  const match = HASH.exec(hashed);
  invariant(match !== null, 'a stored password hash says how it was made');
  const [, ln, r, p, salt = '', hash = ''] = match;
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, 'base64'), cost);
  return timingSafeEqual(derived, Buffer.from(hash, 'base64'));
}

let decoy: Promise<string> | undefined;

/** The hash of a password nobody knows. An unknown user is checked against it, so that the answer takes as long. */
export const decoyHash = (): Promise<string> => (decoy ??= hashPassword(randomBytes(32).toString('base64')));

/** NFKC: the same password typed with full-width letters or another input method is the same password. */
function derive(password: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> {
  const cost = 2 ** ln;
  const options: ScryptOptions = { cost, blockSize: r, parallelization: p, maxmem: 256 * cost * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
