import {
  AdjustIndicator,
  DecideYearEnd,
  Indicators,
  ProposeYearEnd,
  ReleaseFunds,
  ReserveFunds,
  type IndicatorView,
  type YearEndAction,
} from '@app/funds';
import { invariant, newId, startOf } from '@app/kernel';
import type { County } from './disbursement-county';

/** What people do with indicators, in the words of a test. */
export class Treasury {
  #serial = 0;

  constructor(readonly county: County) {}

  async advanceTo(day: string): Promise<void> {
    await this.county.owner(
      `SELECT platform.advance_clock(${this.county.book}, '${startOf(day).toISOString()}')`,
    );
  }

  adjust(indicator: string, changeFen: bigint, documentNo = `调〔2026〕${(this.#serial += 1)}号`) {
    const draft = { indicator, changeFen, documentNo, reason: '预算调整', day: '2026-06-01' };
    return this.county.run((tx) => this.county.get(AdjustIndicator).execute(tx, draft), 'keeper');
  }

  reserve(indicator: string, amountFen: bigint, roster = newId()) {
    return this.county.run((tx) =>
      this.county.get(ReserveFunds).execute(tx, { indicator, roster, amountFen }),
    );
  }

  release(indicator: string, roster: string, amountFen: bigint) {
    const release = { indicator, roster, amountFen, from: 'reserved' as const, key: newId() };
    return this.county.run((tx) => this.county.get(ReleaseFunds).execute(tx, release));
  }

  propose(indicator: string, action: YearEndAction, actor = 'keeper') {
    const documentNo = `结〔2026〕${(this.#serial += 1)}号`;
    return this.county.run(
      (tx) => this.county.get(ProposeYearEnd).execute(tx, { indicator, action, documentNo }),
      actor,
    );
  }

  decide(id: string, rejection?: string, actor = 'reviewer') {
    const decision = { id, ...(rejection === undefined ? {} : { rejection }) };
    return this.county.run((tx) => this.county.get(DecideYearEnd).execute(tx, decision), actor);
  }

  /** Proposed by one and approved by another. */
  async close(indicator: string, action: YearEndAction) {
    const proposed = await this.propose(indicator, action);
    invariant(proposed.ok, `proposed: ${proposed.ok ? '' : proposed.reason.code}`);
    const decided = await this.decide(proposed.value.id);
    invariant(decided.ok, `decided: ${decided.ok ? '' : decided.reason.code}`);
    return decided.value;
  }

  async view(indicator: string): Promise<IndicatorView> {
    const found = await this.county.get(Indicators).byId(this.county.book, indicator);
    invariant(found !== undefined, 'the indicator is there');
    return found;
  }

  /** Both identities of each indicator of the book: documents = 额度 = the other terms, and none below zero. */
  async expectWhole(): Promise<void> {
    for (const one of await this.county.get(Indicators).every(this.county.book)) {
      const { allottedFen, availableFen, reservedFen, pendingFen, inTransitFen, returnedFen } = one;
      const { stoppedFen, paidFen, recoveredFen } = one;
      const terms = [
        ...[availableFen, reservedFen, pendingFen, inTransitFen, returnedFen],
        ...[stoppedFen, paidFen, recoveredFen],
      ];
      expect(terms.filter((fen) => fen < 0n)).toEqual([]);
      expect({ of: one.id, fen: terms.reduce((sum, fen) => sum + fen, 0n) }).toEqual({
        of: one.id,
        fen: allottedFen,
      });
      expect(allottedFen).toBe(one.amountFen + one.adjustedFen);
    }
  }
}
