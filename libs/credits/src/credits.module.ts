import { Module } from '@nestjs/common';

import { LedgerModule } from '@app/ledger';
import { RegionsModule } from '@app/regions';
import { RegistryModule } from '@app/registry';
import { Custody } from './custody/custody';
import { DecideTransfer } from './custody/decide-transfer';
import { ImportStatement } from './custody/import-statement';
import { OpenPlatform } from './custody/open-platform';
import { ProposeTransfer } from './custody/propose-transfer';
import { StatementStore } from './custody/statement.store';
import { TransferStore } from './custody/transfer.store';
import { ClearFinding } from './external-lists/clear-finding';
import { ExternalListStore } from './external-lists/external-list.store';
import { ExternalLists } from './external-lists/external-lists';
import { ImportExternalList } from './external-lists/import-external-list';
import { ReleaseExternal } from './external-lists/release-external';
import { GradeChangeStore } from './grades/grade-change.store';
import { GradeHistory } from './grades/grade-history';
import { RecogniseIssuance } from './grades/recognise-issuance';
import { IssuableStore } from './issuing/issuable.store';
import { IssuanceStore } from './issuing/issuance.store';
import { IssueCredits } from './issuing/issue-credits';
import { IssueRegion } from './issuing/issue-region';
import { LandCredits } from './land/land-credits';
import { CoefficientStore } from './measuring/coefficient.store';
import { MeasureParcels } from './measuring/measure-parcels';
import { MeasurementStore } from './measuring/measurement.store';
import { RecheckMeasurements } from './measuring/recheck-measurements';
import { CoefficientSetStore } from './methodology/coefficient-set.store';
import { CoefficientSets } from './methodology/coefficient-sets';
import { DecideCoefficients } from './methodology/decide-coefficients';
import { ProposeCoefficients } from './methodology/propose-coefficients';
import { HistoryStore } from './reads/history.store';
import { DecideStep } from './projects/decide-step';
import { DrawBoundary } from './projects/draw-boundary';
import { MirrorUnits } from './projects/mirror-units';
import { OpenProject } from './projects/open-project';
import { ProjectStepStore } from './projects/project-step.store';
import { ProjectStore } from './projects/project.store';
import { Projects } from './projects/projects';
import { ProposeStep } from './projects/propose-step';
import { SetProjectTarget } from './projects/set-project-target';
import { HouseholdCredits } from './reads/household-credits';
import { HouseholdStore } from './reads/household.store';
import { Issuances } from './reads/issuances';
import { OneBook } from './reads/one-book';
import { ParcelIssuances } from './reads/parcel-issuances';
import { SellableGrams } from './reads/sellable-grams';
import { SerialHistory } from './reads/serial-history';
import { SerialOrigins } from './reads/serial-origins';
import { SerialSearch } from './reads/serial-search';
import { ApplyReversal } from './reversal/apply-reversal';
import { AtRiskStore } from './reversal/at-risk.store';
import { DecideReversal } from './reversal/decide-reversal';
import { PlanReversal } from './reversal/plan-reversal';
import { ProposeReversal } from './reversal/propose-reversal';
import { ReversalStore } from './reversal/reversal.store';
import { Reversals } from './reversal/reversals';
import { SerialMarks } from './reversal/serial-marks';
import { SettleShortfall } from './reversal/settle-shortfall';
import { SerialAudit } from './serials/serial-audit';
import { SerialBlockStore } from './serials/serial-block.store';
import { TakeSerials } from './serials/take-serials';
import { AssignGrams } from './supply/assign-grams';
import { CancelGrams } from './supply/cancel-grams';
import { OfferStore } from './supply/offer.store';
import { RefundGrams } from './supply/refund-grams';
import { ReleaseGrams } from './supply/release-grams';
import { ReservationStore } from './supply/reservation.store';
import { ReserveGrams } from './supply/reserve-grams';
import { RetireGrams } from './supply/retire-grams';
import { RetirementStore } from './supply/retirement.store';
import { Uniqueness } from './uniqueness/uniqueness';

const PUBLIC = [
  AssignGrams,
  CancelGrams,
  ClearFinding,
  CoefficientSets,
  Custody,
  DecideCoefficients,
  DecideReversal,
  DecideStep,
  DecideTransfer,
  DrawBoundary,
  ExternalLists,
  GradeHistory,
  HouseholdCredits,
  ImportExternalList,
  ImportStatement,
  Issuances,
  IssueCredits,
  IssueRegion,
  LandCredits,
  MeasureParcels,
  MirrorUnits,
  OneBook,
  OpenPlatform,
  OpenProject,
  Projects,
  ParcelIssuances,
  ProposeCoefficients,
  ProposeReversal,
  ProposeStep,
  ProposeTransfer,
  RecogniseIssuance,
  RecheckMeasurements,
  RefundGrams,
  ReleaseExternal,
  ReleaseGrams,
  ReserveGrams,
  RetireGrams,
  Reversals,
  SellableGrams,
  SerialAudit,
  SerialHistory,
  SerialMarks,
  SerialOrigins,
  SerialSearch,
  SettleShortfall,
  SetProjectTarget,
  Uniqueness,
];
const PRIVATE = [
  ApplyReversal,
  AtRiskStore,
  CoefficientSetStore,
  CoefficientStore,
  HistoryStore,
  ExternalListStore,
  GradeChangeStore,
  HouseholdStore,
  IssuableStore,
  IssuanceStore,
  MeasurementStore,
  OfferStore,
  PlanReversal,
  ProjectStepStore,
  ProjectStore,
  ReservationStore,
  RetirementStore,
  ReversalStore,
  SerialBlockStore,
  StatementStore,
  TakeSerials,
  TransferStore,
];

@Module({
  imports: [LedgerModule, RegionsModule, RegistryModule],
  providers: [...PRIVATE, ...PUBLIC],
  exports: PUBLIC,
})
export class CreditsModule {}
