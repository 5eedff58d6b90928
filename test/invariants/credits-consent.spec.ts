import fc from 'fast-check';

import {
  AddStandard,
  BuildRoster,
  CompensationModule,
  CreateProgramme,
  USUAL_POSTS,
} from '@app/compensation';
import { AssignGrams, SellableGrams } from '@app/credits';
import { AllotIndicator, FundsModule } from '@app/funds';
import type { Principal } from '@app/identity';
import { addDays, newId, refuse, startOf, type Day, type Refusal } from '@app/kernel';
import { DecideRightOrder, GiveConsent, ProposeRightOrder, RevokeConsent } from '@app/registry';
import { COUNTY, CreditsCounty, expectBookInOrder, serials } from './credits-county';
import { consent, household, parcel } from './registry-book';

/** Grams of a party without its buffer: 12.30 mu of middle-aged broadleaf forest, less a tenth. */
const FREE = 2_767_500n;
/** 12.30 mu at 15.75 yuan. */
const PARCEL_FEN = 19_373n;
const HOUSEHOLDS = 4;
const WHOLE = 1_000_000n;
const LAST = '2028-12-31';

type Command =
  | { readonly do: 'consent'; readonly household: number; readonly sharePercent: number }
  | { readonly do: 'revoke'; readonly household: number }
  | { readonly do: 'sell'; readonly percent: number }
  | { readonly do: 'transfer'; readonly parcel: number; readonly household: number };

const one = fc.integer({ min: 1, max: HOUSEHOLDS });
const COMMANDS: fc.Arbitrary<Command>[] = [
  fc.record({
    do: fc.constant('consent' as const),
    household: one,
    sharePercent: fc.integer({ min: 1, max: 100 }),
  }),
  fc.record({ do: fc.constant('revoke' as const), household: one }),
  fc.record({ do: fc.constant('sell' as const), percent: fc.integer({ min: 1, max: 120 }) }),
  fc.record({ do: fc.constant('transfer' as const), parcel: one, household: one }),
];

interface Person {
  readonly id: string;
  readonly phoneIndex: Buffer;
}

/** Who lets what be sold, what was sold of whom, and who holds which parcel. */
class Model {
  readonly shares = new Map<number, bigint>();
  readonly sold = new Map<number, bigint>(serials(HOUSEHOLDS).map((serial) => [serial, 0n]));
  readonly holders = new Map<number, number>(serials(HOUSEHOLDS).map((serial) => [serial, serial]));
  day: Day = '2026-03-02';

  private constructor(
    private readonly county: CreditsCounty,
    private readonly people: ReadonlyMap<number, Person>,
    private readonly maker: Principal,
    private readonly roster: { readonly programmeId: string; readonly indicatorId: string },
  ) {}

  static async begin(county: CreditsCounty): Promise<Model> {
    const rows = await county.query<{ external_no: string; id: string; phone_index: Buffer }>(
      'SELECT external_no, id, phone_index FROM registry.party WHERE book = $1',
      [county.book],
    );
    const people = rows.map(
      (row) => [Number(row.external_no.slice(2)), { id: row.id, phoneIndex: row.phone_index }] as const,
    );
    const assignments = [{ bookId: county.book, post: 'forestry-handler', region: COUNTY }];
    const maker: Principal = { userId: newId(), kind: 'staff', displayName: 'maker', assignments };
    return new Model(county, new Map(people), maker, await rosterTerms(county, maker));
  }

  offerOf(serial: number): bigint {
    const offer = ((this.shares.get(serial) ?? 0n) * FREE) / WHOLE - this.sold.get(serial)!;
    return offer > 0n ? offer : 0n;
  }

  get offered(): bigint {
    return serials(HOUSEHOLDS).reduce((sum, serial) => sum + this.offerOf(serial), 0n);
  }

  async play(command: Command): Promise<void> {
    if (command.do === 'sell') await this.sell(command.percent);
    else if (command.do === 'transfer') await this.transfer(command.parcel, command.household);
    else if (command.do === 'revoke') await this.revoke(command.household);
    else await this.consent(command.household, command.sharePercent);
  }

  private async consent(serial: number, percent: number): Promise<void> {
    const { id: party, phoneIndex } = this.people.get(serial)!;
    const wish = { party, sharePercent: String(percent), until: LAST, phoneIndex };
    const given = await this.county.run('person', (tx) => this.county.get(GiveConsent).execute(tx, wish));
    expect(given.ok).toBe(!this.shares.has(serial));
    if (given.ok) this.shares.set(serial, BigInt(percent) * 10_000n);
  }

  private async revoke(serial: number): Promise<void> {
    const { id, phoneIndex } = this.people.get(serial)!;
    const [row] = await this.county.query<{ id: string }>(
      'SELECT id FROM registry.consent WHERE party = $1 AND revoked_at IS NULL',
      [id],
    );
    expect(row !== undefined).toBe(this.shares.has(serial));
    if (!row) return;
    const revocation = { consent: row.id, phoneIndex };
    await this.county.done('person', (tx) => this.county.get(RevokeConsent).execute(tx, revocation));
    this.shares.delete(serial);
  }

  private async sell(percent: number): Promise<void> {
    const grams = (this.offered * BigInt(percent)) / 100n || 1n;
    const order = this.county.order(grams, { expiresAt: startOf('2027-01-01') });
    const held = await this.county.reserve(order);
    expect(held.ok).toBe(grams <= this.offered);
    if (!held.ok) return;
    const { orderId } = order;
    await this.county.done('seller', (tx) =>
      this.county.get(AssignGrams).execute(tx, { orderId, cardId: newId() }),
    );
    for (const { party, grams: given } of held.value.suppliers) {
      const [serial] = [...this.people].find(([, { id }]) => id === party)!;
      expect(given).toBeLessThanOrEqual(this.offerOf(serial));
      this.sold.set(serial, this.sold.get(serial)! + given);
    }
  }

