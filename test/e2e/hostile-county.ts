import { csv, household, parcel, right } from '../invariants/registry-book';
import { HostileEdge, type Answer, type Sending } from './hostile-edge';

export const BUYER = '13700001111';
export const STRANGER = '13700002222';
export const UNKNOWN = '00000000-0000-4000-8000-000000000000';
export const YEAR = { from: '2025-01-01', to: '2025-12-31' };
export const ORDER = { product: 'bus-1', grams: '2000', cardNumber: '72560001', buyerName: '王小雨' };
/** Less than the roster's 503.70 yuan. */
export const INDICATOR = {
  docNo: '安财农〔2026〕1号',
  year: 2026,
  sourceKind: 'initial',
  fundSource: 'county',
  projectCode: 'P1',
  functionItem: '2130209',
  economicItem: '30310',
  fundNature: '一般公共预算资金',
  budgetUnit: '县林业局',
  direct: false,
  amountFen: '10000',
  arrivedOn: '2026-01-15',
};
const STANDARD = {
  level: 'national',
  tenure: 'individual',
  payableFenPerMu: '1575',
  publicManagementFenPerMu: '25',
  validFrom: '2021-01-01',
  documentNo: '示例〔2021〕1号',
};
const PROGRAMME = {
  code: 'gyl',
  nameZh: '补偿',
  noticeDays: 7,
  noticeDayKind: 'working',
  posts: ['town-finance', 'finance-review'],
};
const SPLIT_RULE = {
  afforestationPpm: 400_000,
  suppliersPpm: 450_000,
  feePpm: 90_000,
  taxPpm: 54_000,
  channelPpm: 6_000,
  validFrom: '2026-01-01',
  source: '示例',
};

/** A county in the middle of everything: money in an account, a roster under review, an order on hold. */
export class HostileCounty {
  rosterId = '';
  leftOut: unknown;
  indicatorId = '';
  order: Readonly<Record<string, string>> = {};

  private constructor(readonly edge: HostileEdge) {}

  static async open(): Promise<HostileCounty> {
    const county = new HostileCounty(await HostileEdge.start());
    await county.openLedger();
    await county.openRoster();
    await county.openMarket();
    return county;
  }

  post(path: string, as: string, body?: unknown): Promise<Answer> {
    return this.edge.send('POST', `books/county/${path}`, { as, body });
  }

  get(path: string, as?: string): Promise<Answer> {
    return this.edge.send('GET', path, as === undefined ? {} : { as });
  }

  /** A body as it stands. */
  raw(path: string, raw: string, sending: Sending = {}): Promise<Answer> {
    return this.edge.send('POST', path, { raw, type: 'application/json', ...sending });
  }

  parcel(cells: Record<string, string>): Promise<Answer> {
    return this.edge.upload('parcels', csv('parcels', [parcel(9, cells)]));
  }

  party(cells: Record<string, string>): Promise<Answer> {
    return this.edge.upload('parties', csv('parties', [household(9, cells)]));
  }

  rights(...rows: readonly Parameters<typeof right>[]): Promise<Answer> {
    return this.edge.upload(
      'rights',
      csv(
        'rights',
        rows.map((row) => right(...row)),
      ),
    );
  }

  /** `amount` from the till into the box, or what `over` makes of it. */
  entry(amount: unknown, key?: string, over: object = {}): Promise<Answer> {
    const postings = [
      { account: 'till', asset: 'CNY', debit: amount },
      { account: 'box', asset: 'CNY', credit: amount },
    ];
    const body = { kind: 'transfer', postings, ...over };
    return this.edge.send('POST', 'books/county/entries', {
      as: 'administrator',
      body,
      ...(key !== undefined && { key }),
    });
  }

  /** A right notice of the order, but for `over`, signed by the bank unless `how` says otherwise. */
  notice(over: object = {}, how: Parameters<HostileEdge['notice']>[1] = {}): Promise<Answer> {
    const { no: orderNo, amountFen } = this.order;
    const right = {
      noticeNo: 'n-1',
      channel: 'agent-bank',
      orderNo,
      amountFen,
      paidAt: '2026-03-12T01:00:00Z',
    };
    return this.edge.notice(JSON.stringify({ ...right, ...over }), how);
  }

  refund(as: string): Promise<Answer> {
    return this.post(`card-orders/${this.order.id!}/refund`, as);
  }

  private async openLedger(): Promise<void> {
    for (const [path, side, floor] of [
      ['till', 'debit', null],
      ['box', 'credit', '0'],
    ]) {
      await this.did('accounts', 'administrator', { path, asset: 'CNY', side, floor });
    }
    await this.edge.done(this.entry('500', 'first'));
  }

  private async openRoster(): Promise<void> {
    const { id: indicatorId } = await this.did('indicators', 'indicator-keeper', INDICATOR);
    const { id: programmeId } = await this.did('programmes', 'forestry-handler', PROGRAMME);
    await this.did(`programmes/${programmeId}/standards`, 'forestry-handler', STANDARD);
    const order = { programmeId, indicatorId, region: '610924100', year: 2026 };
    const { id, leftOut } = await this.did('rosters', 'forestry-handler', order);
    const { until } = await this.did(`rosters/${id}/notice`, 'forestry-handler');
    await this.edge.advancePast(until);
    await this.did(`rosters/${id}/notice/closing`, 'forestry-handler');
    await this.did(`rosters/${id}/steps/town-finance`, 'town-finance');
    Object.assign(this, { indicatorId, leftOut, rosterId: id });
  }

  private async openMarket(): Promise<void> {
    await this.did('measurements', 'forestry-handler', YEAR);
    await this.did('measurements/recheck', 'forestry-reviewer', YEAR);
    await this.did('issuances', 'credit-registrar', { ...YEAR, documentNo: '登记〔2026〕1号' });
    await this.did('card-split-rules', 'card-operator', SPLIT_RULE);
    const product = { code: 'bus-1', name: '零碳公交卡', priceFenPerKg: '100' };
    await this.did('card-products', 'card-operator', product);
    const factor = { validFrom: '2026-01-01', gramsPerKm: '35', source: '示例' };
    await this.did('ride-factors', 'card-operator', factor);
    this.order = await this.did('card-orders', BUYER, ORDER);
  }

  private did(path: string, as: string, body?: unknown): Promise<Answer['body']> {
    return this.edge.done(this.post(path, as, body));
  }
}

/** What is sent to the county, and the refusal: status, code and facts. */
export type Case = readonly [
  fact: string,
  send: (county: HostileCounty) => Promise<Answer>,
  status: number,
  code: string,
  facts?: Readonly<Record<string, unknown>>,
];
