import type {
  ChangeFloorRefusal,
  CloseAccountRefusal,
  ClosePeriodRefusal,
  EndHoldRefusal,
  OpenAccountRefusal,
  PostingRefusal,
  ReopenPeriodRefusal,
} from '@app/ledger';
import type { RefusalPresentation } from '../http';
import { DATABASE_AWAY } from '../http/unknown-outcome';
import type { BodyRefusal } from './body-reader';

type Code =
  | (
      | BodyRefusal
      | ChangeFloorRefusal
      | CloseAccountRefusal
      | ClosePeriodRefusal
      | EndHoldRefusal
      | OpenAccountRefusal
      | PostingRefusal
      | ReopenPeriodRefusal
    )['code']
  | 'DATABASE_AWAY'
  | 'ENTRY_UNKNOWN'
  | 'LINE_BROKE';

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
  BACKDATED_BALANCE_INSUFFICIENT: {
    status: 409,
    detail: 'The account would have had too little at `at`: `missing` more would do.',
  },
  BALANCE_INSUFFICIENT: { status: 409, detail: 'The account has too little: `missing` more would do.' },
  BALANCE_NOT_ZERO: { status: 409, detail: 'Only an empty account can be closed.' },
  BALANCE_TOO_LARGE: { status: 409, detail: 'The account has turned over all that is counted exactly.' },
  BATCH_TOO_LARGE: malformed(
    'A batch has at most 1,000 entries and 4,000 postings: split it, or send lines.',
  ),
  BODY_NOT_JSON: { status: 400, detail: 'The body is not valid JSON. Send one JSON object.' },
  BODY_NOT_OBJECT: malformed('A JSON object belongs here.'),
  CONDITION_FAILED: { status: 409, detail: 'A condition of the entry is not so: the account has `actual`.' },
  CONDITION_MALFORMED: malformed('A condition names an account and one thing that must be so.'),
  CONDITIONS_MALFORMED: malformed('Conditions are a list of 1 to 100.'),
  DATABASE_AWAY: { status: 503, detail: DATABASE_AWAY },
  DEBIT_OR_CREDIT: malformed('A posting has either a debit or a credit.'),
  EFFECTIVE_IN_FUTURE: { status: 409, detail: 'An entry counts at most five minutes from now: `latest`.' },
  ENTRIES_MALFORMED: malformed('A batch has a list of 1 to 1,000 entries.'),
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
  KIND_MALFORMED: malformed('A kind of entry is a word such as transfer.'),
  KIND_NOT_ALLOWED: { status: 403, detail: 'Entries of this kind come from their own operation only.' },
  KIND_UNKNOWN: malformed('There is no such kind of entry.'),
  LINE_BROKE: {
    status: 500,
    detail: 'Something broke on our side and this line is not decided. Send the same request again.',
  },
  LINE_NOT_TEXT: malformed('The line is not UTF-8.'),
  LINE_TOO_LONG: malformed('The line is longer than 512 KiB.'),
  LANE_FULL: {
    status: 503,
    detail:
      'Too much waits for this book. Nothing was done: send the same request after `retryAfterSeconds`.',
  },
  MEMO_MALFORMED: malformed('A memo is a code of 1 to 64 of a-z, 0-9, . and -.'),
  MODE_UNKNOWN: malformed('The mode of a batch is atomic or continue.'),
  PERIOD_CLOSED: { status: 409, detail: 'Nothing counts any more up to and including `closedUntil`.' },
  PERIOD_ENDS_TOO_EARLY: { status: 409, detail: 'A period ends after the one before: `closedUntil`.' },
  PERIOD_NOT_LAST: { status: 409, detail: 'Only the last period is reopened.' },
  PERIOD_ENDS_TOO_LATE: { status: 409, detail: 'A period is closed when it is over: it is `now`.' },
  PERIOD_REOPENED: { status: 409, detail: 'The period has been reopened before.' },
  PERIOD_UNKNOWN: { status: 404, detail: 'There is no such period in the book.' },
  POSTINGS_MALFORMED: malformed('An entry has a list of 2 to 1,000 postings.'),
  POSTINGS_TOO_MANY: malformed('An entry has at most 1,000 postings over HTTP: make several entries.'),
  REFERENCE_MALFORMED: malformed('A reference is 1 to 200 printable characters.'),
  REOPENING_NOT_ASKED: { status: 409, detail: 'Somebody asks for the reopening first.' },
  REVERSAL_EXCEEDS: {
    status: 409,
    detail: 'Reversals together may not take back more than the entry moved.',
  },
  REVERSAL_OF_REVERSAL: { status: 409, detail: 'A reversal is not reversed: post the original again.' },
  REVERSAL_UNKNOWN: { status: 404, detail: 'There is no such entry to reverse in the book.' },
  SAME_PERSON: { status: 403, detail: 'Whoever asked for the reopening does not do it.' },
  SIDE_UNKNOWN: malformed('The side is debit or credit.'),
};
