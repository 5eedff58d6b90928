import { Module } from '@nestjs/common';

import { LedgerModule } from '@app/ledger';
import { RegistryModule } from '@app/registry';
import { AdjustIndicator } from './adjustment/adjust-indicator';
import { AdjustmentStore } from './adjustment/adjustment.store';
import { AgreementStore } from './agreements/agreement.store';
import { Agreements } from './agreements/agreements';
import { AcceptAgreement } from './agreements/accept-agreement';
import { DecideAgreement } from './agreements/decide-agreement';
import { ProposeAgreement } from './agreements/propose-agreement';
import { ReceiveTransfer } from './agreements/receive-transfer';
import { RecordBenefit } from './agreements/record-benefit';
import { RemitTransfer } from './agreements/remit-transfer';
import { FundsAudit } from './audit/funds-audit';
import { DayLimitStore } from './idle/day-limit.store';
import { IdleFunds } from './idle/idle-funds';
import { SetDayLimit } from './idle/set-day-limit';
import { ImportIndicators } from './import/import-indicators';
import { IndicatorImportStore } from './import/import.store';
import { AllotIndicator } from './indicators/allot-indicator';
import { IndicatorDocuments } from './indicators/indicator-documents';
import { IndicatorStore } from './indicators/indicator.store';
import { Indicators } from './indicators/indicators';
import { ReleaseFunds } from './indicators/release-funds';
import { ReserveFunds } from './indicators/reserve-funds';
import { DecideLien } from './liens/decide-lien';
import { IncomeCertificates, IncomeReaders } from './liens/income-certificates';
import { LienStore } from './liens/lien.store';
import { Liens } from './liens/liens';
import { RegisterLien } from './liens/register-lien';
import { ReleaseLien } from './liens/release-lien';
import { FundSourceStore } from './sources/fund-source.store';
import { FundSources } from './sources/fund-sources';
import { OpenFundSource } from './sources/open-fund-source';
import { RenameFundSource } from './sources/rename-fund-source';
import { EarmarkStore } from './use/earmark.store';
import { RecordUse } from './use/record-use';
import { SetEarmark } from './use/set-earmark';
import { ReceivedReaders, UseOfFunds } from './use/use-of-funds';
import { UseStore } from './use/use.store';
import { VoidUse } from './use/void-use';
import { DecideYearEnd } from './year-end/decide-year-end';
import { ProposeYearEnd } from './year-end/propose-year-end';
import { YearEndStore } from './year-end/year-end.store';
import { YearEnds } from './year-end/year-ends';

const PRIVATE = [
  IndicatorStore,
  FundSourceStore,
  DayLimitStore,
  AdjustmentStore,
  YearEndStore,
  LienStore,
  EarmarkStore,
  UseStore,
  AgreementStore,
];
const PUBLIC = [
  ...[AllotIndicator, ReserveFunds, ReleaseFunds, Indicators],
  ...[ImportIndicators, IndicatorImportStore],
  ...[OpenFundSource, RenameFundSource, FundSources],
  ...[SetDayLimit, IdleFunds],
  ...[AdjustIndicator, IndicatorDocuments],
  ...[ProposeYearEnd, DecideYearEnd, YearEnds],
  ...[RegisterLien, DecideLien, ReleaseLien, Liens, IncomeCertificates, IncomeReaders],
  ...[SetEarmark, RecordUse, VoidUse, UseOfFunds, ReceivedReaders],
  ...[ProposeAgreement, AcceptAgreement, DecideAgreement, RemitTransfer, ReceiveTransfer, RecordBenefit],
  ...[Agreements, FundsAudit],
];

@Module({ imports: [LedgerModule, RegistryModule], providers: [...PRIVATE, ...PUBLIC], exports: PUBLIC })
export class FundsModule {}
