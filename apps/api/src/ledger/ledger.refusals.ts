import type { CloseAccountRefusal, EndHoldRefusal, OpenAccountRefusal } from '@app/ledger';
import type { RefusalPresentation } from '../http';
import type { BodyRefusal } from './body-reader';

type Code =
  (BodyRefusal | CloseAccountRefusal | EndHoldRefusal | OpenAccountRefusal)['code'] | 'ENTRY_UNKNOWN';

const malformed = (detail: string): RefusalPresentation => ({ status: 422, detail });

/** A new refusal of the ledger does not compile until it has a status here. */
export const LEDGER_STATUS: Record<Code, RefusalPresentation> = {
  ACCOUNT_CLOSED: { status: 409, detail: 'The account is closed.' },
  ACCOUNT_EXISTS: { status: 409, detail: 'The account exists with another side or floor, or is closed.' },
  ACCOUNT_KIND_NOT_ALLOWED: { status: 403, detail: 'Entries of this kind may not touch this account.' },
  ACCOUNT_MALFORMED: malformed('An account is lower-case segments joined by slashes.'),
  ACCOUNT_PATH_RESERVED: { status: 403, detail: 'Accounts with this first segment open themselves.' },
  ACCOUNT_REPEATED: malformed('An entry names an account and asset once: add the amounts up.'),
  ACCOUNT_UNKNOWN: { status: 404, detail: 'There is no such account of this asset in the book.' },
  AMOUNT_MALFORMED: malformed(
    'An amount is a string of digits, without sign, point, exponent or leading zero.',
  ),
  AMOUNT_NOT_POSITIVE: malformed('The amount must be more than zero.'),
  AMOUNT_NOT_TEXT: malformed('An amount travels as a string: JSON numbers lose digits.'),
  AMOUNT_TOO_LARGE: malformed('The amount is larger than the ledger counts in one posting.'),
  ASSET_MALFORMED: malformed('An asset is a code such as CNY.'),
  ASSET_UNKNOWN: { status: 404, detail: 'There is no such asset in the book.' },
  BALANCE_INSUFFICIENT: { status: 409, detail: 'The account has too little: `missing` more would do.' },
  BALANCE_NOT_ZERO: { status: 409, detail: 'Only an empty account can be closed.' },
  BALANCE_TOO_LARGE: { status: 409, detail: 'The account has turned over all that is counted exactly.' },
  BODY_NOT_OBJECT: malformed('A JSON object belongs here.'),
  DEBIT_OR_CREDIT: malformed('A posting has either a debit or a credit.'),
  ENTRY_UNBALANCED: malformed('The debits and credits of an asset differ by `difference`.'),
  ENTRY_UNKNOWN: { status: 404, detail: 'There is no such entry in the book.' },
  FIELD_MALFORMED: malformed('A field is not as expected.'),
  FIELD_MISSING: malformed('A field is missing.'),
  FIELD_NOT_TEXT: malformed('A field must be a string.'),
  FIELD_UNKNOWN: malformed('There is a field that this address does not know.'),
  FLOOR_MALFORMED: malformed('A floor is null, or a string of digits that is zero or below.'),
  HOLD_AMOUNT_DIFFERS: { status: 409, detail: 'A hold ends with exactly the amount that is held.' },
  HOLD_AMOUNT_EXCEEDED: { status: 409, detail: 'More was asked for than is held.' },
  HOLD_ENDED: { status: 409, detail: 'The hold has ended before.' },
  HOLD_EXPIRED: { status: 409, detail: 'The time of the hold has run out.' },
  HOLD_NOT_EXPIRED: { status: 409, detail: 'The time of the hold has not run out.' },
  HOLD_NOT_OWNED: { status: 403, detail: 'The hold belongs to another part of the product, which ends it.' },
  HOLD_OPEN: { status: 409, detail: 'An amount held may still come back to the account.' },
  HOLD_UNKNOWN: { status: 404, detail: 'There is no such hold in the book.' },
  INSTANT_MALFORMED: malformed('An instant is ISO 8601 with its zone, to the millisecond at most.'),
  KEY_MALFORMED: {
    status: 400,
    detail: 'The Idempotency-Key has characters or a length that keys do not have.',
  },
  KEY_MISSING: { status: 400, detail: 'Send an Idempotency-Key, and the same one when you try again.' },
  KEY_REUSED: { status: 409, detail: 'The key was used before with another body; `field` differs.' },
  KIND_NOT_ALLOWED: { status: 403, detail: 'Entries of this kind come from their own operation only.' },
  KIND_UNKNOWN: malformed('There is no such kind of entry.'),
  MEMO_MALFORMED: malformed('A memo is a code of 1 to 64 of a-z, 0-9, . and -.'),
  POSTINGS_MALFORMED: malformed('An entry has a list of 2 to 2,000 postings.'),
  REFERENCE_MALFORMED: malformed('A reference is 1 to 200 printable characters.'),
  REVERSAL_EXCEEDS: {
    status: 409,
    detail: 'Reversals together may not take back more than the entry moved.',
  },
  REVERSAL_OF_REVERSAL: { status: 409, detail: 'A reversal is not reversed: post the original again.' },
  REVERSAL_UNKNOWN: { status: 404, detail: 'There is no such entry to reverse in the book.' },
  SIDE_UNKNOWN: malformed('The side is debit or credit.'),
};
