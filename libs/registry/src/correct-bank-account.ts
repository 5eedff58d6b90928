import { Injectable } from '@nestjs/common';

import { dayOf, holdsSomebodysNumber, newId, ok, refuse, type Result } from '@app/kernel';
import { Crypto, type Tx } from '@app/platform';
import { covers } from '@app/regions';
import { BankAccountStore } from './bank-account.store';
import { PartyStore } from './party.store';
import type { RegistryRefusal } from './registry.refusals';

export interface AccountCorrection {
  readonly party: string;
  readonly bank: string;
  /** 8 to 30 digits. */
  readonly number: string;
  readonly holderName: string;
  /** What was seen: the passbook's copy, a letter of the bank. Never the number itself. */
  readonly evidence: string;
  /** Regions the correcting person is responsible for. */
  readonly regions: readonly string[];
}

type Refusals = Extract<
  RegistryRefusal,
  {
    code:
      | 'PARTY_UNKNOWN'
      | 'BANK_ACCOUNT_MALFORMED'
      | 'PERSONAL_NUMBER_IN_TEXT'
      | 'BANK_ACCOUNT_UNCHANGED'
      | 'BANK_ACCOUNT_CHANGED_MEANWHILE';
  }
>;

const ACCOUNT_NUMBER = /^\d{8,30}$/;

/** Gives a party another account from today on. The earlier one stays as history; payments already sent keep it. */
@Injectable()
export class CorrectBankAccount {
  constructor(
    private readonly parties: PartyStore,
    private readonly accounts: BankAccountStore,
    private readonly crypto: Crypto,
  ) {}

  /**
   * Refuses PARTY_UNKNOWN (also for parties outside the regions), BANK_ACCOUNT_MALFORMED,
   * PERSONAL_NUMBER_IN_TEXT, BANK_ACCOUNT_UNCHANGED
   * when it is the current one already, BANK_ACCOUNT_CHANGED_MEANWHILE.
   */
  async execute(tx: Tx, correction: AccountCorrection): Promise<Result<{ account: string }, Refusals>> {
    const { party: partyId, bank, number, holderName, evidence } = correction;
    const party = await this.parties.byId(tx, tx.book, partyId);
    if (!party || !correction.regions.some((region) => covers(region, party.region))) {
      return refuse({ code: 'PARTY_UNKNOWN', party: partyId });
    }
    // The number is not repeated in the refusal: refusals reach logs.
    if (!ACCOUNT_NUMBER.test(number)) {
      return refuse({ code: 'BANK_ACCOUNT_MALFORMED', field: 'number', expected: '8 to 30 digits' });
    }
    for (const field of ['bank', 'holderName', 'evidence'] as const) {
      if (holdsSomebodysNumber(correction[field])) {
        return refuse({ code: 'PERSONAL_NUMBER_IN_TEXT', field, expected: 'a text without long numbers' });
      }
    }
    const account = {
      id: newId(),
      party: partyId,
      bank,
      numberSealed: this.crypto.seal('bank-account.number', number),
      numberIndex: this.crypto.blindIndex('bank-account.number', number),
      last4: number.slice(-4),
      holderName,
      evidence,
      from: dayOf(tx.now),
    };
    const same = await this.accounts.findSame(tx, account);
    if (same) return refuse({ code: 'BANK_ACCOUNT_UNCHANGED', party: partyId, account: same });
    const ended = await this.accounts.end(tx, partyId, account.from);
    if (!(await this.accounts.insert(tx, account))) {
      return refuse({ code: 'BANK_ACCOUNT_CHANGED_MEANWHILE', party: partyId });
    }
    tx.audit({ party: partyId, account: account.id, ended: ended ?? null });
    return ok({ account: account.id });
  }
}
