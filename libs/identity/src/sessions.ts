import { Injectable } from '@nestjs/common';

import { maskPhone, ok, present } from '@app/kernel';
import { Coalescer, Crypto, HOUSE_BOOK, UnitOfWork, type Tx } from '@app/platform';
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
  readonly #callers = new Coalescer<string, Principal>((tokens) => this.principalsOf(tokens));

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

  /**
   * The caller of a token; undefined when it is unknown, expired or ended, or its user may not sign in. Requests
   * that arrive together are looked up together; nothing is kept, so an ended session ends at once.
   */
  principalOf(token: string): Promise<Principal | undefined> {
    return isToken(token) ? this.#callers.get(token) : Promise.resolve(undefined);
  }

  /** Ends the session of the token at once. */
  async end(principal: Principal, token: string): Promise<void> {
    const context = { book: HOUSE_BOOK, actor: principal.userId, action: 'identity.end-session' };
    await this.unitOfWork.run(context, async (tx) => {
      await this.store.end(tx, digestOf(token));
      return ok(undefined);
    });
  }

  private async principalsOf(tokens: readonly string[]): Promise<ReadonlyMap<string, Principal>> {
    const found = new Map<string, Principal>();
    for (const user of await this.store.usersOf(tokens.map(digestOf))) {
      const principal = this.principalFrom(user);
      for (const place of user.tokens) found.set(present(tokens[place], 'a place in the list'), principal);
    }
    return found;
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
