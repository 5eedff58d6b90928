import { Module } from '@nestjs/common';

import { RegionsModule } from '@app/regions';
import { RegistryAudit } from './audit/registry-audit';
import { SealedNumbers } from './audit/sealed-numbers';
import { BankAccountStore } from './bank-account.store';
import { ConsentStore } from './consent.store';
import { CorrectBankAccount } from './correct-bank-account';
import { CellStore } from './export/cell.store';
import { ExportTable } from './export/export-table';
import { FraudGuards } from './guards/fraud-guards';
import { CheckOverlaps } from './geometry/check-overlaps';
import { ImportMap } from './geometry/import-map';
import { MapFileStore } from './geometry/map-file.store';
import { ShapeStore } from './geometry/shape.store';
import { VillageCentroids } from './geometry/village-centroid';
import { VillageMaps } from './geometry/village-map';
import { GiveConsent } from './give-consent';
import { ParcelHistory } from './history/parcel-history';
import { ConsentsLoader } from './import/consents.loader';
import { ImportFile } from './import/import-file';
import { ImportStore } from './import/import.store';
import { KnownStore } from './import/known.store';
import { ParcelsLoader } from './import/parcels.loader';
import { PartiesLoader } from './import/parties.loader';
import { RightsLoader } from './import/rights.loader';
import { Land } from './land';
import { DecideLandOrder } from './land-orders/decide-land-order';
import { LandOrderStore } from './land-orders/land-order.store';
import { LandOrders } from './land-orders/land-orders';
import { ProposeLandOrder } from './land-orders/propose-land-order';
import { MarkParcels } from './mark-parcels';
import { ParcelTimeline } from './parcel-facts/parcel-timeline';
import { DecideParcelOrder } from './parcel-orders/decide-parcel-order';
import { ParcelOrderStore } from './parcel-orders/parcel-order.store';
import { ParcelOrders } from './parcel-orders/parcel-orders';
import { ProposeParcelOrder } from './parcel-orders/propose-parcel-order';
import { DecidePartyOrder } from './party-orders/decide-party-order';
import { MoveStore } from './party-orders/move.store';
import { PartyFactsStore } from './party-orders/party-facts.store';
import { PartyFile } from './party-orders/party-file';
import { PartyOrderStore } from './party-orders/party-order.store';
import { PartyOrders } from './party-orders/party-orders';
import { ProposePartyOrder } from './party-orders/propose-party-order';
import { PartyStore } from './party.store';
import { DecidePayeeOrder } from './payees/decide-payee-order';
import { PayeeOrderStore } from './payees/payee-order.store';
import { PayeeOrders } from './payees/payee-orders';
import { PayeeStore } from './payees/payee.store';
import { ProposePayeeOrder } from './payees/propose-payee-order';
import { Registry } from './registry';
import { DecideRightOrder } from './right-orders/decide-right-order';
import { ProposeRightOrder } from './right-orders/propose-right-order';
import { RightOrderStore } from './right-orders/right-order.store';
import { RightOrders } from './right-orders/right-orders';
import { RevokeConsent } from './revoke-consent';

const PUBLIC = [
  CheckOverlaps,
  CorrectBankAccount,
  DecideLandOrder,
  DecideParcelOrder,
  DecidePartyOrder,
  DecidePayeeOrder,
  DecideRightOrder,
  ExportTable,
  FraudGuards,
  GiveConsent,
  ImportFile,
  ImportMap,
  ImportStore,
  Land,
  LandOrders,
  MapFileStore,
  MarkParcels,
  ParcelHistory,
  ParcelOrders,
  ProposeLandOrder,
  ProposeParcelOrder,
  PartyFile,
  PartyOrders,
  PayeeOrders,
  ProposePartyOrder,
  ProposePayeeOrder,
  ProposeRightOrder,
  Registry,
  RegistryAudit,
  RevokeConsent,
  RightOrders,
  VillageCentroids,
  VillageMaps,
];
const STORES = [
  BankAccountStore,
  CellStore,
  ConsentStore,
  KnownStore,
  LandOrderStore,
  MoveStore,
  ParcelOrderStore,
  ParcelTimeline,
  PartyFactsStore,
  PartyOrderStore,
  PartyStore,
  PayeeOrderStore,
  PayeeStore,
  RightOrderStore,
  SealedNumbers,
  ShapeStore,
];
const LOADERS = [PartiesLoader, ParcelsLoader, RightsLoader, ConsentsLoader];

@Module({
  imports: [RegionsModule],
  providers: [...STORES, ...LOADERS, ...PUBLIC],
  exports: PUBLIC,
})
export class RegistryModule {}
