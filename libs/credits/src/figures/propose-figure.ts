import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { AccountingFigureStore } from './accounting-figure.store';
import type { FigureRefusal } from './figure.refusals';
import { faultsOf, figureOf, type WantedFigure } from './figure.rules';

/** Proposes a density or a price for the reports; it counts when another person approves it. */
@Injectable()
export class ProposeFigure {
  constructor(private readonly figures: AccountingFigureStore) {}

  /** Refuses FIGURE_REFUSED with every fault. */
  async execute(tx: Tx, wanted: WantedFigure): Promise<Result<{ id: string }, FigureRefusal>> {
    const errors = faultsOf(wanted);
    if (errors.length > 0) return refuse({ code: 'FIGURE_REFUSED', errors });
    const id = await this.figures.insert(tx, figureOf(wanted));
    tx.audit({ figure: id, kind: wanted.kind, amount: wanted.amount, validFrom: wanted.validFrom });
    return ok({ id });
  }
}
