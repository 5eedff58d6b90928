import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { signedInBy } from './signed-in-request';

const requestOf = (context: ExecutionContext): FastifyRequest =>
  context.switchToHttp().getRequest<FastifyRequest>();

/** Who is calling: `@CurrentPrincipal() principal: Principal`. Not on public routes. */
export const CurrentPrincipal = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => signedInBy(requestOf(context)).principal,
);

/** The token the caller signed in with, to end its session. */
export const CurrentToken = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => signedInBy(requestOf(context)).token,
);
