import { Injectable } from '@nestjs/common';

import { idOf, invariant, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { BasisStore } from './basis.store';
import type { BasisRefusal } from './disbursement.refusals';
import { RAILS, type Rail } from './rails';

export interface BasisLine {
  /** Party id of the payee. */
  readonly party: string;
  readonly amountFen: bigint;
  /** The ledger account that owes it: must be the one the rail builds from fund, source and party. */
  readonly payablePath: string;
}

interface BasisFacts {
  readonly kind: 'roster' | 'settlement' | 'milestone';
  /** Roster, settlement or milestone id: one basis a source. */
  readonly sourceId: string;
  readonly totalFen: bigint;
  /** Hash of the source's locked content, 64 hex digits. */
  readonly hash: string;
  /** User ids of those who took a step on the source: they may not pay it out as well (law 8). */
  readonly handledBy?: readonly string[];
  readonly lines: readonly BasisLine[];
}

/** The fiscal rail pays against an indicator, the market rail out of one channel of the supervised account. */
export type BasisDraft = BasisFacts &
  (
    | { readonly rail: 'fiscal'; readonly indicator: string }
    | {
        readonly rail: 'market';
        /** `custody/<channel>` is what S draws on. */
        readonly channel: string;
      }
  );

const fundOf = (draft: BasisDraft): string => (draft.rail === 'fiscal' ? draft.indicator : draft.channel);

/**
 * Opens what a payout stands on: a locked roster, a closed settlement or an accepted milestone, with a line per
 * payee. The payable must already be in the ledger, or be posted in the same transaction.
 */
@Injectable()
export class OpenBasis {
  constructor(private readonly store: BasisStore) {}

  /**
   * Set-based: 100,000 lines are one statement. The same source with the same hash is a replay. Refuses
   * BASIS_TOTAL_DIFFERS when the lines do not sum to the total, BASIS_REUSED when the source has another basis.
   */
  async execute(tx: Tx, draft: BasisDraft): Promise<Result<{ id: string; replayed: boolean }, BasisRefusal>> {
    const wrong = this.check(draft);
    if (wrong) return refuse(wrong);
    const basis = { id: idOf('basis', draft.kind, draft.sourceId), fund: fundOf(draft), ...draft };
    if (!(await this.store.insert(tx, basis))) return this.replay(tx, basis);
    await this.store.insertLines(tx, basis.id, draft.sourceId, draft.lines);
    tx.audit({ basis: basis.id, lines: draft.lines.length, totalFen: draft.totalFen.toString() });
    return ok({ id: basis.id, replayed: false });
  }

  private check(draft: BasisDraft): BasisRefusal | undefined {
    const { sourceId, lines, totalFen } = draft;
    if (lines.length === 0) return { code: 'BASIS_EMPTY', sourceId };
    const wrong = lines.findIndex((line) => line.amountFen <= 0n);
    if (wrong >= 0) return { code: 'LINE_AMOUNT_NOT_POSITIVE', sourceId, line: wrong + 1 };
    const linesFen = lines.reduce((sum, line) => sum + line.amountFen, 0n);
    if (linesFen !== totalFen) return { code: 'BASIS_TOTAL_DIFFERS', sourceId, totalFen, linesFen };
    const fund = fundOf(draft);
    for (const { party, payablePath } of lines) {
      const expected = RAILS[draft.rail].payable({ fund, source: sourceId, party });
      invariant(payablePath === expected, `a line of ${draft.rail} basis ${sourceId} points to ${expected}`);
    }
    return undefined;
  }

  private async replay(
    tx: Tx,
    basis: { id: string; sourceId: string; rail: Rail; totalFen: bigint; hash: string },
  ): Promise<Result<{ id: string; replayed: boolean }, BasisRefusal>> {
    const { sourceId } = basis;
    const known = await this.store.find(tx, basis.id);
    if (known.hash !== basis.hash) return refuse({ code: 'BASIS_REUSED', sourceId, field: 'hash' });
    if (known.totalFen !== basis.totalFen)
      return refuse({ code: 'BASIS_REUSED', sourceId, field: 'totalFen' });
    if (known.rail !== basis.rail) return refuse({ code: 'BASIS_REUSED', sourceId, field: 'rail' });
    return ok({ id: basis.id, replayed: true });
  }
}
