import { Module } from '@nestjs/common';

import { CardsModule } from '@app/cards';
import { CreditsModule, type CreditsRefusal } from '@app/credits';
import { RegistryModule } from '@app/registry';
import { registerRefusals, type RefusalPresentation } from '../http';
import { CustodyController } from './custody.controller';
import { GradesController } from './grades.controller';
import { ExternalListsController } from './external-lists.controller';
import { LandController } from './land.controller';
import { ProjectsController } from './projects.controller';
import { ActivitiesController } from './activities.controller';
import { BookRulesController } from './book-rules.controller';
import { BufferReturnsController } from './buffer-returns.controller';
import { CoefficientSetsController } from './coefficient-sets.controller';
import { CommentsController } from './comments.controller';
import { IssuancesController } from './issuances.controller';
import { LandCreditsController } from './land-credits.controller';
import { MessagesController } from './messages.controller';
import { MyMessagesController } from './my-messages.controller';
import { MeasurementsController } from './measurements.controller';
import { MyCreditsController } from './my-credits.controller';
import { ReversalsController } from './reversals.controller';
import { SerialsController } from './serials.controller';
import { StaffSerialsController } from './staff-serials.controller';
import { StatementsController } from './statements.controller';
import { StockChangeSetsController } from './stock-change-sets.controller';
import { SurveysController } from './surveys.controller';
import { TendingLogController } from './tending-log.controller';
import { VerificationsController } from './verifications.controller';

