import { Module } from '@nestjs/common';

import { CompensationModule } from '@app/compensation';
import { CreditsModule } from '@app/credits';
import { RegionsModule } from '@app/regions';
import { RegistryModule, type RegistryRefusal } from '@app/registry';
import { registerRefusals, type RefusalPresentation } from '../http';
import { ExportsController } from './exports.controller';
import { GuardsController } from './guards.controller';
import { ImportsController } from './imports.controller';
import { MapFilesController } from './map-files.controller';
import { MyConsentsController } from './my-consents.controller';
import { MyLandController } from './my-land.controller';
import { LandOrdersController } from './land-orders.controller';
import { LAND_STATUS } from './land.refusals';
import { ParcelOrdersController } from './parcel-orders.controller';
import { ParcelsController } from './parcels.controller';
import { PartiesController } from './parties.controller';
import { PartyOrdersController } from './party-orders.controller';
import { PayeeOrdersController } from './payee-orders.controller';
import { RightOrdersController } from './right-orders.controller';
import { PublicVillagesController } from './public-villages.controller';
import { VillageMapsController } from './village-maps.controller';

export const REGISTRY_STATUS: Record<RegistryRefusal['code'], RefusalPresentation> = {
  IMPORT_REFUSED: {
    status: 422,
    detail: 'Nothing was loaded. Mend the rows listed and send the file again.',
  },
  IMPORT_REPEATED: { status: 409, detail: 'This very file was loaded before. Nothing was loaded again.' },
  MAP_REFUSED: {
    status: 422,
    detail: 'Nothing was loaded. Mend the features listed and send the file again.',
  },
  MAP_REPEATED: { status: 409, detail: 'This very file was loaded before. Nothing was loaded again.' },
  PARTY_UNKNOWN: { status: 404, detail: 'There is no such party in this book that you may see.' },
  BANK_ACCOUNT_MALFORMED: { status: 422, detail: 'A bank account has 8 to 30 digits.' },
  PERSONAL_NUMBER_IN_TEXT: {
    status: 422,
    detail: 'This text is kept in clear: leave ID numbers, accounts and phones out of it.',
  },
  BANK_ACCOUNT_UNCHANGED: { status: 409, detail: 'This is the account on record already.' },
  BANK_ACCOUNT_CHANGED_MEANWHILE: { status: 409, detail: 'The account was changed just now. Look again.' },
  CONSENT_SHARE_WRONG: { status: 422, detail: 'The share is above 0 up to 100 percent.' },
  CONSENT_TERM_WRONG: { status: 422, detail: 'The term ends on a day between today and ten years from now.' },
  CONSENT_IN_FORCE: { status: 409, detail: 'A consent is in force on these days. Revoke it first.' },
  CONSENT_UNKNOWN: { status: 404, detail: 'You have no such consent in this book.' },
  CONSENT_REVOKED_BEFORE: { status: 409, detail: 'This consent was revoked before.' },
  CONSENT_NEEDS_RESOLUTION: {
    status: 422,
    detail: 'A collective consents by a resolution of its members, which the bureau enters.',
  },
  PARCEL_UNKNOWN: { status: 404, detail: 'There is no such parcel in this book that you may see.' },
  RIGHTS_DAY_WRONG: {
    status: 422,
    detail: 'Rights change from today or a later day on; what was paid and issued before stays.',
  },
  RIGHTS_CORRECTION_DAYS_WRONG: {
    status: 422,
    detail: 'A correction is about days that are over. Other changes have no last day.',
  },
  RIGHTS_REFUSED: { status: 422, detail: 'Nothing was recorded. Mend the shares listed and send all again.' },
  RIGHTS_CHANGE_LATER: {
    status: 409,
    detail: 'A share begins on this day or later. Choose a day after it.',
  },
  RIGHTS_UNCHANGED: { status: 409, detail: 'This is who holds the right already.' },
  RIGHT_ORDER_UNKNOWN: { status: 404, detail: 'There is no such order in this book that you may see.' },
  RIGHT_ORDER_DECIDED: { status: 409, detail: 'This order was decided before.' },
  RIGHT_ORDER_BY_SAME_PERSON: { status: 403, detail: 'Whoever proposed an order may not decide it.' },
  RIGHTS_PARTY_CLOSED: {
    status: 409,
    detail: 'Who was to get the right is closed since. Reject the order and propose it anew.',
  },
  PARTY_ORDER_REFUSED: {
    status: 422,
    detail: 'Nothing was recorded. Mend what is listed and send all again.',
  },
  PARTY_UNCHANGED: { status: 409, detail: 'This is what is on record already.' },
  PARTY_ORDER_UNKNOWN: { status: 404, detail: 'There is no such order in this book that you may see.' },
  PARTY_ORDER_DECIDED: { status: 409, detail: 'This order was decided before.' },
  PARTY_ORDER_BY_SAME_PERSON: { status: 403, detail: 'Whoever proposed an order may not decide it.' },
  PARTY_ORDER_OUTSIDE_REGION: {
    status: 403,
    detail: 'Land or people of other regions are concerned. Somebody who answers for all of them decides it.',
  },
  PARTY_ORDER_TOO_EARLY: { status: 409, detail: 'An order is approved on its day or later.' },
  PARTY_CHANGED_MEANWHILE: {
    status: 409,
    detail: 'These were changed since. Reject the order and propose it anew.',
  },
  PAYEE_REFUSED: { status: 422, detail: 'Nothing was recorded. Mend what is listed and send all again.' },
  PAYEE_UNCHANGED: { status: 409, detail: 'This is who is paid already.' },
  PAYEE_ORDER_UNKNOWN: { status: 404, detail: 'There is no such order in this book that you may see.' },
  PAYEE_ORDER_DECIDED: { status: 409, detail: 'This order was decided before.' },
  PAYEE_ORDER_BY_SAME_PERSON: { status: 403, detail: 'Whoever proposed an order may not decide it.' },
  PAYEE_ORDER_TOO_EARLY: { status: 409, detail: 'An order is approved on its day or later.' },
  PAYEE_ORDER_OVER: { status: 409, detail: 'Its last day is over. Reject the order and propose it anew.' },
  PAYEE_CHANGED_MEANWHILE: {
    status: 409,
    detail:
      'Who is paid was changed since, or one of the two is closed. Reject the order and propose it anew.',
  },
  RIGHTS_CHANGED_MEANWHILE: {
    status: 409,
    detail: 'The rights to this parcel were changed since. Reject the order and propose it anew.',
  },
  ...LAND_STATUS,
};
registerRefusals(REGISTRY_STATUS);
registerRefusals({ REGION_UNKNOWN: 404 });

@Module({
  imports: [CompensationModule, CreditsModule, RegistryModule, RegionsModule],
  controllers: [
    ExportsController,
    GuardsController,
    ImportsController,
    LandOrdersController,
    ParcelOrdersController,
    ParcelsController,
    MapFilesController,
    PartiesController,
    PublicVillagesController,
    RightOrdersController,
    PartyOrdersController,
    PayeeOrdersController,
    VillageMapsController,
    MyLandController,
    MyConsentsController,
  ],
})
export class RegistryHttpModule {}
