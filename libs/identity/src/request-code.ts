import { Injectable } from '@nestjs/common';

import { newId, ok, type Result } from '@app/kernel';
import { Crypto, HOUSE_BOOK, UnitOfWork } from '@app/platform';
import { CodeSender } from './code-sender';
import { codeHashOf, mayRequestCode, type CodeTooOften } from './one-time-codes.rules';
import { OneTimeCodesStore } from './one-time-codes.store';
import { phoneIndexOf, phoneOf, type PhoneMalformed } from './phones';
import { newCode } from './tokens';

/** Sends a person a one-time code. The answer is the same whether the phone is known to anybody or not. */
@Injectable()
export class RequestCode {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly crypto: Crypto,
    private readonly codes: OneTimeCodesStore,
    private readonly sender: CodeSender,
  ) {}

  async execute(typedPhone: string): Promise<Result<void, PhoneMalformed | CodeTooOften>> {
    const phone = phoneOf(typedPhone);
    if (!phone.ok) return phone;
    const code = newCode();
    const added = await this.add(phone.value, code);
    // After the commit: a code that was sent but not kept would be a code that does not work.
    if (added.ok) await this.sender.send(phone.value, code);
    return added;
  }

  private add(phone: string, code: string): Promise<Result<void, CodeTooOften>> {
    const phoneIndex = phoneIndexOf(this.crypto, phone);
    const id = newId();
    const context = { book: HOUSE_BOOK, actor: 'anonymous', action: 'identity.request-code' };
    return this.unitOfWork.run(context, async (tx) => {
      await this.codes.lockPhone(tx, phoneIndex);
      const allowed = mayRequestCode(await this.codes.sentTo(tx, phoneIndex));
      if (!allowed.ok) return allowed;
      await this.codes.prune(tx);
      await this.codes.add(tx, { id, phoneIndex, codeHash: codeHashOf(this.crypto, id, code) });
      return ok(undefined);
    });
  }
}
