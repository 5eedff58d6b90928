import { Body, Controller, Delete, HttpCode, Post } from '@nestjs/common';

import {
  RequestCode,
  Sessions,
  SignIn,
  SignInByCode,
  type OpenedSession,
  type Principal,
} from '@app/identity';
import { CurrentPrincipal, CurrentToken, Public } from '../auth';
import { unwrap } from '../http';
import { CodeRequest, SignInByCodeRequest, SignInRequest } from './session.requests';

@Controller()
export class SessionController {
  constructor(
    private readonly signIn: SignIn,
    private readonly requestCode: RequestCode,
    private readonly signInByCode: SignInByCode,
    private readonly sessions: Sessions,
  ) {}

  /** Staff, by login and password. */
  @Public()
  @Post('sessions')
  async byPassword(@Body() { user, password }: SignInRequest): Promise<OpenedSession> {
    return unwrap(await this.signIn.execute(user, password));
  }

  /** Sends a code to a phone; says nothing about whether anybody knows the phone. */
  @Public()
  @Post('one-time-codes')
  @HttpCode(202)
  async sendCode(@Body() { phone }: CodeRequest): Promise<Record<string, never>> {
    unwrap(await this.requestCode.execute(phone));
    return {};
  }

  /** Households and buyers, by the code sent to their phone. */
  @Public()
  @Post('sessions/by-code')
  async byCode(@Body() { phone, code }: SignInByCodeRequest): Promise<OpenedSession> {
    return unwrap(await this.signInByCode.execute(phone, code));
  }

  @Delete('sessions/current')
  @HttpCode(204)
  async end(@CurrentPrincipal() principal: Principal, @CurrentToken() token: string): Promise<void> {
    await this.sessions.end(principal, token);
  }
}
