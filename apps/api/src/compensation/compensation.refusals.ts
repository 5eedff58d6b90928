import type { CompensationRefusal } from '@app/compensation';
import type { RefusalPresentation } from '../http';

/** How each refusal of the compensation lib looks over HTTP. */
export const COMPENSATION_STATUS: Record<CompensationRefusal['code'], RefusalPresentation> = {
  PROGRAMME_UNKNOWN: { status: 404, detail: 'There is no such programme in this book.' },
  PROGRAMME_EXISTS: { status: 409, detail: 'The book has a programme with this code.' },
  PROGRAMME_FIELD_WRONG: { status: 422, detail: 'A field is not as expected.' },
  STANDARD_OVERLAPS: { status: 409, detail: 'Another standard holds on some of these days.' },
  PROGRAMME_KIND_WRONG: { status: 422, detail: 'The programme does not reckon by this rule.' },
  CONTRACT_UNKNOWN: { status: 404, detail: 'There is no such contract in this book.' },
  CONTRACT_EXISTS: { status: 409, detail: 'The programme has a contract with this number.' },
  CONTRACT_STATE_WRONG: {
    status: 409,
    detail: 'The contract does not count: somebody else has to approve it.',
  },
  CONTRACT_RIGHT_UNKNOWN: { status: 422, detail: 'This holder has no such right to the parcel today.' },
  AREA_ABOVE: { status: 422, detail: 'This is more than there is.' },
  ACCEPTANCE_EXISTS: { status: 409, detail: 'This year of the contract has an acceptance.' },
  ACCEPTANCE_UNCONFIRMED: {
    status: 409,
    detail: 'Nothing is owed before the province has confirmed the acceptance: name its document.',
  },
  NOT_TENDED: { status: 409, detail: 'Whoever does not tend what was planted is not paid: reject it.' },
  TOP_UP_FROM_FISCAL: {
    status: 422,
    detail: 'What an operator owes up to a floor is paid out of its own money, never out of public money.',
  },
  DEDUCTION_UNDEFINED: {
    status: 422,
    detail: 'Nothing but what the list of deductions names is taken off a holder’s money.',
  },
  INDEX_EXISTS: { status: 409, detail: 'The programme has an index decision for this day.' },
  INDEX_WITHOUT_BASE: {
    status: 422,
    detail: 'No open standard of the programme holds on the day before: there is nothing to index.',
  },
  INDEX_BASE_CHANGED: {
    status: 409,
    detail: 'A standard that was reckoned from has ended since: reject this and propose anew.',
  },
  QUALITY_OVERLAPS: { status: 409, detail: 'Another result of the region holds on some of these days.' },
  PROPOSAL_UNKNOWN: { status: 404, detail: 'There is no such proposal in this book.' },
  PROPOSAL_DECIDED: { status: 409, detail: 'This was decided before. Look at what is there now.' },
  STEP_BY_SAME_PERSON: { status: 403, detail: 'Somebody else has to take this step.' },
  CALENDAR_EXISTS: { status: 409, detail: 'The calendar of this year is recorded.' },
  CALENDAR_DAY_WRONG: { status: 422, detail: 'A day of the calendar is not as expected.' },
  CALENDAR_MISSING: {
    status: 409,
    detail: 'The notice runs into a year whose public holidays are not recorded: record its calendar first.',
  },
  REGION_OUTSIDE_BOOK: { status: 422, detail: 'There is no such region in this book.' },
  ROSTER_EMPTY: {
    status: 422,
    detail: 'Nothing in this region can be paid: see what was left out, and why.',
  },
  PARCEL_ALREADY_ROSTERED: {
    status: 409,
    detail: 'A roster of this programme and year has some of the parcels: a parcel is paid once a year.',
  },
  ROSTER_UNKNOWN: { status: 404, detail: 'There is no such roster in sight.' },
  ROSTER_STATE_WRONG: { status: 409, detail: 'The roster is not at the point where this can be done.' },
  NOTHING_TO_SUPPLEMENT: {
    status: 409,
    detail: 'No settled line of this roster waits for a supplementary roster.',
  },
  NOTICE_NOT_OVER: { status: 409, detail: 'The notice stays up until the end of its last day.' },
  NOTICE_OVER: { status: 409, detail: 'Objections are taken until the end of the last day of the notice.' },
  ROSTER_LINE_UNKNOWN: { status: 404, detail: 'The roster has no line with this number.' },
  OBJECTION_EXISTS: { status: 409, detail: 'You have an open objection to this line.' },
  OBJECTION_UNKNOWN: { status: 404, detail: 'There is no such objection in this book.' },
  OBJECTION_SETTLED: { status: 409, detail: 'The objection is settled.' },
  SETTLED_BY_ONESELF: {
    status: 403,
    detail: 'Whoever made the roster or raised the objection does not decide about it.',
  },
  FINDING_UNKNOWN: { status: 404, detail: 'The roster has no such finding.' },
  FINDING_STATE_WRONG: { status: 409, detail: 'The finding is not at the point where this can be done.' },
  FINDING_DECIDED_BY_ONESELF: {
    status: 403,
    detail: 'A finding is let go by two people, neither of whom made the roster.',
  },
  ROSTER_FILE_REFUSED: {
    status: 422,
    detail:
      'The file says something else than the roster made of the registered rights: nothing of it was taken.',
  },
  ROSTER_FILE_REPEATED: { status: 409, detail: 'This very file was taken for this roster before.' },
  EXCLUSION_WRONG: { status: 422, detail: 'A field is not as expected.' },
  WATCH_LIST_REFUSED: {
    status: 422,
    detail: 'Nothing of the list was taken: mend the fields and rows that are named.',
  },
  TEXT_EMPTY: { status: 422, detail: 'Say why, in a few words.' },
  TEXT_HOLDS_NUMBER: {
    status: 422,
    detail: 'Leave out phone, ID and account numbers: the line says whom it is about.',
  },
  STEP_OUT_OF_ORDER: { status: 409, detail: 'It is another post’s turn.' },
  ROSTER_RETURNED: {
    status: 409,
    detail: 'The roster was sent back: it waits for the post that has to mend it.',
  },
  RETURN_TARGET_WRONG: { status: 422, detail: 'A roster goes back to a post that has taken its step.' },
  NOT_RETURNED: { status: 409, detail: 'The roster was not sent back.' },
  STEP_BY_MAKER: { status: 403, detail: 'Whoever made the roster takes no step on it.' },
  TWO_STEPS_ON_ROSTER: { status: 403, detail: 'Nobody takes two steps on one roster.' },
  VILLAGES_CONFIRMED_BEFORE: { status: 409, detail: 'Your villages are confirmed; others are left.' },
};
