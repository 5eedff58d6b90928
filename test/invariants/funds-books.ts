import {
  AcceptAgreement,
  AllotIndicator,
  DecideAgreement,
  ProposeAgreement,
  RemitTransfer,
} from '@app/funds';
import { invariant, type Refusal, type Result } from '@app/kernel';
import { Ledger } from '@app/ledger';
import { UnitOfWork, type Tx } from '@app/platform';
import type { County } from './disbursement-county';

export const DOCUMENT = {
  ...{ year: 2026, sourceKind: 'supplement' as const, projectCode: 'K1', functionItem: '2110602' },
  ...{ economicItem: '30310', fundNature: '一般公共预算资金', budgetUnit: '县林业局', direct: false },
  arrivedOn: '2026-06-01',
};

/** Two fiscal units of one installation: the county pays, the city's book is paid. */
export class TwoBooks {
  #serial = 0;

  private constructor(
    readonly county: County,
    readonly other: number,
  ) {}

  static async open(county: County): Promise<TwoBooks> {
    await county.owner(
      `SELECT platform.open_rehearsal_book('ankang-city', '安康市', '610900', '2026-06-01 09:00+08')`,
    );
    const [row] = await county.query<{ id: number }>(
      `SELECT id FROM platform.book WHERE code = 'ankang-city'`,
    );
    invariant(row !== undefined, 'the other book is open');
    return new TwoBooks(county, row.id);
  }

  get here(): number {
    return this.county.book;
  }

  run<T, R extends Refusal>(book: number, actor: string, work: (tx: Tx) => Promise<Result<T, R>>) {
    return this.county.get(UnitOfWork).run({ book, actor, action: 'test' }, work);
  }

  async done<T, R extends Refusal>(
    book: number,
    actor: string,
    work: (tx: Tx) => Promise<Result<T, R>>,
  ): Promise<T> {
    const result = await this.run(book, actor, work);
    invariant(result.ok, `refused: ${result.ok ? '' : result.reason.code}`);
    return result.value;
  }

  async propose(amountFen: bigint): Promise<string> {
    const proposal = {
      ...{ otherBook: 'ankang-city', side: 'payer' as const, agreementNo: `协议${(this.#serial += 1)}` },
      ...{ purpose: '汉江水源涵养补偿', amountFen, from: '2026-01-01', to: '2026-12-31' },
    };
    const { id } = await this.done(this.here, 'keeper', (tx) =>
      this.county.get(ProposeAgreement).execute(tx, proposal),
    );
    return id;
  }

  /** Approved in both books. */
  async agreement(amountFen: bigint): Promise<string> {
    const id = await this.propose(amountFen);
    await this.done(this.other, 'city-keeper', (tx) => this.county.get(AcceptAgreement).execute(tx, id));
    for (const [book, actor] of [
      [this.here, 'reviewer'],
      [this.other, 'city-reviewer'],
    ] as const) {
      await this.done(book, actor, (tx) => this.county.get(DecideAgreement).execute(tx, { id }));
    }
    return id;
  }

  remit(agreement: string, indicator: string, amountFen: bigint, book = this.here) {
    const remittance = { agreement, indicator, amountFen, documentNo: '拨付1号' };
    return this.run(book, 'keeper', (tx) => this.county.get(RemitTransfer).execute(tx, remittance));
  }

  async indicatorThere(amountFen: bigint): Promise<string> {
    const draft = { ...DOCUMENT, docNo: `市〔2026〕${(this.#serial += 1)}号`, fundSource: 'city', amountFen };
    const { id } = await this.done(this.other, 'city-keeper', (tx) =>
      this.county.get(AllotIndicator).execute(tx, draft),
    );
    return id;
  }

  /** What left all books by agreement, and what came into them. */
  async cleared(): Promise<{ out: bigint; in: bigint }> {
    let [out, into] = [0n, 0n];
    for (const book of [this.here, this.other]) {
      const sums = await this.county.get(Ledger).sums(book, ['clearing-out', 'clearing-in']);
      out += sums.get('clearing-out') ?? 0n;
      into += sums.get('clearing-in') ?? 0n;
    }
    return { out, in: into };
  }
}
