import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import { DayLimitStore } from '../idle/day-limit.store';
import { EarmarkStore, type Earmark } from './earmark.store';
import { findingsOfUse, standingOf, type Received, type Standing, type UseFinding } from './use.rules';
import { UseStore, type PayeeOfPurpose, type Voucher } from './use.store';

/** Whoever knows what money reached these parties up to a day; a lib above this one. */
export interface ReceivedReader {
  receivedBy(book: number, parties: readonly string[], day: Day): Promise<Received[]>;
}

/** Where that lib says that it knows. */
@Injectable()
export class ReceivedReaders {
  #reader: ReceivedReader | undefined;

  use(reader: ReceivedReader): void {
    this.#reader = reader;
  }

  get reader(): ReceivedReader | undefined {
    return this.#reader;
  }
}

export interface UseOfParty extends PayeeOfPurpose, Standing {
  readonly findings: readonly UseFinding[];
}

/** Money with a purpose: what payees received, what they showed they used, and what is not as it should be. */
@Injectable()
export class UseOfFunds {
  constructor(
    private readonly database: Database,
    private readonly uses: UseStore,
    private readonly earmarks: EarmarkStore,
    private readonly limits: DayLimitStore,
    private readonly readers: ReceivedReaders,
  ) {}

  rules(book: number, day: Day): Promise<Earmark[]> {
    return this.earmarks.onDay(this.database, book, day);
  }

  vouchers(
    book: number,
    filter: { readonly party?: string; readonly regions: readonly string[] },
  ): Promise<Voucher[]> {
    return this.uses.list(this.database, book, filter);
  }

  /** Of each payee of purpose within the regions that received or used anything up to the day. */
  async on(book: number, day: Day, regions: readonly string[]): Promise<UseOfParty[]> {
    const payees = await this.uses.payees(this.database, book, regions);
    const ids = payees.map(({ id }) => id);
    const [used, received, limit] = [
      await this.uses.usedBy(this.database, book, ids, day),
      (await this.readers.reader?.receivedBy(book, ids, day)) ?? [],
      await this.limits.onDay(this.database, book, 'unused', day),
    ];
    const [usedBy, receivedBy] = [byParty(used), byParty(received)];
    return payees.flatMap((payee): UseOfParty[] => {
      const own = { used: usedBy.get(payee.id) ?? [], received: receivedBy.get(payee.id) ?? [] };
      if (own.used.length === 0 && own.received.length === 0) return [];
      const findings = findingsOfUse(payee.id, own, { day, unusedDays: limit?.days });
      return [{ ...payee, ...standingOf(own.received, own.used), findings }];
    });
  }
}

function byParty<One extends { readonly party: string }>(rows: readonly One[]): Map<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const row of rows) {
    const own = groups.get(row.party);
    if (own) own.push(row);
    else groups.set(row.party, [row]);
  }
  return groups;
}
