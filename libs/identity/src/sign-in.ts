import { Injectable } from '@nestjs/common';

import { invariant, ok, refuse, type Result } from '@app/kernel';
import { HOUSE_BOOK, UnitOfWork } from '@app/platform';
import { loginOf } from './credentials.rules';
import { decoyHash, verifyPassword } from './password';
import { Sessions, type OpenedSession } from './sessions';
import { ATTEMPTS_MAX, SignInAttemptsStore, type Attempt } from './sign-in-attempts.store';
import { digestOf } from './tokens';
import { UsersStore } from './users.store';

export type SignInRefusal =
  /** Says nothing about which of the two was wrong. */
  | { readonly code: 'SIGN_IN_FAILED' }
  /** Answered for logins that do not exist just the same. */
  | { readonly code: 'SIGN_IN_LOCKED'; readonly until: Date };

/** Staff sign in by login and password. */
@Injectable()
export class SignIn {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UsersStore,
    private readonly attempts: SignInAttemptsStore,
    private readonly sessions: Sessions,
  ) {}

  async execute(typedLogin: string, password: string): Promise<Result<OpenedSession, SignInRefusal>> {
    const login = loginOf(typedLogin);
    const loginDigest = digestOf(login);
    // Counted before the password is looked at: a hundred guesses at once are a hundred guesses.
    const attempt = await this.count(loginDigest);
    if (attempt.attempts > ATTEMPTS_MAX) {
      return refuse({ code: 'SIGN_IN_LOCKED', until: attempt.windowEndsAt });
    }
    const found = await this.users.credentialsOf(login);
    const isRight = await verifyPassword(password, found?.passwordHash ?? (await decoyHash()));
    if (!found || !isRight) return refuse({ code: 'SIGN_IN_FAILED' });
    const context = { book: HOUSE_BOOK, actor: found.userId, action: 'identity.sign-in' };
    return this.unitOfWork.run(context, async (tx) => {
      await this.attempts.clear(tx, loginDigest);
      return ok(await this.sessions.open(tx, found.userId));
    });
  }

  /** A unit of work of its own, so that it stands whatever comes of the attempt. */
  private async count(loginDigest: Buffer): Promise<Attempt> {
    const context = { book: HOUSE_BOOK, actor: 'anonymous', action: 'identity.try-password' };
    const counted = await this.unitOfWork.run(context, async (tx) => {
      await this.attempts.prune(tx);
      return ok(await this.attempts.count(tx, loginDigest));
    });
    invariant(counted.ok, 'counting is never refused');
    return counted.value;
  }
}
