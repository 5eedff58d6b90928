import { holdsIdOrPhone } from '@app/kernel';
import { isAccountPath, isMemo, REFERENCE_MAX } from '@app/ledger';
import type { BodyRefusal } from './body-reader';

interface Rule {
  readonly fits: (text: string) => boolean;
  readonly code: BodyRefusal['code'];
  readonly expected: string;
}

export const ACCOUNT: Rule = {
  fits: isAccountPath,
  code: 'ACCOUNT_MALFORMED',
  expected: 'lower-case segments of a-z, 0-9 and - joined by /, at most 200 characters',
};

const ASSET_CODE = /^[A-Z][A-Z0-9]{1,15}(?:\/[a-z0-9.-]{1,64})?$/;

export const ASSET: Rule = {
  fits: (text) => ASSET_CODE.test(text),
  code: 'ASSET_MALFORMED',
  expected: 'an asset code such as CNY',
};

const KIND_NAME = /^[a-z][a-z.-]{0,79}$/;

export const KIND: Rule = {
  fits: (text) => KIND_NAME.test(text),
  code: 'KIND_MALFORMED',
  expected: 'an entry kind such as transfer',
};

export const MEMO: Rule = {
  fits: isMemo,
  code: 'MEMO_MALFORMED',
  expected: '1 to 64 of a-z, 0-9, . and -',
};

/**
 * No control characters and no halves of characters: PostgreSQL stores neither. Nobody's ID number or phone either:
 * what is in an entry stays there for good.
 */
export const REFERENCE: Rule = {
  fits: (text) =>
    text !== '' && text.length <= REFERENCE_MAX && !/[\p{Cc}\p{Cs}]/u.test(text) && !holdsIdOrPhone(text),
  code: 'REFERENCE_MALFORMED',
  expected: `1 to ${REFERENCE_MAX} printable characters, without an ID number or a phone`,
};
