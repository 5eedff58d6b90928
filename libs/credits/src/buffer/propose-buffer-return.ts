import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Day, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { BookRuleStore } from '../rules/book-rule.store';
import { numberInText } from '../text.rules';
import type { BufferRefusal } from './buffer.refusals';
import { addYears } from './buffer.rules';
import { BufferReturnStore } from './buffer-return.store';

export interface BufferReturnProposal {
  /** Code of the issuance. */
  readonly issuance: string;
  readonly documentNo: string;
  /** Regions the proposing person is responsible for. */
  readonly regions: readonly string[];
}

export interface ProposedReturn {
  readonly id: string;
  readonly dueDay: Day;
  /** What is left of the buffer now. */
  readonly grams: bigint;
}

/** Proposes that what is left of an issuance's buffer returns to whose land it came from (缓冲量退还). */
@Injectable()
export class ProposeBufferReturn {
  constructor(
    private readonly rules: BookRuleStore,
    private readonly returns: BufferReturnStore,
  ) {}

  /**
   * By the rule of the day: so many years after the issuance. Refuses ISSUANCE_UNKNOWN (also outside the regions),
   * BUFFER_RULE_MISSING, BUFFER_NOT_DUE, BUFFER_EMPTY, BUFFER_RETURN_EXISTS, PERSONAL_NUMBER_IN_TEXT.
   */
  async execute(tx: Tx, proposal: BufferReturnProposal): Promise<Result<ProposedReturn, BufferRefusal>> {
    const { issuance: code, documentNo, regions } = proposal;
    const number = numberInText({ documentNo });
    if (number) return refuse(number);
    const buffer = await this.returns.buffer(tx, code);
    if (!buffer || !regions.some((own) => covers(own, buffer.region))) {
      return refuse({ code: 'ISSUANCE_UNKNOWN', issuance: code.slice(0, 64) });
    }
    const today = dayOf(tx.now);
    const years = (await this.rules.inForce(tx, tx.book, 'buffer-return', today))?.years;
    if (years === undefined) return refuse({ code: 'BUFFER_RULE_MISSING', day: today });
    const dueDay = addYears(buffer.issuedDay, years);
    if (today < dueDay) return refuse({ code: 'BUFFER_NOT_DUE', issuance: code, dueDay, years });
    if (buffer.grams === 0n) return refuse({ code: 'BUFFER_EMPTY', issuance: code });
    const id = newId();
    if (!(await this.returns.insert(tx, { id, issuance: buffer.id, years, dueDay, documentNo }))) {
      return refuse({
        code: 'BUFFER_RETURN_EXISTS',
        issuance: code,
        state: await this.returns.stateOf(tx, buffer.id),
      });
    }
    tx.audit({ bufferReturn: id, issuance: code, dueDay, grams: buffer.grams.toString() });
    return ok({ id, dueDay, grams: buffer.grams });
  }
}
