import {
  DecideReversal,
  ProposeReversal,
  RetireGrams,
  SerialMarks,
  SettleShortfall,
  type ReversalEffect,
  type ReversalProposal,
} from '@app/credits';
import { newId } from '@app/kernel';
import { DecideParcelOrder, ProposeParcelOrder } from '@app/registry';
import { COUNTY, CreditsCounty, serials } from './credits-county';
import { consent, parcel } from './registry-book';

export const CODE = '610924100-2025-g1';
/** 12.30 mu of middle-aged broadleaf forest; a tenth is the buffer's. */
export const RUN = 3_075_000n;
export const BUFFER = 307_500n;
export const FREE = RUN - BUFFER;

export const EVENT: Omit<ReversalProposal, 'parcels'> = {
  ...{ kind: 'fire', day: '2026-02-20', evidence: '县森林火灾调查报告〔2026〕3号' },
  ...{ regions: [COUNTY], dryRun: false },
};
export const lost = (serial: number, lostPercent: string) => ({
  parcelCode: parcel(serial).parcel_code!,
  lostPercent,
});

export class Forest {
  constructor(readonly county: CreditsCounty) {}

  /** Households that let all of it be sold. */
  static async of(households: number): Promise<Forest> {
    const county = await CreditsCounty.open();
    await county.plant(households);
    await county.import(
      'consents',
      serials(households).map((serial) => consent(serial, { share_percent: '100' })),
    );
    await county.issueAll();
    return new Forest(county);
  }

  propose(parcels: ReversalProposal['parcels'], given: Partial<ReversalProposal> = {}) {
    return this.county.run('handler', (tx) =>
      this.county.get(ProposeReversal).execute(tx, { ...EVENT, parcels, ...given }),
    );
  }

  decide(reversal: string, actor = 'reviewer', given: { rejection?: string; dryRun?: boolean } = {}) {
    return this.county.run(actor, (tx) =>
      this.county.get(DecideReversal).execute(tx, { reversal, dryRun: false, ...given }),
    );
  }

  async reverse(
    parcels: ReversalProposal['parcels'],
    given: Partial<ReversalProposal> = {},
  ): Promise<{ id: string; effect: ReversalEffect }> {
    const proposed = await this.propose(parcels, given);
    if (!proposed.ok) throw new Error(JSON.stringify(proposed.reason));
    const id = proposed.value.id!;
    const done = await this.decide(id);
    if (!done.ok) throw new Error(JSON.stringify(done.reason));
    return { id, effect: done.value.effect! };
  }

  settle(
    reversal: string,
    given: Partial<Parameters<SettleShortfall['execute']>[1]> = {},
    actor = 'registrar',
  ) {
    return this.county.run(actor, (tx) =>
      this.county.get(SettleShortfall).execute(tx, { reversal, from: 'buffer', dryRun: false, ...given }),
    );
  }

  /** Sells so many grams of one household, whose consent alone is asked then. */
  async sell(grams: bigint): Promise<string> {
    const { cardId } = await this.county.card(grams);
    return cardId;
  }

  retire(cardId: string, grams: bigint) {
    const items = [{ cardId, grams }];
    return this.county.done('operator', (tx) =>
      this.county.get(RetireGrams).execute(tx, { items, reference: newId() }),
    );
  }

  /** Somebody tells anew what stands on a parcel, and another approves it. */
  async grown(serial: number, ageGroup: string, from: string): Promise<void> {
    const order = {
      ...{
        parcelCode: parcel(serial).parcel_code!,
        from,
        reason: 'growth' as const,
        changes: { age_group: ageGroup },
      },
      ...{ evidence: '小班调查', regions: [COUNTY], dryRun: false },
    };
    const { id } = await this.county.done('handler', (tx) =>
      this.county.get(ProposeParcelOrder).execute(tx, order),
    );
    await this.county.done('reviewer', (tx) =>
      this.county.get(DecideParcelOrder).execute(tx, { order: id!, regions: [COUNTY] }),
    );
  }

  marks(first: bigint, last: bigint) {
    return this.county.get(SerialMarks).of(this.county.book, [{ code: CODE, first, last }]);
  }
}
