import { Injectable } from '@nestjs/common';

import { isUuid, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { AccountingFigureStore } from './accounting-figure.store';
import type { FigureRefusal } from './figure.refusals';

export interface FigureDecision {
  readonly figure: string;
  /** Why it is rejected; approved when left out. */
  readonly rejection?: string | undefined;
}

/** Somebody who did not propose a figure approves or rejects it, once. */
@Injectable()
export class DecideFigure {
  constructor(private readonly figures: AccountingFigureStore) {}

  /** Refuses FIGURE_UNKNOWN, FIGURE_DECIDED, FIGURE_BY_SAME_PERSON, FIGURE_SAME_DAY. */
  async execute(
    tx: Tx,
    { figure, rejection }: FigureDecision,
  ): Promise<Result<{ id: string }, FigureRefusal>> {
    await this.figures.lockBook(tx);
    const known = isUuid(figure) ? await this.figures.lock(tx, figure) : undefined;
    if (!known) return refuse({ code: 'FIGURE_UNKNOWN', figure: figure.slice(0, 36) });
    if (known.state !== 'proposed') return refuse({ code: 'FIGURE_DECIDED', figure, state: known.state });
    if (known.proposedBy === tx.context.actor) return refuse({ code: 'FIGURE_BY_SAME_PERSON', figure });
    const state = rejection === undefined ? 'approved' : 'rejected';
    if (state === 'approved') {
      const other = await this.figures.rival(tx, known);
      if (other !== undefined) return refuse({ code: 'FIGURE_SAME_DAY', figure, other });
    }
    await this.figures.decide(tx, figure, state, rejection ?? null);
    tx.audit({ figure, outcome: state });
    return ok({ id: figure });
  }
}
