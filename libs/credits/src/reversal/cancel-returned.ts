import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import type { EntryDraft } from '@app/ledger';
import type { Tx } from '@app/platform';
import type { MovedPiece } from '../serials/take-serials';
import { ApplyReversal } from './apply-reversal';
import { AtRiskStore } from './at-risk.store';
import { ReversalStore } from './reversal.store';

/**
 * Grams that come back unsold though their forest is lost and nothing stands in for them: nobody has a claim to them any
 * more, so they are cancelled themselves and never sold again.
 */
@Injectable()
export class CancelReturned {
  constructor(
    private readonly reversals: ReversalStore,
    private readonly atRisk: AtRiskStore,
    private readonly apply: ApplyReversal,
  ) {}

  /**
   * Of the pieces that came back by an order or a transfer (`order/<id>`, `transfer/<id>`); gives the entries to be posted
   * after the one that brought them back.
   */
  async of(tx: Tx, returned: readonly MovedPiece[], reference: string): Promise<EntryDraft[]> {
    const seen = await this.reversals.openIn(tx, returned);
    if (seen.length === 0) return [];
    const ids = [...new Set(seen.map(({ reversal }) => reversal))].sort();
    for (const id of ids) await this.reversals.lock(tx, id);
    // Whoever settled one of them meanwhile had its row.
    const open = await this.reversals.openIn(tx, returned);
    const blocks = await this.atRisk.blocks(tx, open, true);
    const runs = open.map((run) => {
      const block = blocks.find(
        ({ issuance, first, last }) => issuance === run.issuance && first <= run.first && last >= run.last,
      );
      return { ...run, block: present(block, 'what came back lies in blocks of its own') };
    });
    const entries: EntryDraft[] = [];
    for (const id of ids) {
      const own = runs.filter(({ reversal }) => reversal === id);
      if (own.length === 0) continue;
      const itself = own.map((run) => ({ owed: run, range: run, by: run }));
      await this.reversals.replace(tx, id, itself, reference);
      entries.push(...(await this.apply.move(tx, id, `returned-${reference}`, own)));
    }
    return entries;
  }
}
