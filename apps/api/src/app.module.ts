import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';

import { PlatformModule, type Environment } from '@app/platform';
import { AuthModule } from './auth';
import { BooksHttpModule } from './books/books-http.module';
import { CardsHttpModule } from './cards/cards-http.module';
import { CompensationHttpModule } from './compensation/compensation-http.module';
import { CreditsHttpModule } from './credits/credits-http.module';
import { DisbursementHttpModule } from './disbursement/disbursement-http.module';
import { DisclosureHttpModule } from './disclosure/disclosure-http.module';
import { FilesHttpModule } from './files/files-http.module';
import { FiguresHttpModule } from './figures/figures-http.module';
import { FundsHttpModule } from './funds/funds-http.module';
import { HealthController } from './health.controller';
import { ProblemFilter } from './http';
import { IdentityHttpModule } from './identity/identity-http.module';
import { LedgerHttpModule } from './ledger/ledger-http.module';
import { MetricsHttpModule } from './metrics/metrics-http.module';
import { OpenApiHttpModule } from './openapi/openapi-http.module';
import { ProofsHttpModule } from './proofs/proofs-http.module';
import { RegionsHttpModule } from './regions/regions-http.module';
import { RegistryHttpModule } from './registry/registry-http.module';
import { ReportsHttpModule } from './reports/reports-http.module';
import { VerifyHttpModule } from './verify/verify-http.module';

/** The whole HTTP edge: one http module a lib, each declaring its controllers and its table of refusals. */
const EDGES = [
  AuthModule,
  IdentityHttpModule,
  BooksHttpModule,
  RegionsHttpModule,
  LedgerHttpModule,
  OpenApiHttpModule,
  FilesHttpModule,
  RegistryHttpModule,
  CreditsHttpModule,
  FundsHttpModule,
  DisbursementHttpModule,
  CompensationHttpModule,
  CardsHttpModule,
  FiguresHttpModule,
  DisclosureHttpModule,
  ReportsHttpModule,
  VerifyHttpModule,
  ProofsHttpModule,
  MetricsHttpModule,
];

@Module({})
export class AppModule {
  static forProcess(environment: Environment): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.forProcess('api', environment), ...EDGES],
      controllers: [HealthController],
      providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
    };
  }
}