  /** A day later: a share that began today cannot end today. */
  private async transfer(parcelNo: number, to: number): Promise<void> {
    this.day = addDays(this.day, 1);
    await this.county.advanceTo(startOf(this.day).toISOString());
    const proposed = await this.county.run('handler', (tx) =>
      this.county.get(ProposeRightOrder).execute(tx, {
        ...{
          parcelCode: parcel(parcelNo).parcel_code!,
          kind: 'management',
          from: this.day,
          reason: 'transfer',
        },
        shares: [{ partyExternalNo: household(to).external_no!, sharePercent: '100', documentNo: '合同1号' }],
        ...{ evidence: '流转合同，档案室', regions: [COUNTY], dryRun: false },
      }),
    );
    expect(proposed.ok).toBe(this.holders.get(parcelNo) !== to);
    if (!proposed.ok) return;
    const decision = { order: proposed.value.id!, regions: [COUNTY] };
    await this.county.done('reviewer', (tx) => this.county.get(DecideRightOrder).execute(tx, decision));
    this.holders.set(parcelNo, to);
  }

  /** Who would be paid what if the year's roster were made now: it is made, read, and taken back. */
  async compensation(): Promise<string[]> {
    let lines: string[] = [];
    await this.county.run<never, Refusal>('maker', async (tx) => {
      const order = { ...this.roster, region: COUNTY, year: 2026 };
      const built = await this.county.get(BuildRoster).execute(tx, this.maker, order);
      if (!built.ok) return built;
      const rows = await tx.query<{ line: string }>(
        `SELECT p.code || ' ' || t.external_no || ' ' || l.amount_fen AS line
           FROM compensation.roster_line l
           JOIN registry.parcel p ON p.book = l.book AND p.id = l.parcel
           JOIN registry.party t ON t.book = l.book AND t.id = l.party
          WHERE l.book = $1 AND l.roster = $2 ORDER BY 1`,
        [tx.book, built.value.id],
      );
      lines = rows.map(({ line }) => line);
      return refuse({ code: 'TAKEN_BACK' });
    });
    return lines;
  }

  async expectTrue(): Promise<void> {
    expect((await this.county.get(SellableGrams).of(this.county.book, 'G1', 20)).grams).toBe(this.offered);
    const rows = await this.county.query<{ party: string; grams: string }>(
      `SELECT party, sum(upper(serials) - lower(serials)) AS grams FROM credits.serial_block
        WHERE book = $1 AND place LIKE 'card/%' GROUP BY party`,
      [this.county.book],
    );
    const cards = new Map(rows.map(({ party, grams }) => [party, BigInt(grams)]));
    for (const [serial, { id }] of this.people) expect(cards.get(id) ?? 0n).toBe(this.sold.get(serial));
    const expected = [...this.holders].map(
      ([no, holder]) => `${parcel(no).parcel_code} ${household(holder).external_no} ${PARCEL_FEN}`,
    );
    expect(await this.compensation()).toEqual(expected.sort());
  }
}

async function rosterTerms(county: CreditsCounty, maker: Principal) {
  const { id: programmeId } = await county.done('maker', (tx) =>
    county.get(CreateProgramme).execute(tx, maker, {
      ...{ code: 'gyl', nameZh: '森林生态效益补偿', nameEn: 'Compensation', rightKinds: ['management'] },
      ...{ noticeDays: 7, noticeDayKind: 'working', posts: USUAL_POSTS },
    }),
  );
  await county.done('maker', (tx) =>
    county.get(AddStandard).execute(tx, maker, {
      ...{ programme: programmeId, level: 'national', tenure: 'individual', payableFenPerMu: 1_575n },
      ...{ publicManagementFenPerMu: 25n, validFrom: '2021-01-01', documentNo: '示例〔2021〕1号' },
    }),
  );
  const { id: indicatorId } = await county.done('keeper', (tx) =>
    county.get(AllotIndicator).execute(tx, {
      ...{
        docNo: '安财农〔2026〕1号',
        year: 2026,
        sourceKind: 'initial',
        fundSource: 'county',
        projectCode: 'P1',
      },
      ...{ functionItem: '2130209', economicItem: '30310', fundNature: '一般公共预算资金' },
      ...{ budgetUnit: '县林业局', direct: false, amountFen: 100_000_000n, arrivedOn: '2026-01-15' },
    }),
  );
  return { programmeId, indicatorId };
}

it('refused grams are never sold, revoked ones leave sale at once, sold ones stay sold, and nobody’s compensation changes by it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(...COMMANDS), { minLength: 15, maxLength: 30 }), async (commands) => {
      const county = await CreditsCounty.open([CompensationModule, FundsModule]);
      try {
        await county.plant(HOUSEHOLDS);
        await county.import('consents', [consent(2), consent(3)]);
        await county.issueAll();
        const model = await Model.begin(county);
        for (const serial of [2, 3]) model.shares.set(serial, (WHOLE * 60n) / 100n);
        await model.expectTrue();
        for (const command of commands) {
          const before = await model.compensation();
          await model.play(command);
          if (command.do !== 'transfer') expect(await model.compensation()).toEqual(before);
          await model.expectTrue();
        }
        await expectBookInOrder(county);
      } finally {
        await county.close();
      }
    }),
    { numRuns: 4, seed: 2026, endOnFailure: true },
  );
}, 240_000);