export const CREDITS_STATUS: Record<CreditsRefusal['code'], RefusalPresentation> = {
  PERIOD_WRONG: { status: 422, detail: 'A period is one whole calendar year.' },
  PERIOD_NOT_OVER: {
    status: 422,
    detail: 'What has not grown yet is not counted: wait for the year to end.',
  },
  COEFFICIENTS_MISSING: { status: 409, detail: 'No set of coefficients was in force on this day.' },
  NOTHING_TO_MEASURE: { status: 409, detail: 'Every parcel of the region is measured, or none can be.' },
  NOTHING_TO_RECHECK: { status: 409, detail: 'Nothing of the region and period waits for the re-check.' },
  PARCELS_NOT_WAITING: {
    status: 422,
    detail: 'Some of the parcels have no measurement that waits for this.',
  },
  STEP_BY_SAME_PERSON: {
    status: 403,
    detail: 'Whoever took one step on these figures may not take the next.',
  },
  DOCUMENT_REQUIRED: { status: 422, detail: 'An issuance cites the document that decides it.' },
  NOTHING_TO_ISSUE: { status: 409, detail: 'Nothing of the region and period waits for its issuance.' },
  MEASUREMENTS_NOT_RECHECKED: {
    status: 409,
    detail: 'Have the measurements re-checked by somebody else first.',
  },
  LAND_CREDITED_BEFORE: {
    status: 409,
    detail: 'Land is credited once for a time. Reject these measurements.',
  },
  CONSENTED_GRAMS_INSUFFICIENT: { status: 409, detail: 'Less was consented to for sale than is asked for.' },
  SUPPLIERS_TOO_MANY: { status: 409, detail: 'So much would need too many suppliers. Ask for less at once.' },
  RESERVATION_EXISTS: { status: 409, detail: 'The order holds grams on other terms, or its hold has ended.' },
  RESERVATION_UNKNOWN: { status: 404, detail: 'No grams were ever held for this order.' },
  RESERVATION_ENDED: { status: 409, detail: 'The hold of this order has ended.' },
  CARD_GRAMS_INSUFFICIENT: { status: 409, detail: 'The card has fewer grams than are asked for.' },
  RETIREMENT_REUSED: { status: 409, detail: 'This reference retired something else.' },
  SERIAL_MALFORMED: { status: 422, detail: 'Write a serial as in the example.' },
  SERIAL_UNKNOWN: { status: 404, detail: 'There is no such serial in this book.' },
  SEARCH_BY_ONE: { status: 422, detail: 'Ask by exactly one of the things named.' },
  REVERSAL_DAY_WRONG: { status: 422, detail: 'Write a day that there is, today or before.' },
  REVERSAL_YEAR_WRONG: {
    status: 422,
    detail: 'Name the year that was credited too much, for an overestimate only.',
  },
  REVERSAL_REFUSED: { status: 422, detail: 'Nothing was recorded. Mend the rows listed and send all again.' },
  REVERSAL_REUSED: { status: 409, detail: 'Another reversal has this id. Choose another.' },
  REVERSAL_UNKNOWN: { status: 404, detail: 'There is no such reversal in this book.' },
  MESSAGE_UNKNOWN: { status: 404, detail: 'There is no such message to you in this book.' },
  REVERSAL_DECIDED: { status: 409, detail: 'This reversal was decided before.' },
  REVERSAL_BY_SAME_PERSON: {
    status: 403,
    detail: 'Whoever proposed a reversal neither decides nor settles it.',
  },
  SHORTFALL_NONE: { status: 409, detail: 'Nothing of this reversal is open.' },
  SHORTFALL_UNCOVERED: {
    status: 409,
    detail: 'No gram may stand in now. Wait for a buffer to fill, or agree with the right holders.',
  },
  AGREEMENT_REQUIRED: {
    status: 422,
    detail: 'Name the document by which the right holders give grams of their own.',
  },
  PERSONAL_NUMBER_IN_TEXT: {
    status: 422,
    detail: 'The text holds a long number, as of a person, a phone or an account. Leave it out.',
  },
  DAY_WRONG: { status: 422, detail: 'Write a day that there is, as 2026-03-01.' },
  COEFFICIENTS_REFUSED: {
    status: 422,
    detail: 'Nothing was recorded. Mend the rows listed and send all again.',
  },
  COEFFICIENT_VERSION_TAKEN: { status: 409, detail: 'A set has this version already. Choose another.' },
  COEFFICIENTS_UNKNOWN: { status: 404, detail: 'This book has proposed no set of this version.' },
  COEFFICIENTS_DECIDED: { status: 409, detail: 'This set was decided before. Propose a new version.' },
  COEFFICIENTS_SAME_DAY: {
    status: 409,
    detail: 'Another set is approved from this very day. Propose one from another day.',
  },
  PROPOSAL_UNKNOWN: { status: 404, detail: 'There is no such proposal in this book.' },
  PROPOSAL_DECIDED: { status: 409, detail: 'This was decided before. Look at what is there now.' },
  PROJECT_EXISTS: { status: 409, detail: 'A project has this code already. Choose another.' },
  PROJECT_OWNER_WRONG: {
    status: 422,
    detail: 'The owner is an organisation among the parties of this book: enter it there first.',
  },
  PROJECT_UNKNOWN: { status: 404, detail: 'There is no such project in this book.' },
  PROJECT_LAND_FIXED: {
    status: 409,
    detail: 'The land of a project is fixed once it is validated, and while a step waits for its decision.',
  },
  PROJECT_LAND_REFUSED: {
    status: 422,
    detail: 'Nothing was recorded. Mend the rows listed and send all again.',
  },
  PROJECT_STEP_OPEN: {
    status: 409,
    detail: 'A step of this project waits for its decision. Have it decided first.',
  },
  PROJECT_STEP_REFUSED: { status: 422, detail: 'Nothing was recorded. Mend what is listed and try again.' },
  NATIONAL_UNITS_KNOWN: {
    status: 409,
    detail: 'Some of these numbers were entered before. Look them up in the national registry again.',
  },
  PROJECT_LAND_HELD: {
    status: 409,
    detail:
      'Land is credited once for a time. Take the land listed out of the project, or begin after these days.',
  },
  MIRROR_REFUSED: { status: 422, detail: 'Nothing was recorded. Mend what is listed and try again.' },
  NATIONAL_UNITS_UNKNOWN: {
    status: 422,
    detail: 'These numbers were not all issued to the project. Enter the issuance first.',
  },
  NATIONAL_UNITS_GONE: { status: 409, detail: 'Some of these units left the project before.' },
  PROJECT_TARGET_REFUSED: {
    status: 422,
    detail: 'Nothing was recorded. Mend what is listed and try again.',
  },
  PROJECT_TARGET_EXISTS: { status: 409, detail: 'There is a target from this very day. Choose a later day.' },
  EXTERNAL_LIST_REFUSED: {
    status: 422,
    detail: 'Nothing was taken in. Mend the rows listed and send the list again.',
  },
  EXTERNAL_LIST_TERMS_REFUSED: {
    status: 422,
    detail: 'Nothing was recorded. Mend what is listed and try again.',
  },
  EXTERNAL_LIST_REPEATED: {
    status: 409,
    detail: 'This very list was imported before. Nothing was taken in again.',
  },
  OVERLAP_UNKNOWN: { status: 404, detail: 'There is no such finding in this book.' },
  OVERLAP_CLEARED: { status: 409, detail: 'This finding was cleared before.' },
  EXTERNAL_SCHEME_UNKNOWN: {
    status: 404,
    detail: 'No project of this registry and number holds land in this book.',
  },
  ISSUANCE_UNKNOWN: { status: 404, detail: 'There is no issuance of this code in this book.' },
  GRADE_CHANGE_REFUSED: { status: 422, detail: 'Nothing was recorded. Mend what is listed and try again.' },
  GRADE_IS_MEMORANDUM: {
    status: 409,
    detail: 'These grams are a memorandum: they are shown, and never sold, moved out or recognised.',
  },
  GRADE_UNCHANGED: { status: 409, detail: 'This is its grade already.' },
  GRADE_CHANGE_OPEN: {
    status: 409,
    detail: 'A change of this grade waits for its decision. Have it decided first.',
  },
  PLATFORM_UNKNOWN: { status: 404, detail: 'There is no such platform. Open it with its document first.' },
  PLATFORM_EXISTS: { status: 409, detail: 'A platform has this code already. Choose another.' },
  CUSTODY_REFUSED: { status: 422, detail: 'Nothing was recorded. Mend what is listed and try again.' },
  TRANSFER_REFERENCE_TAKEN: {
    status: 409,
    detail: 'A transfer has this number of the platform already. Look it up there again.',
  },
  SUPPLIER_UNKNOWN: { status: 404, detail: 'No such party has grams of this issuance.' },
  FOREIGN_UNITS_NEVER_MINTED: {
    status: 409,
    detail:
      'Only what this book moved out comes back in: name its confirmed transfer. Units of others are never made here.',
  },
  TRANSFER_HAS_FEWER: { status: 409, detail: 'Fewer grams of that transfer lie outside than are asked for.' },
  TRANSFER_DECIDED: { status: 409, detail: 'This transfer was decided before. Look at where it stands now.' },
  CUSTODY_STATEMENT_REFUSED: {
    status: 422,
    detail: 'Nothing was taken in. Mend the rows listed and send the statement again.',
  },
  CUSTODY_STATEMENT_REPEATED: {
    status: 409,
    detail: 'This very statement was imported before. Nothing was settled again.',
  },
  LAND_UNKNOWN: { status: 404, detail: 'There is no land of this code in this book.' },
  RULE_REFUSED: { status: 422, detail: 'Nothing was recorded. Mend what is listed and send it again.' },
  RULE_UNKNOWN: { status: 404, detail: 'This book has no such rule.' },
  RULE_DECIDED: { status: 409, detail: 'This rule was decided before. Propose another.' },
  RULE_SAME_DAY: {
    status: 409,
    detail: 'Another rule of this kind is approved from this very day. Propose one from another day.',
  },
  RULE_DAY_OVER: {
    status: 409,
    detail: 'Its first day passed before it was decided. Propose it from another.',
  },
  NOTHING_TO_PUBLISH: {
    status: 409,
    detail: 'Everything measured there is in a statement, or nothing is measured.',
  },
  STATEMENT_IMPOSSIBLE: {
    status: 422,
    detail: 'No forest takes up so much. Mend the figures, or cite the document of what was measured.',
  },
  STATEMENT_UNKNOWN: { status: 404, detail: 'There is no such statement in this book that you may see.' },
  STATEMENT_REQUIRED: { status: 409, detail: 'This county publishes what it measured before it issues it.' },
  COMMENT_PERIOD_OVER: { status: 409, detail: 'The days of comment on this statement are over.' },
  COMMENT_PERIOD_RUNNING: {
    status: 409,
    detail: 'The statement is open to comment. Wait for the last day to pass.',
  },
  COMMENTS_UNANSWERED: { status: 409, detail: 'Answer the comments on these parcels first.' },
  COMMENT_PARCEL_UNKNOWN: { status: 404, detail: 'This statement has no such parcel that you may see.' },
  COMMENT_EXISTS: { status: 409, detail: 'You have commented on this already. Your comment has a number.' },
  COMMENTS_TOO_MANY: { status: 409, detail: 'This is as many comments as one person makes on a statement.' },
  COMMENT_EMPTY: { status: 422, detail: 'Write something.' },
  COMMENT_UNKNOWN: { status: 404, detail: 'There is no such comment that you may answer.' },
  COMMENT_ANSWERED: { status: 409, detail: 'This comment was answered before.' },
  VERIFICATION_UNKNOWN: { status: 404, detail: 'There is no such report that you may decide about.' },
  VERIFICATION_DECIDED: { status: 409, detail: 'This report was decided about before.' },
  STATEMENT_VERIFIED: { status: 409, detail: 'Another report covers this statement already.' },
  NOTHING_TO_VERIFY: { status: 409, detail: 'Nothing of this statement waits: it was issued or rejected.' },
  BUFFER_RULE_MISSING: { status: 409, detail: 'Decide first after how many years an unused buffer returns.' },
  BUFFER_NOT_DUE: { status: 409, detail: 'The buffer stays until the day that the rule gives.' },
  BUFFER_OWED: {
    status: 409,
    detail: 'Grams that were sold and lost wait to be replaced. The buffer stays for them.',
  },
  BUFFER_EMPTY: { status: 409, detail: 'Nothing is left of this buffer.' },
  BUFFER_RETURN_EXISTS: { status: 409, detail: 'The return of this buffer is proposed or done already.' },
  BUFFER_RETURN_UNKNOWN: { status: 404, detail: 'There is no such return that you may decide about.' },
  ACTIVITY_REFUSED: { status: 422, detail: 'Nothing was recorded. Mend what is listed and send it again.' },
  ACTIVITY_UNKNOWN: { status: 404, detail: 'There is no such activity that you may decide about.' },
  ACTIVITY_DECIDED: { status: 409, detail: 'This activity was decided about before.' },
  MULTIPLIER_SAME_YEARS: {
    status: 409,
    detail: 'Another approved activity weighs the growth of these years.',
  },
  PARCEL_UNKNOWN: { status: 404, detail: 'There is no such parcel in this book that you may see.' },
  PARTY_UNKNOWN: { status: 404, detail: 'There is no such party in this book that you may see.' },
  TENDING_RECORDED: { status: 409, detail: 'The hours of this party, day and work are recorded already.' },
  SURVEY_REFUSED: { status: 422, detail: 'Nothing was recorded. Mend the rows listed and send all again.' },
  SURVEY_EXISTS: { status: 409, detail: 'A round has this code already. Choose another.' },
  SURVEY_UNKNOWN: { status: 404, detail: 'This book has no such round, or none that was approved.' },
  SURVEY_DECIDED: { status: 409, detail: 'This round was decided about before.' },
  BUFFER_RETURN_DECIDED: { status: 409, detail: 'This return was decided about before.' },
};
registerRefusals(CREDITS_STATUS);

@Module({
  imports: [CardsModule, CreditsModule, RegistryModule],
  controllers: [
    ActivitiesController,
    BookRulesController,
    BufferReturnsController,
    CoefficientSetsController,
    CommentsController,
    LandCreditsController,
    MeasurementsController,
    IssuancesController,
    ProjectsController,
    ExternalListsController,
    GradesController,
    CustodyController,
    LandController,
    MessagesController,
    MyCreditsController,
    MyMessagesController,
    ReversalsController,
    SerialsController,
    StaffSerialsController,
    StatementsController,
    StockChangeSetsController,
    SurveysController,
    TendingLogController,
    VerificationsController,
  ],
})
export class CreditsHttpModule {}
