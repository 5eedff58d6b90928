import {
  AssignGrams,
  DecideBookRule,
  DecideTransfer,
  ImportStatement,
  OpenPlatform,
  ProposeBookRule,
  ProposeTransfer,
  RecogniseIssuance,
  RefundGrams,
  ReleaseGrams,
  RetireGrams,
} from '@app/credits';
import { newId } from '@app/kernel';
import {
  CorrectBankAccount,
  DecideLandOrder,
  DecideParcelOrder,
  DecidePartyOrder,
  DecidePayeeOrder,
  DecideRightOrder,
  ProposeLandOrder,
  ProposeParcelOrder,
  ProposePartyOrder,
  ProposePayeeOrder,
  ProposeRightOrder,
} from '@app/registry';
import { COUNTY, CreditsCounty, serials, TOWNSHIP } from './credits-county';
import { Forest, lost } from './credits-forest';
import { consent, household, parcel, residentNumber, right } from './registry-book';

const HOUSEHOLDS = 12;
const REGIONS = [COUNTY];
const TODAY = '2026-03-02';
const CODE = `${TOWNSHIP}-2025-g1`;
const EVIDENCE = '镇档案室';
const TERMS = { evidence: EVIDENCE, regions: REGIONS, dryRun: false };
const [CLERK, REVIEWER, REGISTRAR] = ['clerk', 'reviewer', 'registrar'];
const no = (serial: number): string => household(serial).external_no!;
const code = (serial: number): string => parcel(serial).parcel_code!;

/**
 * A little county in which everything happened that registry and credits know of: parcels, parties, payees and rights
 * that changed, by two people each; grams that were sold, given back, retired, moved out, brought back, reversed.
 */
export class WholeCounty {
  private constructor(readonly county: CreditsCounty) {}

  static async open(): Promise<WholeCounty> {
    const whole = new WholeCounty(await CreditsCounty.open());
    try {
      await whole.live();
      return whole;
    } catch (error) {
      await whole.county.close();
      throw error;
    }
  }

  private async live(): Promise<void> {
    await this.register();
    await this.changeParcels();
    await this.county.issueAll();
    await this.changeRights();
    await this.changeParties();
    await this.sell();
    await this.moveOut();
    await new Forest(this.county).reverse([lost(9, '30'), lost(10, '100')]);
    await this.recognise();
  }

  private async register(): Promise<void> {
    const { county } = this;
    const all = serials(HOUSEHOLDS);
    await county.import(
      'parties',
      all.map((serial) => household(serial)),
    );
    await county.import(
      'parcels',
      // The last two are the state's: a memorandum.
      all.map((serial) => parcel(serial, serial > 10 ? { tenure: 'state' } : {})),
    );
    const shared = [
      right(3, 3, { share_percent: '60' }),
      right(3, 4, { share_percent: '40', document_no: '合同2号' }),
    ];
    await county.import('rights', [
      ...all.filter((serial) => serial !== 3).map((serial) => right(serial, serial)),
      ...shared,
      right(1, 2, { right_kind: 'land-ownership' }),
    ]);
    await county.import(
      'consents',
      all.map((serial) => consent(serial, { share_percent: '100' })),
    );
  }

  private async changeParcels(): Promise<void> {
    await this.changeParcel(1, '2025-07-01', { certificate_no: '林证字新0001' }, 'certificate');
    await this.changeParcel(1, '2025-03-01', { area_mu: '12.50' }, 'survey');
    await this.changeParcel(2, '2025-12-31', { area_mu: '20.00' }, 'survey');
  }

  async changeParcel(
    serial: number,
    from: string,
    changes: Record<string, string>,
    reason: 'survey' | 'certificate',
  ): Promise<void> {
    const { county } = this;
    const order = { parcelCode: code(serial), from, reason, changes, ...TERMS };
    const { id } = await county.done(CLERK, (tx) => county.get(ProposeParcelOrder).execute(tx, order));
    await county.done(REVIEWER, (tx) =>
      county.get(DecideParcelOrder).execute(tx, { order: id!, regions: REGIONS }),
    );
  }

  private async changeRights(): Promise<void> {
    const { county } = this;
    const order = async (given: object): Promise<void> => {
      const proposal = { kind: 'management', ...TERMS, ...given } as unknown as Parameters<
        ProposeRightOrder['execute']
      >[1];
      const { id } = await county.done(CLERK, (tx) => county.get(ProposeRightOrder).execute(tx, proposal));
      await county.done(REVIEWER, (tx) =>
        county.get(DecideRightOrder).execute(tx, { order: id!, regions: REGIONS }),
      );
    };
    const share = (serial: number, sharePercent: string) => ({
      ...{ partyExternalNo: no(serial), sharePercent, documentNo: '流转1号' },
    });
    await order({
      parcelCode: code(4),
      from: TODAY,
      reason: 'transfer',
      shares: [share(4, '50'), share(5, '25')],
    });
    const days = { from: '2022-01-01', to: '2022-12-31' };
    await order({ parcelCode: code(5), ...days, reason: 'correction', shares: [share(6, '100')] });
    const split = {
      ...{ kind: 'split' as const, parcelCodes: [code(6)], from: '2026-03-01', ...TERMS },
      children: ['6.00', '6.30'].map((area_mu, index) => ({
        code: `${code(6)}-${index + 1}`,
        cells: { area_mu },
      })),
    };
    const { id } = await county.done(CLERK, (tx) => county.get(ProposeLandOrder).execute(tx, split));
    await county.done(REVIEWER, (tx) =>
      county.get(DecideLandOrder).execute(tx, { order: id!, regions: REGIONS }),
    );
  }

