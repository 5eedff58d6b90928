import type { FastifyRequest } from 'fastify';

import { present } from '@app/kernel';
import type { Principal } from '@app/identity';

/** What the guard found out about a request, under a name that nothing a caller sends can have. */
interface SignedIn {
  readonly principal: Principal;
  readonly token: string;
}

const SIGNED_IN = Symbol('signed in');

type Known = FastifyRequest & { [SIGNED_IN]?: SignedIn };

export const remember = (request: FastifyRequest, found: SignedIn): void => {
  (request as Known)[SIGNED_IN] = found;
};

export const signedInBy = (request: FastifyRequest): SignedIn =>
  present((request as Known)[SIGNED_IN], 'the guard has seen a route that asks who is calling');

/** Who is calling, for a route that takes the request as it is. */
export const principalOf = (request: FastifyRequest): Principal => signedInBy(request).principal;
