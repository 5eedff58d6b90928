import {
  PlanBatches,
  PollBatch,
  Reissue,
  SubmitBatch,
  type LineState,
  type PlannedBatch,
  type ReissueRequest,
} from '@app/disbursement';
import { invariant } from '@app/kernel';
import { CorrectBankAccount } from '@app/registry';
import type { County, PaymentSource } from './disbursement-county';
import { expectIdentities } from './disbursement-identities';

export const EACH_FEN = 19_373n;

/** What people do about a payout, with both identities looked at after every step of it. */
export class Cashier {
  #corrections = 0n;

  constructor(private readonly county: County) {}

  /** A locked roster of so many lines, each of EACH_FEN. */
  async roster(count: number): Promise<PaymentSource> {
    const fund = await this.county.indicator(EACH_FEN * BigInt(count));
    return this.county.roster(fund, await this.county.payees(count), EACH_FEN);
  }

  plan({ fund }: { readonly fund: string }, actor?: string) {
    const { county } = this;
    return county.run((tx) => county.get(PlanBatches).execute(tx, { indicatorId: fund }), actor);
  }

  async planned(source: { readonly fund: string }): Promise<readonly PlannedBatch[]> {
    const result = await this.plan(source);
    invariant(result.ok, 'there is something to pay');
    return result.value.batches;
  }

  async payOut(batches: readonly { readonly id: string }[]): Promise<void> {
    for (const { id } of batches) {
      const job = { book: this.county.book, payload: { batch: id } };
      await this.county.get(SubmitBatch).execute(job);
      await expectIdentities(this.county);
      await this.county.get(PollBatch).execute(job);
      await expectIdentities(this.county);
    }
  }

  /** Ids of the lines of a source that are in a state, in the order of the roster. */
  async lines(source: PaymentSource, state: LineState): Promise<string[]> {
    const rows = await this.county.query<{ id: string }>(
      `SELECT id FROM disbursement.payment_line
        WHERE book = $1 AND source_id = $2 AND state = $3 ORDER BY ordinal`,
      [this.county.book, source.id, state],
    );
    return rows.map(({ id }) => id);
  }

  /** A roster paid out, of which the lines with these ordinals came back for a reason. */
  async rosterWithReturns(count: number, reason: string, ordinals: readonly number[]) {
    const { bank } = this.county;
    const roster = await this.roster(count);
    const ids = await this.lines(roster, 'pending');
    const failing = new Set(ordinals.map((ordinal) => ids[ordinal - 1]));
    bank.script = ({ key }) => (failing.has(key) ? { result: 'F', reason } : { result: 'S', reason: null });
    await this.payOut(await this.planned(roster));
    bank.script = () => ({ result: 'S', reason: null });
    return { roster, returned: await this.lines(roster, 'returned') };
  }

  reissue(lines: readonly ReissueRequest[], actor?: string) {
    const { county } = this;
    return county.run((tx) => county.get(Reissue).execute(tx, lines), actor);
  }

  /** Gives the payee of a line another account. */
  async correct(lineId: string, actor: string): Promise<void> {
    const { county } = this;
    const [line] = await county.query<{ party: string }>(
      'SELECT party FROM disbursement.payment_line WHERE book = $1 AND id = $2',
      [county.book, lineId],
    );
    this.#corrections += 1n;
    const correction = {
      party: line?.party ?? '',
      bank: 'ABC',
      number: String(6_228_480_000_000_000n + this.#corrections),
      holderName: '户主',
      evidence: 'passbook',
      regions: ['610924'],
    };
    await county.done((tx) => county.get(CorrectBankAccount).execute(tx, correction), actor);
  }
}