  private async changeParties(): Promise<void> {
    const { county } = this;
    const order = async (given: object): Promise<void> => {
      const proposal = {
        ...{ day: TODAY, documentNo: '户籍〔2026〕3号', ...TERMS, bookRegion: COUNTY },
        ...given,
      } as unknown as Parameters<ProposePartyOrder['execute']>[1];
      const proposed = await county
        .get(ProposePartyOrder)
        .execute({ book: county.book, actor: CLERK, action: 'test' }, proposal);
      if (!proposed.ok) throw new Error(JSON.stringify(proposed.reason));
      await county.done(REVIEWER, (tx) =>
        county.get(DecidePartyOrder).execute(tx, { order: proposed.value.id!, regions: REGIONS }),
      );
    };
    const move = (serial: number, given: object = {}) => ({
      parcelCode: code(serial),
      kind: 'management',
      ...given,
    });
    await order({
      ...{ event: 'split', partyExternalNo: no(7) },
      facts: { externalNo: 'HH00031', name: '分出户', idNumber: residentNumber(31) },
      moves: [move(7, { sharePercent: '20' })],
    });
    await order({ event: 'merge', partyExternalNo: no(8), intoExternalNo: no(9) });
    await order({
      event: 'head',
      partyExternalNo: no(10),
      facts: { name: '新户主', idNumber: residentNumber(32) },
    });
    const payee = {
      ...{ partyExternalNo: no(1), payeeExternalNo: no(2), reason: 'guardian' as const, from: TODAY },
      ...{ documentNo: '监护1号', ...TERMS },
    };
    const { id } = await county.done(CLERK, (tx) => county.get(ProposePayeeOrder).execute(tx, payee));
    await county.done(REVIEWER, (tx) =>
      county.get(DecidePayeeOrder).execute(tx, { order: id!, regions: REGIONS }),
    );
    const account = {
      ...{ party: await county.partyId(3), bank: '农商银行', number: '6217990000000099999' },
      ...{ holderName: '测试户3', evidence: '存折复印件', regions: REGIONS },
    };
    await county.done(CLERK, (tx) => county.get(CorrectBankAccount).execute(tx, account));
  }

  private async sell(): Promise<void> {
    const { county } = this;
    const sold = await county.card(400_000n);
    const items = [{ cardId: sold.cardId, grams: 150_000n }];
    await county.done('operator', (tx) =>
      county.get(RetireGrams).execute(tx, { items, reference: '注销/1' }),
    );
    const back = await county.card(50_000n);
    await county.done('operator', (tx) => county.get(RefundGrams).execute(tx, back));
    const released = county.order(30_000n);
    for (const order of [released, county.order(20_000n)]) {
      const reserved = await county.reserve(order);
      if (!reserved.ok) throw new Error(reserved.reason.code);
    }
    await county.done('seller', (tx) => county.get(ReleaseGrams).execute(tx, { orderId: released.orderId }));
    const assigned = county.order(10_000n);
    await county.reserve(assigned);
    await county.done('seller', (tx) =>
      county.get(AssignGrams).execute(tx, { orderId: assigned.orderId, cardId: newId() }),
    );
  }

  private async moveOut(): Promise<void> {
    const { county } = this;
    const paper = { documentNo: '托管〔2026〕1号' };
    await county.done(REGISTRAR, (tx) =>
      county.get(OpenPlatform).execute(tx, { code: 'hbets', name: '省碳排放权交易中心', ...paper }),
    );
    const decide = (id: string) =>
      county.done(REVIEWER, (tx) => county.get(DecideTransfer).execute(tx, { id }));
    const out = async (reference: string, grams: bigint): Promise<string> => {
      const move = { platform: 'hbets', reference, grams, partyExternalNo: no(2), issuance: CODE, ...paper };
      const { id } = await county.done(REGISTRAR, (tx) => county.get(ProposeTransfer).out(tx, move));
      await decide(id);
      return id;
    };
    const first = await out('T-1', 200_000n);
    await out('T-2', 40_000n);
    const lines = (['held', 'failed'] as const).map((outcome, index) => ({
      ...{ reference: `T-${index + 1}`, issuance: CODE, outcome, grams: index === 0 ? '200000' : '40000' },
    }));
    await county.done(REGISTRAR, (tx) =>
      county.get(ImportStatement).execute(tx, { platform: 'hbets', day: TODAY, lines }),
    );
    const { id } = await county.done(REGISTRAR, (tx) =>
      county.get(ProposeTransfer).in(tx, { of: first, reference: 'T-3', grams: 60_000n, ...paper }),
    );
    await decide(id);
  }

  private async recognise(): Promise<void> {
    const { county } = this;
    const recognition = {
      issuance: CODE,
      grade: 'G2' as const,
      inclusion: '省碳普惠',
      documentNo: '普惠1号',
    };
    const { id } = await county.done(REGISTRAR, (tx) =>
      county.get(RecogniseIssuance).propose(tx, { ...recognition, documentOn: TODAY }),
    );
    await county.done(REVIEWER, (tx) => county.get(RecogniseIssuance).decide(tx, { id }));
    const rule = {
      kind: 'buffer-return' as const,
      validFrom: TODAY,
      years: 10,
      documentNo: '缓冲1号',
      source: '林业局',
    };
    const proposed = await county.done(REGISTRAR, (tx) => county.get(ProposeBookRule).execute(tx, rule));
    await county.done(REVIEWER, (tx) => county.get(DecideBookRule).execute(tx, { rule: proposed.id }));
  }
}
