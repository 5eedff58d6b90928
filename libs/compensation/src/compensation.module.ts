import { Module } from '@nestjs/common';

import { DisbursementModule } from '@app/disbursement';
import { FundsModule } from '@app/funds';
import { LedgerModule } from '@app/ledger';
import { AddStandard } from './programmes/add-standard';
import { BuildRoster } from './rosters/build-roster';
import { BuildSupplement } from './rosters/build-supplement';
import { ConfirmRosterFile } from './roster-files/confirm-roster-file';
import { RosterFileStore } from './roster-files/roster-file.store';
import { WriteRosterFile } from './roster-files/write-roster-file';
import { CalendarStore } from './notice/calendar.store';
import { CandidateStore } from './rosters/candidate.store';
import { CloseNotice } from './notice/close-notice';
import { CreateProgramme } from './programmes/create-programme';
import { EntitlementStore } from './entitlements/entitlement.store';
import { Entitlements } from './entitlements/entitlements';
import { NoticeLineStore } from './notice/notice-line.store';
import { AcceptanceStore } from './instalment/acceptance.store';
import { ContractStore } from './instalment/contract.store';
import { Contracts } from './instalment/contracts';
import { DecideAcceptance } from './instalment/decide-acceptance';
import { DecideContract } from './instalment/decide-contract';
import { ProposeAcceptance } from './instalment/propose-acceptance';
import { ProposeContract } from './instalment/propose-contract';
import { DecideIndex } from './indexing/decide-index';
import { IndexDecisionStore } from './indexing/index-decision.store';
import { IndexDecisions } from './indexing/index-decisions';
import { ProposeIndex } from './indexing/propose-index';
import { DecideQuality } from './quality/decide-quality';
import { ProposeQuality } from './quality/propose-quality';
import { QualityResults } from './quality/quality-results';
import { QualityStore } from './quality/quality.store';
import { DecideFindings } from './guards/decide-findings';
import { ExcludeProgrammes } from './guards/exclude-programmes';
import { FindingStore } from './guards/finding.store';
import { ImportWatchList } from './guards/import-watch-list';
import { RosterFindings } from './guards/roster-findings';
import { HouseholdPayments } from './household/household-payments';
import { LockRoster } from './lock/lock-roster';
import { ObjectionStore } from './notice/objection.store';
import { Objections } from './notice/objections';
import { OpenNotice } from './notice/open-notice';
import { ParcelRosters } from './rosters/parcel-rosters';
import { PayeeStore } from './lock/payee.store';
import { ProgrammeStore } from './programmes/programme.store';
import { Programmes } from './programmes/programmes';
import { PublicNotice } from './notice/public-notice';
import { RaiseObjection } from './notice/raise-objection';
import { RecordCalendar } from './notice/record-calendar';
import { RejectRoster } from './posts/reject-roster';
import { RosterAudit } from './audit/roster-audit';
import { RosterLineStore } from './rosters/roster-line.store';
import { RosterLines } from './rosters/roster-lines';
import { RosterStore } from './rosters/roster.store';
import { Rosters } from './rosters/rosters';
import { SettleObjection } from './notice/settle-objection';
import { LandingList } from './posts/landing-list';
import { ReturnRoster } from './posts/return-roster';
import { ReturnStore } from './posts/return.store';
import { StepStore } from './posts/step.store';
import { TakeStep } from './posts/take-step';

const OPERATIONS = [
  AddStandard,
  BuildRoster,
  BuildSupplement,
  CloseNotice,
  ConfirmRosterFile,
  CreateProgramme,
  DecideAcceptance,
  DecideContract,
  DecideFindings,
  DecideIndex,
  DecideQuality,
  ExcludeProgrammes,
  ImportWatchList,
  LockRoster,
  OpenNotice,
  ProposeAcceptance,
  ProposeContract,
  ProposeIndex,
  ProposeQuality,
  RaiseObjection,
  RecordCalendar,
  RejectRoster,
  ReturnRoster,
  SettleObjection,
  TakeStep,
];
const READS = [
  Contracts,
  Entitlements,
  HouseholdPayments,
  IndexDecisions,
  LandingList,
  Objections,
  ParcelRosters,
  Programmes,
  PublicNotice,
  QualityResults,
  RosterAudit,
  RosterFindings,
  RosterLines,
  Rosters,
  WriteRosterFile,
];
const STORES = [
  AcceptanceStore,
  ContractStore,
  CalendarStore,
  CandidateStore,
  EntitlementStore,
  FindingStore,
  IndexDecisionStore,
  NoticeLineStore,
  ObjectionStore,
  PayeeStore,
  ProgrammeStore,
  QualityStore,
  ReturnStore,
  RosterFileStore,
  RosterLineStore,
  RosterStore,
  StepStore,
];

@Module({
  imports: [DisbursementModule, FundsModule, LedgerModule],
  providers: [...STORES, ...OPERATIONS, ...READS],
  exports: [...OPERATIONS, ...READS],
})
export class CompensationModule {}
