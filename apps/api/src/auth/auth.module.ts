import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';

import { IdentityModule, type PostRequired } from '@app/identity';
import { registerRefusals, type RefusalPresentation } from '../http';
import { AuthGuard } from './auth.guard';

const AUTH_STATUS: Record<PostRequired['code'] | 'SIGN_IN_REQUIRED', RefusalPresentation> = {
  SIGN_IN_REQUIRED: {
    status: 401,
    detail: 'Sign in and send the token as "Authorization: Bearer <token>". A session lasts 12 hours.',
  },
  POST_REQUIRED: {
    status: 403,
    detail: 'This needs one of the named posts in this book, over the named region.',
  },
};

registerRefusals(AUTH_STATUS);

/** The guard on every route. */
@Module({
  imports: [IdentityModule],
  providers: [{ provide: APP_GUARD, useClass: AuthGuard }],
})
export class AuthModule {}
