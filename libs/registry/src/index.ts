/**
 * Who has what land, by which right, and where money for it goes.
 *
 * Public views of schema `registry`, for JOINs in other libs' reads (never write the tables). Every row begins
 * with `book int`; ids are uuid, days are `date` in China time, ranges are half-open `daterange`, so test a day
 * with `valid @> $day::date`. None has personal data except names.
 *
 * parcel_current  one row a parcel:
 *   book, id, land_unit uuid, land_unit_code, code (unique in the book), village (12-digit region code),
 *   forest_class broadleaf|mixed|conifer|bamboo|economic|tea|shrub|wetland|farmland-reserved,
 *   age_group young|middle|near-mature|mature|over-mature, origin natural|planted,
 *   public_welfare_level national|provincial|none, tenure state|collective|individual, area_mu100 bigint > 0,
 *   right_registered boolean (确权登记), certificate_no text|null,
 *   scope_decision text|null (补偿范围决定), scope daterange|null, scope_from date|null,
 *   scope_to date|null (the last day inside; null with a scope means open),
 *   status reserve|measured|registered|locked|cancelled,
 *   then what a county may not know (each null until it does): land_kind, forest_use, forest_subuse, forest_category,
 *   national_protection 1..2, programme, origin_detail, dominant_species, canopy100 0..100, volume_dm3,
 *   land_protection 1..4, land_tenure, tree_tenure, operator_kind, sink_zone, compartment, sub_compartment, patch,
 *   map_patch_no, land_parcel_code, real_estate_unit_no, real_estate_certificate_no, certificate_area_mu100;
 *   valid daterange (the days of these facts; with an upper end the parcel was closed on it), version bigint
 *   (0 until an order changes it)
 *   Payable on a day (rules.md 17): right_registered AND scope @> day, and not closed; as SQL text: payableOn('p', '$2').
 *
 * parcel_on(book, day)  the same columns with the facts that hold on the day: a set-returning function that takes
 *   part in the caller's plan. Closed parcels are in it up to their last day, new ones from their first. Whoever
 *   reckons for a day or a year reads this; parcel_current is for names and links, and has closed parcels too.
 * parcel_believed(book, day, instant)  what was held to be true of the day at the instant.
 * land_unit_origin  one row a former land unit: book, land_unit, origin, land_order. Some of the ground of land_unit
 *   was the ground of origin.
 *
 * right_current  one row a dated share; the caller picks the day (a roster is as of its date):
 *   book, id, parcel, party, party_external_no, party_kind, party_name, party_region,
 *   kind land-ownership|contract|management|tree-ownership|carbon-income, share_ppm bigint 1..1,000,000,
 *   valid daterange, document_no
 *   On any day the share_ppm of one (book, parcel, kind) sum to at most 1,000,000; less is possible.
 *
 * payee_account  the account a party's money goes to today (a party without one has no row): its own, or that of who
 *   is paid in its place while that holds; nobody is paid who is closed:
 *   book, party, party_external_no, party_kind, party_name, party_region, account uuid (a correction has a new
 *   one), bank, last4, holder_name, recorded_by, recorded_at, payee uuid (whose account it is: the party itself
 *   mostly), payee_external_no, payee_name, payee_reason guardian|heir|transferee|proxy|merged|null (its own)
 *   The number itself opens only through `Registry.paymentDetails`.
 *
 * consent_in_force  consents that were not revoked, at most one per party and day:
 *   book, id, party, share_ppm bigint 1..1,000,000 (the part of the party's grams that may be sold),
 *   valid daterange, signed_at
 *
 * `external_no` and `code` sort in byte order and are what lists and splits should be ordered by: ids are
 * derived from them, so they are as stable, but mean nothing.
 */
