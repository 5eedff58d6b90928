import { Module } from '@nestjs/common';

import { FundsModule, type FundsRefusal } from '@app/funds';
import { RegistryModule } from '@app/registry';
import { registerRefusals, type RefusalPresentation } from '../http';
import { AgreementsController } from './agreements.controller';
import { FundSourcesController } from './fund-sources.controller';
import { IdleFundsController } from './idle-funds.controller';
import { IncomeCertificatesController } from './income-certificates.controller';
import { IndicatorController } from './indicator.controller';
import { IndicatorImportsController } from './indicator-imports.controller';
import { IndicatorsController } from './indicators.controller';
import { LiensController } from './liens.controller';
import { UseOfFundsController } from './use-of-funds.controller';
import { YearEndsController } from './year-ends.controller';

export const FUNDS_STATUS: Record<FundsRefusal['code'], RefusalPresentation> = {
  AMOUNT_NOT_POSITIVE: { status: 422, detail: 'The amount must be more than zero.' },
  INDICATOR_FIELD_WRONG: { status: 422, detail: 'A field of the indicator is not as expected.' },
  INDICATOR_EXISTS: { status: 409, detail: 'This document has already allotted to this project.' },
  INDICATOR_UNKNOWN: { status: 404, detail: 'There is no such indicator in this book.' },
  INDICATOR_INSUFFICIENT: { status: 409, detail: 'The indicator has less available than was asked for.' },
  NOT_ENOUGH_TO_RELEASE: { status: 409, detail: 'There is less to give back than was asked for.' },
  FUNDS_FIELD_WRONG: { status: 422, detail: 'A field is not as expected. Look at what is expected of it.' },
  PERSONAL_NUMBER_IN_TEXT: {
    status: 422,
    detail: 'The text holds what could be somebody’s ID number or phone. Leave it out.',
  },
  FUND_SOURCE_UNKNOWN: { status: 404, detail: 'The book has no source of money by this code.' },
  FUND_SOURCE_EXISTS: { status: 409, detail: 'A source has this code already. Choose another.' },
  ALREADY_IN_FORCE: { status: 409, detail: 'Something else is decided from this day or a later one on.' },
  INDICATOR_CLOSED: {
    status: 409,
    detail: 'Its year has ended and it was closed. It takes nothing any more.',
  },
  INDICATOR_LOCKED: {
    status: 409,
    detail: 'Only what is available can be taken away; the rest is on its way.',
  },
  ADJUSTMENT_EXISTS: { status: 409, detail: 'This document has already adjusted this indicator.' },
  PROPOSAL_UNKNOWN: { status: 404, detail: 'There is no such proposal in this book.' },
  PROPOSAL_DECIDED: { status: 409, detail: 'This was decided before. Look at what is there now.' },
  STEP_BY_SAME_PERSON: { status: 403, detail: 'Another person has to decide what you proposed.' },
  YEAR_NOT_ENDING: { status: 409, detail: 'Its year is not at its end before the named day.' },
  CARRIED_TOO_OFTEN: {
    status: 409,
    detail: 'It was carried over as often as it may be. Recover what is left.',
  },
  NOTHING_AVAILABLE: { status: 409, detail: 'Nothing of it is available.' },
  PARTY_UNKNOWN: { status: 404, detail: 'There is no such party in this book that you may see.' },
  INCOME_PLEDGED: { status: 409, detail: 'This income, or this certificate, is pledged already.' },
  LIEN_UNKNOWN: { status: 404, detail: 'There is no such pledge in this book.' },
  LIEN_NOT_LIVE: { status: 409, detail: 'Only a pledge that holds can be released.' },
  PARTY_NOT_EARMARKED: { status: 409, detail: 'This kind of party does with its money what it likes.' },
  VOUCHER_EXISTS: { status: 409, detail: 'This party has shown this document already.' },
  VOUCHER_UNKNOWN: { status: 404, detail: 'There is no such voucher that you may see.' },
  VOUCHER_VOID: { status: 409, detail: 'The voucher is void already.' },
  OTHER_BOOK_UNKNOWN: { status: 404, detail: 'There is no other book with this code.' },
  AGREEMENT_UNKNOWN: { status: 404, detail: 'There is no such agreement of this book.' },
  AGREEMENT_ACCEPTED: { status: 409, detail: 'This book has taken the agreement over already.' },
  AGREEMENT_NOT_LIVE: { status: 409, detail: 'Both books have to approve it, and its days have to run.' },
  NOT_THIS_SIDE: { status: 409, detail: 'This is for the other book of the agreement.' },
  AGREEMENT_EXCEEDED: { status: 409, detail: 'The agreement has less left than was asked for.' },
  TRANSFER_UNKNOWN: { status: 404, detail: 'The other book has nothing with this number.' },
  TRANSFER_RECEIVED: { status: 409, detail: 'This transfer was received already.' },
  BENEFIT_DIFFERS: { status: 409, detail: 'The other book stated something else. Agree on it first.' },
  BENEFIT_CONFIRMED: { status: 409, detail: 'This benefit was confirmed already.' },
  YEAR_END_PROPOSED: { status: 409, detail: 'What becomes of it is proposed already. Decide that first.' },
};
registerRefusals(FUNDS_STATUS);

@Module({
  imports: [FundsModule, RegistryModule],
  controllers: [
    ...[IndicatorsController, IndicatorController, IndicatorImportsController, YearEndsController],
    ...[FundSourcesController, IdleFundsController, LiensController, IncomeCertificatesController],
    ...[UseOfFundsController, AgreementsController],
  ],
})
export class FundsHttpModule {}
