import type { FastifyRequest } from 'fastify';

import { present } from '@app/kernel';
import type { Principal } from '@app/identity';

/** What the guard found out about a request: kept beside it, so that no handler can be sent one it made up. */
interface SignedIn {
  readonly principal: Principal;
  readonly token: string;
}

const signedIn = new WeakMap<FastifyRequest, SignedIn>();

export const remember = (request: FastifyRequest, found: SignedIn): void => {
  signedIn.set(request, found);
};

export const signedInBy = (request: FastifyRequest): SignedIn =>
  present(signedIn.get(request), 'the guard has seen a route that asks who is calling');
