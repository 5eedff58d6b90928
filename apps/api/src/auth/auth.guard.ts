import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Sessions } from '@app/identity';
import { RefusalException } from '../http';
import { IS_PUBLIC } from './public';
import { remember } from './signed-in-request';

const BEARER = /^Bearer +(\S+)$/i;

const tokenOf = (request: FastifyRequest): string | undefined =>
  BEARER.exec(request.headers.authorization ?? '')?.[1];

/** For routes of large bodies: nobody unknown is listened to that long. The guard asks again once it is read. */
export const knownBeforeBody =
  (sessions: Sessions) =>
  async (request: FastifyRequest): Promise<void> => {
    const token = tokenOf(request);
    if (token === undefined || !(await sessions.principalOf(token))) {
      throw new RefusalException({ code: 'SIGN_IN_REQUIRED' });
    }
  };

/** Lets nobody pass unknown, unless the route says `@Public()`. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, places)) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const token = tokenOf(request);
    const principal = token === undefined ? undefined : await this.sessions.principalOf(token);
    if (token === undefined || !principal) {
      void http.getResponse<FastifyReply>().header('www-authenticate', 'Bearer');
      throw new RefusalException({ code: 'SIGN_IN_REQUIRED' });
    }
    remember(request, { principal, token });
    return true;
  }
}