export { RegistryAudit, type RegistryVerification } from './audit/registry-audit';
export type { AccountRecord } from './bank-account.store';
export type { Consent } from './consent.store';
export { CorrectBankAccount, type AccountCorrection } from './correct-bank-account';
export { FraudGuards, type GuardFilter, type GuardPage } from './guards/fraud-guards';
export { GUARD_QUERIES } from './guards/guard.queries';
export { residentNumberFault } from './import/id-number.rules';
export { GUARDS, type Guard, type GuardFinding } from './guards/guard.words';
export { CheckOverlaps } from './geometry/check-overlaps';
export { ImportMap, type LoadedMap, type MapCommand, type MapRefusal } from './geometry/import-map';
export { MAP_KEYS, type MapKey } from './geometry/key-field.rules';
export type { MapError, MapErrorCode } from './geometry/map-error';
export { MapFileStore as MapFiles, type MapFile } from './geometry/map-file.store';
export { VillageCentroids, type VillageCentroid } from './geometry/village-centroid';
export {
  MAP_PAGE_MAX,
  VillageMaps,
  type DrawnParcel,
  type MappedVillage,
  type VillageMap,
} from './geometry/village-map';
export { GiveConsent, type ConsentCommand } from './give-consent';
export {
  ParcelHistory,
  type HeldRight,
  type ListedParcel,
  type ParcelFilter,
  type ParcelPiece,
  type ParcelRecord,
} from './history/parcel-history';
export { EXPORT_FORMATS, ExportTable, type ExportFormat, type ExportWish } from './export/export-table';
export { writeTemplate, writeTemplateOf } from './export/write-template';
export { ImportFile, type ImportCommand, type Imported, type ImportRefusal } from './import/import-file';
/** Reading a workbook or CSV into checked rows, for the files of other libs. */
export * as cells from './import/cell.rules';
export type { Reader as CellReader } from './import/cell.rules';
export { readFileOfRows, type FileOfRows } from './import/file-of-rows';
export { ImportErrors, type CellProblem } from './import/import-error';
export { addAt, isGood, readRows, refuseRepeats, type GoodRow, type ReadRow } from './import/read-rows';
export { NOTES_SHEET, readTable, type ImportTable } from './import/read-table';
export { TableColumns } from './import/table-header';
export { KIND_COLUMNS } from './import/kind-columns';
export type { ImportSummary, SummaryGroup } from './import/summary.rules';
export type { Expected, ImportError, ImportErrorCode } from './import/import-error';
export { IMPORT_KINDS, type ImportKind } from './import/import-kind';
export { ImportStore as Imports, type ImportRecord } from './import/import.store';
export { Land, type HeldLand } from './land';
export { DecideLandOrder, type LandOrderDecision } from './land-orders/decide-land-order';
export {
  LAND_ORDER_KINDS,
  type LandFault,
  type LandOrderKind,
  type WantedChild,
} from './land-orders/land-order.rules';
export type { LandOrder, LandOrderFilter } from './land-orders/land-order.store';
export type { DecideLandOrderRefusal, ProposeLandOrderRefusal } from './land-orders/land-order.refusals';
export { LandOrders } from './land-orders/land-orders';
export {
  ProposeLandOrder,
  type LandOrderProposal,
  type ProposedLandOrder,
} from './land-orders/propose-land-order';
export { MarkParcels } from './mark-parcels';
export type { Said } from './parcel-facts/parcel-facts.words';
export { DecideParcelOrder, type ParcelOrderDecision } from './parcel-orders/decide-parcel-order';
export {
  PARCEL_ORDER_REASONS,
  type FactFault,
  type ParcelOrderReason,
  type WantedCells,
} from './parcel-orders/parcel-order.rules';
export { ORDER_STATES, type ParcelOrder, type ParcelOrderFilter } from './parcel-orders/parcel-order.store';
export type {
  DecideParcelOrderRefusal,
  ProposeParcelOrderRefusal,
} from './parcel-orders/parcel-order.refusals';
export { ParcelOrders } from './parcel-orders/parcel-orders';
export {
  ProposeParcelOrder,
  type ParcelOrderProposal,
  type ProposedParcelOrder,
} from './parcel-orders/propose-parcel-order';
export * from './parcel.words';
export { DecidePartyOrder, type PartyOrderDecision } from './party-orders/decide-party-order';
export type { RightMove, WantedMove } from './party-orders/move.rules';
export { PartyFile, type PartyOnDay, type PartyVersion } from './party-orders/party-file';
export type { PartyFaultCode, PartyOrderFault } from './party-orders/party-order.refusals';
export { PARTY_EVENTS, type PartyEvent, type WantedFacts } from './party-orders/party-order.rules';
export type { PartyOrderState } from './party-orders/party-order.store';
export { PartyOrders, type PartyOrderView } from './party-orders/party-orders';
export type { PartyOrderProposal } from './party-orders/order.rules';
export { ProposePartyOrder, type ProposedPartyOrder } from './party-orders/propose-party-order';
export type { ListedParty, Party, PartyFilter } from './party.store';
export { DecidePayeeOrder, type PayeeOrderDecision } from './payees/decide-payee-order';
export { PayeeOrders, type PayeeOrderView } from './payees/payee-orders';
export {
  PAYEE_REASONS,
  payeeOf,
  type OrderedPayeeReason,
  type PayeeOf,
  type PayeeReason,
} from './payees/payee.rules';
export type { Payee } from './payees/payee.store';
export {
  ProposePayeeOrder,
  type PayeeOrderProposal,
  type ProposedPayeeOrder,
} from './payees/propose-payee-order';
export { payableOn } from './payable.rules';
export { Registry, type AccountSummary, type PaymentDetails } from './registry';
export { REGISTRY_JOBS } from './registry.jobs';
export { RegistryJobsModule } from './registry-jobs.module';
export { RegistryModule } from './registry.module';
export type { RegistryRefusal } from './registry.refusals';
export * from './registry.labels';
export * from './registry.words';
export { RevokeConsent } from './revoke-consent';
export { DecideRightOrder } from './right-orders/decide-right-order';
export {
  ProposeRightOrder,
  type ProposedRightOrder,
  type RightOrderProposal,
} from './right-orders/propose-right-order';
export { RIGHT_ORDER_REASONS, type RightOrderReason } from './right-orders/right-order.rules';
export type { RightOrder, RightOrderState } from './right-orders/right-order.store';
export { RightOrders } from './right-orders/right-orders';
