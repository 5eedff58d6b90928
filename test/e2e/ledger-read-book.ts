import { LedgerEdge, transfer } from './ledger-edge';

export type Body = Record<string, unknown>;

export const FROM = '2026-03-01T00:00:00Z';
export const LATER = '2026-03-10T00:00:00Z';
export const BETWEEN = '2026-03-05T00:00:00Z';

const ACCOUNTS = [
  ['till/1', 'CNY', 'debit'],
  ['till/2', 'CNY', 'debit'],
  ['till/1', 'WATER', 'debit'],
  ['sales', 'CNY', 'credit'],
  ['sales', 'WATER', 'credit'],
  ['tilly', 'CNY', 'credit'],
] as const;

/** Till 1 gets 100 on the 1st and pays 30 on the 10th; recorded last, 20 come in on the 5th. */
export class ReadBook {
  readonly posted: Body[] = [];
  #serial = 0;

  private constructor(readonly edge: LedgerEdge) {}

  static async open(): Promise<ReadBook> {
    const book = new ReadBook(await LedgerEdge.start());
    await book.fill();
    return book;
  }

  close(): Promise<void> {
    return this.edge.stop();
  }

  async get(path: string): Promise<Body> {
    return (await this.edge.get(path)).body;
  }

  async items(path: string): Promise<Body[]> {
    return (await this.get(path)).items as Body[];
  }

  async post(body: object): Promise<void> {
    const key = `read/${(this.#serial += 1)}`;
    this.posted.push((await this.edge.post('entries', body, key)).body);
  }

  /** When the entry of this place was recorded. */
  recorded(index: number): string {
    return String(this.posted[index]?.recordedAt);
  }

  private async fill(): Promise<void> {
    await this.edge.admin.query(
      `SELECT ledger.open_asset((SELECT id FROM platform.book WHERE code = 'county'), 'WATER', 'm3', 3)`,
    );
    for (const [path, asset, side] of ACCOUNTS) {
      await this.edge.post('accounts', { path, asset, side, floor: null });
    }
    await this.post(
      transfer('till/1', 'sales', '100', { effectiveAt: FROM, reference: 'invoice 1', memo: 'sale' }),
    );
    await this.post(transfer('tilly', 'till/1', '30', { effectiveAt: LATER, reference: 'invoice 2' }));
    await this.post(transfer('till/2', 'sales', '7', { effectiveAt: LATER, memo: 'sale' }));
    const water = { asset: 'WATER' };
    await this.post({
      kind: 'transfer',
      effectiveAt: LATER,
      postings: [
        { account: 'till/1', ...water, debit: '5000' },
        { account: 'sales', ...water, credit: '5000' },
      ],
    });
    await this.post(transfer('till/1', 'sales', '20', { effectiveAt: BETWEEN, reference: 'invoice 1' }));
  }
}
