import { Module } from '@nestjs/common';

import {
  IdentityModule,
  type CodeRefused,
  type CodeTooOften,
  type CreateStaffRefusal,
  type PhoneMalformed,
  type SignInRefusal,
} from '@app/identity';
import { registerRefusals, type RefusalPresentation } from '../http';
import { MeController } from './me.controller';
import { SessionController } from './session.controller';
import { StaffController } from './staff.controller';

type IdentityRefusal = SignInRefusal | PhoneMalformed | CodeTooOften | CodeRefused | CreateStaffRefusal;

const IDENTITY_STATUS: Record<IdentityRefusal['code'], RefusalPresentation> = {
  SIGN_IN_FAILED: { status: 401, detail: 'User and password do not belong together.' },
  SIGN_IN_LOCKED: { status: 429, detail: 'Too many wrong passwords for this user. Try again after "until".' },
  PHONE_MALFORMED: { status: 422, detail: 'This is not a mobile number.' },
  CODE_TOO_OFTEN: { status: 429, detail: 'Too many codes for this phone. Wait before asking for another.' },
  CODE_REFUSED: { status: 401, detail: 'The code is wrong, used or expired. Ask for a new one.' },
  POST_REQUIRED: {
    status: 403,
    detail: 'This needs one of the named posts in this book, over the named region.',
  },
  POST_UNKNOWN: { status: 422, detail: 'There is no such post.' },
  ASSIGNMENT_REGION_UNKNOWN: { status: 422, detail: 'There is no region with this code.' },
  LOGIN_MALFORMED: { status: 422, detail: 'A login cannot be written like this.' },
  LOGIN_TAKEN: { status: 409, detail: 'Somebody has this login already.' },
  PASSWORD_WEAK: { status: 422, detail: 'Choose a longer password that does not hold the login.' },
};

registerRefusals(IDENTITY_STATUS);

@Module({
  imports: [IdentityModule],
  controllers: [SessionController, MeController, StaffController],
})
export class IdentityHttpModule {}
