import { Module } from '@nestjs/common';

import { RegionsModule } from '@app/regions';
import { BankAccountStore } from './bank-account.store';
import { ConsentStore } from './consent.store';
import { CorrectBankAccount } from './correct-bank-account';
import { FraudGuards } from './guards/fraud-guards';
import { GiveConsent } from './give-consent';
import { ConsentsLoader } from './import/consents.loader';
import { ImportCsv } from './import/import-csv';
import { ImportStore } from './import/import.store';
import { KnownStore } from './import/known.store';
import { ParcelsLoader } from './import/parcels.loader';
import { PartiesLoader } from './import/parties.loader';
import { RightsLoader } from './import/rights.loader';
import { Land } from './land';
import { MarkParcels } from './mark-parcels';
import { PartyStore } from './party.store';
import { Registry } from './registry';
import { DecideRightOrder } from './right-orders/decide-right-order';
import { ProposeRightOrder } from './right-orders/propose-right-order';
import { RightOrderStore } from './right-orders/right-order.store';
import { RightOrders } from './right-orders/right-orders';
import { RevokeConsent } from './revoke-consent';

const PUBLIC = [
  CorrectBankAccount,
  DecideRightOrder,
  FraudGuards,
  GiveConsent,
  ImportCsv,
  ImportStore,
  Land,
  MarkParcels,
  ProposeRightOrder,
  Registry,
  RevokeConsent,
  RightOrders,
];
const LOADERS = [PartiesLoader, ParcelsLoader, RightsLoader, ConsentsLoader];

@Module({
  imports: [RegionsModule],
  providers: [BankAccountStore, ConsentStore, KnownStore, PartyStore, RightOrderStore, ...LOADERS, ...PUBLIC],
  exports: PUBLIC,
})
export class RegistryModule {}
