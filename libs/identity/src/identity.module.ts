import { Module } from '@nestjs/common';

import { RegionsModule } from '@app/regions';
import { CodeSender } from './code-sender';
import { CreateStaff } from './create-staff';
import { DevelopmentCodeSender } from './development-code-sender';
import { OneTimeCodesStore } from './one-time-codes.store';
import { RequestCode } from './request-code';
import { Sessions } from './sessions';
import { SessionsStore } from './sessions.store';
import { SignIn } from './sign-in';
import { SignInAttemptsStore } from './sign-in-attempts.store';
import { SignInByCode } from './sign-in-by-code';
import { UsersStore } from './users.store';

@Module({
  imports: [RegionsModule],
  providers: [
    CreateStaff,
    OneTimeCodesStore,
    RequestCode,
    Sessions,
    SessionsStore,
    SignIn,
    SignInAttemptsStore,
    SignInByCode,
    UsersStore,
    { provide: CodeSender, useFactory: () => new DevelopmentCodeSender() },
  ],
  exports: [CodeSender, CreateStaff, RequestCode, Sessions, SignIn, SignInByCode],
})
export class IdentityModule {}
