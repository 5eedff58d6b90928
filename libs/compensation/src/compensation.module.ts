import { Module } from '@nestjs/common';

import { DisbursementModule } from '@app/disbursement';
import { FundsModule } from '@app/funds';
import { LedgerModule } from '@app/ledger';
import { AddStandard } from './add-standard';
import { BuildRoster } from './build-roster';
import { BuildSupplement } from './build-supplement';
import { CalendarStore } from './calendar.store';
import { CandidateStore } from './candidate.store';
import { CloseNotice } from './close-notice';
import { CreateProgramme } from './create-programme';
import { HouseholdPayments } from './household-payments';
import { LockRoster } from './lock-roster';
import { ObjectionStore } from './objection.store';
import { Objections } from './objections';
import { OpenNotice } from './open-notice';
import { ParcelRosters } from './parcel-rosters';
import { PayeeStore } from './payee.store';
import { ProgrammeStore } from './programme.store';
import { Programmes } from './programmes';
import { PublicNotice } from './public-notice';
import { RaiseObjection } from './raise-objection';
import { RecordCalendar } from './record-calendar';
import { RejectRoster } from './reject-roster';
import { RosterAudit } from './roster-audit';
import { RosterLineStore } from './roster-line.store';
import { RosterLines } from './roster-lines';
import { RosterStore } from './roster.store';
import { Rosters } from './rosters';
import { SettleObjection } from './settle-objection';
import { StepStore } from './step.store';
import { TakeStep } from './take-step';

const OPERATIONS = [
  AddStandard,
  BuildRoster,
  BuildSupplement,
  CloseNotice,
  CreateProgramme,
  LockRoster,
  OpenNotice,
  RaiseObjection,
  RecordCalendar,
  RejectRoster,
  SettleObjection,
  TakeStep,
];
const READS = [
  HouseholdPayments,
  Objections,
  ParcelRosters,
  Programmes,
  PublicNotice,
  RosterAudit,
  RosterLines,
  Rosters,
];
const STORES = [
  CalendarStore,
  CandidateStore,
  ObjectionStore,
  PayeeStore,
  ProgrammeStore,
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
