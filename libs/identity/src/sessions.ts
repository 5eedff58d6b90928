import { Injectable } from '@nestjs/common';

import { maskPhone, ok } from '@app/kernel';
import { Crypto, HOUSE_BOOK, UnitOfWork, type Tx } from '@app/platform';
import type { Principal } from './principal';
import { SessionsStore, type SessionUser } from './sessions.store';
import { digestOf, isToken, newToken } from './tokens';

/** What a caller gets for signing in. The token is not kept: only its digest is. */
export interface OpenedSession {
  readonly token: string;
  readonly expiresAt: Date;
}

@Injectable()
export class Sessions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly crypto: Crypto,
    private readonly store: SessionsStore,
  ) {}

  /** Opens a session of 12 hours. Whoever calls it has established who the user is. */
  async open(tx: Tx, userId: string): Promise<OpenedSession> {
    const token = newToken();
    return { token, expiresAt: await this.store.open(tx, { tokenHash: digestOf(token), userId }) };
  }

  /** The caller of a token; undefined when it is unknown, expired or ended, or its user may not sign in. */
  async principalOf(token: string): Promise<Principal | undefined> {
    if (!isToken(token)) return undefined;
    const user = await this.store.userOf(digestOf(token));
    return user && this.principalFrom(user);
  }

  /** Ends the session of the token at once. */
  async end(principal: Principal, token: string): Promise<void> {
    const context = { book: HOUSE_BOOK, actor: principal.userId, action: 'identity.end-session' };
    await this.unitOfWork.run(context, async (tx) => {
      await this.store.end(tx, digestOf(token));
      return ok(undefined);
    });
  }

  private principalFrom(user: SessionUser): Principal {
    const { userId, kind, displayName, phoneSealed, phoneIndex } = user;
    return {
      userId,
      kind,
      displayName: displayName ?? (phoneSealed ? maskPhone(this.crypto.open('user.phone', phoneSealed)) : ''),
      ...(phoneIndex ? { phoneIndex } : {}),
      assignments: user.assignments.map(({ actingOrderNo, ...held }) =>
        actingOrderNo === null ? held : { ...held, actingOrderNo },
      ),
    };
  }
}
