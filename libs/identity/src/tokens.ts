import { hash, randomBytes, randomInt } from 'node:crypto';

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const CODES = 1_000_000;

/** 256 random bits, base64url. Only its digest is ever stored. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

export const isToken = (text: string): boolean => TOKEN.test(text);

/** A token has 256 bits of its own, so a plain SHA-256 cannot be searched backwards. */
export const digestOf = (text: string): Buffer => hash('sha256', text, 'buffer');

/** Six digits, each code as likely as any other. */
export const newCode = (): string => String(randomInt(CODES)).padStart(6, '0');
