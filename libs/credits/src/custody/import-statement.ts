import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import {
  dayOf,
  idOf,
  invariant,
  newId,
  ok,
  parseCount,
  present,
  refuse,
  type Day,
  type Result,
} from '@app/kernel';
import { Ledger, type DomainLedger, type EntryDraft, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { externalPath, holdingPath } from '../credits.paths';
import { dayFaults } from '../fault.rules';
import { CancelReturned } from '../reversal/cancel-returned';
import { legsOf, TakeSerials } from '../serials/take-serials';
import type { StatementFault, StatementRefusal } from './custody.refusals';
import { reconcile, type Reconciliation, type StatementLine } from './reconcile.rules';
import { isWithin } from './runs.rules';
import { asJson, StatementStore } from './statement.store';
import { TransferStore } from './transfer.store';

export interface PlatformStatement {
  readonly platform: string;
  /** What it held at the end of this day. */
  readonly day: Day;
  readonly lines: readonly (Omit<StatementLine, 'grams'> & {
    /** Whole grams, as a decimal string. */
    readonly grams: string;
  })[];
}

export interface ReconciledStatement extends Reconciliation {
  readonly id: string;
  readonly platform: string;
  readonly day: Day;
}

const FAULTS_SHOWN = 200;

/**
 * Takes in what another platform says it holds: transfers that it confirms are confirmed, those that it did not take
 * come back, and what does not fit is told by name and settles nothing.
 */
@Injectable()
export class ImportStatement {
  private readonly books: DomainLedger;

  constructor(
    private readonly transfers: TransferStore,
    private readonly statements: StatementStore,
    private readonly takeSerials: TakeSerials,
    private readonly cancelReturned: CancelReturned,
    ledger: Ledger,
  ) {
    this.books = ledger.domain('credits');
  }

  /** Refuses CUSTODY_REFUSED, PLATFORM_UNKNOWN, CUSTODY_STATEMENT_REFUSED with the rows, CUSTODY_STATEMENT_REPEATED. */
  async execute(
    tx: Tx,
    { platform, day, lines: given }: PlatformStatement,
  ): Promise<Result<ReconciledStatement, StatementRefusal | PostingRefusal>> {
    const errors = dayFaults('day', day, { most: dayOf(tx.now) });
    if (errors.length > 0) return refuse({ code: 'CUSTODY_REFUSED', errors });
    if (!(await this.transfers.hasPlatform(tx, platform))) {
      return refuse({ code: 'PLATFORM_UNKNOWN', platform: platform.slice(0, 30) });
    }
    const faults = faultsOf(given);
    if (faults.length > 0) {
      const shown = faults.slice(0, FAULTS_SHOWN);
      return refuse({ code: 'CUSTODY_STATEMENT_REFUSED', total: faults.length, errors: shown });
    }
    const lines = given.map((line) => ({ ...line, grams: BigInt(line.grams) }));
    const outside = await this.transfers.lockOutside(tx, platform);
    const sha256 = createHash('sha256').update(asJson(lines)).digest('hex');
    const before = await this.statements.known(tx, platform, day, sha256);
    if (before !== undefined) return refuse({ code: 'CUSTODY_STATEMENT_REPEATED', statement: before });
    const reconciliation = reconcile(outside, lines, day);
    const { confirmed, failed, differences } = reconciliation;
    await this.transfers.settle(tx, confirmed, 'confirmed');
    const entries: EntryDraft[] = [];
    for (const id of failed) entries.push(...(await this.bringBack(tx, id)));
    await this.transfers.settle(tx, failed, 'failed');
    const id = newId();
    await this.statements.insert(tx, { id, platform, day, sha256, lines, reconciliation });
    tx.audit({
      ...{ statement: id, confirmed: confirmed.length },
      ...{ failed: failed.length, differences: differences.length },
    });
    const posted = entries.length > 0 ? await this.books.post(tx, entries) : ok([]);
    return posted.ok ? ok({ id, platform, day, ...reconciliation }) : posted;
  }

  /** external → holding of all that a transfer moved, for the platform did not take it; what is lost of it is cancelled. */
  private async bringBack(tx: Tx, id: string): Promise<EntryDraft[]> {
    const { platform, party, issuance, grams } = present(
      await this.transfers.lock(tx, id),
      'a transfer stays',
    );
    const runs = await this.transfers.serialsOf(tx, id);
    const move = { from: externalPath(platform), to: holdingPath(party), issuance, grams };
    const moved = await this.takeSerials.exactly(
      tx,
      [move],
      { kind: 'credits.move-in', reference: `transfer/${id}` },
      (_move, available) => ({ code: 'TRANSFER_HAS_FEWER' as const, available }),
      (block) => isWithin(runs, block),
    );
    invariant(moved.ok, 'what was sent lies outside until it is settled');
    const reference = `transfer/${id}`;
    const entry = {
      id: idOf('credits.transfer-failed', id),
      ...{ kind: 'credits.move-in', reference, memo: platform },
      legs: legsOf(moved.value),
    };
    return [entry, ...(await this.cancelReturned.of(tx, moved.value, reference))];
  }
}

function faultsOf(lines: PlatformStatement['lines']): StatementFault[] {
  const seen = new Set<string>();
  return lines.flatMap(({ reference, grams }, index) => {
    const row = index + 1;
    const isRepeated = seen.has(reference);
    seen.add(reference);
    const isCount = (parseCount(grams) ?? 0n) > 0n;
    return [
      ...(isRepeated ? [{ row, field: 'reference' as const, code: 'REFERENCE_REPEATED' as const }] : []),
      ...(isCount ? [] : [{ row, field: 'grams' as const, code: 'GRAMS_MALFORMED' as const }]),
    ];
  });
}
