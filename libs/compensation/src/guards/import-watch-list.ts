import { Injectable } from '@nestjs/common';

import { isDay, newId, ok, refuse, type Day, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import { Crypto, type Tx } from '@app/platform';
import { residentNumberFault } from '@app/registry';
import type { Refused } from '../compensation.refusals';
import type { WatchKind } from './guard.words';

/** Who brings such lists: whoever audits, and the offices that hold them. */
export const WATCH_KEEPERS = ['auditor', 'finance-review', 'administrator'] as const;
export const WATCH_ENTRIES_MAX = 20_000;
const ERRORS_MAX = 100;

export interface WatchListDraft {
  readonly kind: WatchKind;
  /** Who made the list and by what document. */
  readonly source: string;
  readonly asOf: Day;
  readonly idNumbers: readonly string[];
}

type Refusals = PostRequired | Refused<'WATCH_LIST_REFUSED'>;

/** Takes a list of persons to be looked at on rosters. Of the numbers blind indexes are kept, and nothing else. */
@Injectable()
export class ImportWatchList {
  constructor(private readonly crypto: Crypto) {}

  /** Refuses WATCH_LIST_REFUSED with the rows that hold no resident's number; a number twice counts once. */
  async execute(
    tx: Tx,
    principal: Principal,
    draft: WatchListDraft,
  ): Promise<Result<{ id: string; entries: number }, Refusals>> {
    const allowed = Policies.require(principal, tx.book, WATCH_KEEPERS);
    if (!allowed.ok) return allowed;
    const errors = draft.idNumbers.flatMap((text, place) => {
      const fault = residentNumberFault(text.trim().toUpperCase());
      return fault ? [{ row: place + 1, fault }] : [];
    });
    const source = draft.source.trim();
    const wrong = [
      ...(source === '' ? ['source'] : []),
      ...(isDay(draft.asOf) ? [] : ['asOf']),
      ...(draft.idNumbers.length === 0 ? ['idNumbers'] : []),
    ];
    if (errors.length + wrong.length > 0) {
      return refuse({
        code: 'WATCH_LIST_REFUSED',
        fields: wrong,
        rows: errors.length,
        errors: errors.slice(0, ERRORS_MAX),
      });
    }
    const id = newId();
    const numbers = [...new Set(draft.idNumbers.map((text) => text.trim().toUpperCase()))];
    await tx.execute(
      `INSERT INTO compensation.watch_list (book, id, kind, source, as_of, entries, imported_by, imported_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [tx.book, id, draft.kind, source, draft.asOf, numbers.length, tx.context.actor, tx.now],
    );
    await tx.execute(
      `INSERT INTO compensation.watch_entry (book, list, id_number_index)
       SELECT $1, $2, decode(n, 'hex') FROM unnest($3::text[]) AS n`,
      [tx.book, id, numbers.map((text) => this.crypto.blindIndex('party.id-number', text).toString('hex'))],
    );
    tx.audit({ watchList: id, kind: draft.kind, entries: numbers.length });
    return ok({ id, entries: numbers.length });
  }
}
