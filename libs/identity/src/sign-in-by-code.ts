import { Injectable } from '@nestjs/common';

import { invariant, newId, ok, refuse, type Result } from '@app/kernel';
import { Crypto, HOUSE_BOOK, UnitOfWork, type Tx } from '@app/platform';
import { isCode } from './one-time-codes.rules';
import { OneTimeCodesStore } from './one-time-codes.store';
import { phoneIndexOf, phoneOf, type PhoneMalformed } from './phones';
import { Sessions, type OpenedSession } from './sessions';
import { UsersStore } from './users.store';

/** Wrong, used, expired, tried too often or never sent: whoever guesses learns nothing from the difference. */
export interface CodeRefused {
  readonly code: 'CODE_REFUSED';
}

/** A person signs in with the code that was sent to their phone; the first time makes them a user. */
@Injectable()
export class SignInByCode {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly crypto: Crypto,
    private readonly codes: OneTimeCodesStore,
    private readonly users: UsersStore,
    private readonly sessions: Sessions,
  ) {}

  async execute(
    typedPhone: string,
    code: string,
  ): Promise<Result<OpenedSession, PhoneMalformed | CodeRefused>> {
    const phone = phoneOf(typedPhone);
    if (!phone.ok) return phone;
    const context = { book: HOUSE_BOOK, actor: 'anonymous', action: 'identity.sign-in-by-code' };
    // The try is counted whatever comes of it: a refusal travels inside a committed answer.
    const committed = await this.unitOfWork.run(context, async (tx) =>
      ok(await this.attempt(tx, phone.value, code)),
    );
    invariant(committed.ok, 'an attempt is always committed');
    return committed.value;
  }

  private async attempt(tx: Tx, phone: string, code: string): Promise<Result<OpenedSession, CodeRefused>> {
    const phoneIndex = phoneIndexOf(this.crypto, phone);
    const open = await this.codes.countTry(tx, phoneIndex);
    if (!open || !isCode(this.crypto, open, code)) {
      tx.audit({ outcome: 'refused' });
      return refuse({ code: 'CODE_REFUSED' });
    }
    await this.codes.use(tx, open.id);
    const phoneSealed = this.crypto.seal('user.phone', phone);
    const userId = await this.users.personOf(tx, { userId: newId(), phoneSealed, phoneIndex });
    if (!userId) return refuse({ code: 'CODE_REFUSED' });
    tx.audit({ outcome: 'signed-in', user: userId });
    return ok(await this.sessions.open(tx, userId));
  }
}
