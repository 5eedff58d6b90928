import { phoneIndexOf } from '@app/identity';
import type { Result } from '@app/kernel';
import { Crypto, type Tx } from '@app/platform';
import {
  CorrectBankAccount,
  DecideLandOrder,
  DecideParcelOrder,
  DecidePartyOrder,
  DecidePayeeOrder,
  DecideRightOrder,
  GiveConsent,
  ProposeLandOrder,
  ProposeParcelOrder,
  ProposePartyOrder,
  ProposePayeeOrder,
  ProposeRightOrder,
  RevokeConsent,
} from '@app/registry';
import { consent, COUNTY, household, parcel, RegistryBook, residentNumber, right } from './registry-book';

const COUNT = 12;
const TODAY = '2026-03-02';
const TERMS = { evidence: '镇档案室', regions: [COUNTY], dryRun: false };
const PAPER = '文〔2026〕1号';
const all = Array.from({ length: COUNT }, (_, index) => index + 1);

type Refused = { readonly code: string };
type Class<T> = abstract new (...args: never[]) => T;

/** Numbers of one seed, the same at each run (mulberry32). */
function numbersOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A registry in which steps of all sorts are tried one after the other; those that are refused leave nothing. */
export class RandomRegistry {
  readonly done: Record<string, number> = {};
  #serial = 1_000;

  private constructor(
    readonly home: RegistryBook,
    private readonly below: (limit: number) => number,
  ) {}

  static async open(seed = 20_260_302): Promise<RandomRegistry> {
    const home = await RegistryBook.open();
    const files = [
      await home.import(
        'parties',
        all.map((serial) => household(serial)),
      ),
      await home.import(
        'parcels',
        all.map((serial) => parcel(serial)),
      ),
      await home.import(
        'rights',
        all.map((serial) => right(serial, serial, serial % 3 === 0 ? { valid_to: '2040-12-31' } : {})),
      ),
      await home.import(
        'consents',
        all.filter((serial) => serial % 2 === 0).map((serial) => consent(serial)),
      ),
    ];
    for (const file of files) if (!file.ok) throw new Error(JSON.stringify(file.reason));
    return new RandomRegistry(home, numbersOf(seed));
  }

  /** As many steps, of each sort in turn. */
  async live(steps: number): Promise<void> {
    const sorts = {
      fact: () => this.changeFact(),
      transfer: () => this.changeRight(),
      correction: () => this.correctRight(),
      split: () => this.splitParcel(),
      head: () => this.changeHead(),
      household: () => this.splitHousehold(),
      account: () => this.correctAccount(),
      payee: () => this.changePayee(),
      revoked: () => this.revokeConsent(),
      consent: () => this.giveConsent(),
    };
    const names = Object.keys(sorts) as (keyof typeof sorts)[];
    for (const name of names) this.done[name] = 0;
    for (let step = 0; step < steps; step += 1) {
      const name = names[step % names.length]!;
      if ((await sorts[name]()).ok) this.done[name]! += 1;
    }
  }

  private pick = <T>(items: readonly T[]): T => items[this.below(items.length)]!;
  private get = <T>(of: Class<T>): T => this.home.module.get(of as never);
  private no = (): string => household(this.pick(all)).external_no!;

  private run<T>(actor: string, work: (tx: Tx) => Promise<Result<T, Refused>>): Promise<Result<T, Refused>> {
    return this.home.work.run({ book: this.home.book, actor, action: 'test' }, work);
  }

  private async decided<T extends { readonly id: string | null }>(
    proposed: Promise<Result<T, Refused>>,
    decision: Class<{ execute(tx: Tx, given: never): Promise<Result<unknown, Refused>> }>,
  ): Promise<Result<unknown, Refused>> {
    const order = await proposed;
    if (!order.ok) return order;
    // Some are rejected: then nothing changes but the order.
    const rejection = this.below(6) === 0 ? { rejection: '不符' } : {};
    const given = { order: order.value.id, regions: [COUNTY], ...rejection } as never;
    return this.run('reviewer', (tx) => this.get(decision).execute(tx, given));
  }

  private async openParcel(): Promise<string> {
    const rows = await this.home.query<{ code: string }>(
      `SELECT code FROM registry.parcel WHERE book = $1 AND upper_inf(valid) ORDER BY code`,
      [this.home.book],
    );
    return this.pick(rows).code;
  }

  private async changeFact() {
    const changes = this.pick<Record<string, string>>([
      { certificate_no: `林证字新${this.below(1_000)}` },
      { area_mu: `${1 + this.below(20)}.50` },
      { age_group: this.pick(['young', 'middle', 'mature']), dominant_species: '杉木' },
    ]);
    const from = this.pick(['2024-05-01', '2025-01-01', '2025-09-01', TODAY]);
    const order = { parcelCode: await this.openParcel(), from, reason: 'survey' as const, changes, ...TERMS };
    return this.decided(
      this.run('clerk', (tx) => this.get(ProposeParcelOrder).execute(tx, order as never)),
      DecideParcelOrder,
    );
  }

  private async changeRight(given: object = { from: TODAY, reason: 'transfer' }) {
    const first = 10 * (1 + this.below(9));
    const [one, other] = [this.pick(all), this.pick(all)];
    const share = (serial: number, sharePercent: number) => ({
      ...{ partyExternalNo: household(serial).external_no!, sharePercent: String(sharePercent) },
      documentNo: `流转${this.below(100)}号`,
    });
    const shares = one === other ? [share(one, first)] : [share(one, first), share(other, 100 - first)];
    const order = { parcelCode: await this.openParcel(), kind: 'management', shares, ...TERMS, ...given };
    return this.decided(
      this.run('clerk', (tx) => this.get(ProposeRightOrder).execute(tx, order as never)),
      DecideRightOrder,
    );
  }

  private correctRight() {
    const days = this.pick<object>([
      { from: '2021-01-01', to: '2021-06-30' },
      { from: '2023-01-01', to: '2023-12-31' },
      { from: '2020-01-01', to: '2025-12-31' },
    ]);
    return this.changeRight({ reason: 'correction', ...days });
  }

  private async splitParcel() {
    const code = await this.openParcel();
    const children = ['1', '2'].map((end) => ({ code: `${code}-${end}`, cells: { area_mu: '3.00' } }));
    const order = {
      ...{ kind: 'split' as const, parcelCodes: [code], from: TODAY, children, surveyNo: PAPER, ...TERMS },
    };
    return this.decided(
      this.run('clerk', (tx) => this.get(ProposeLandOrder).execute(tx, order)),
      DecideLandOrder,
    );
  }

  private partyOrder(given: object) {
    const order = { day: TODAY, documentNo: PAPER, bookRegion: COUNTY, ...TERMS, ...given };
    const context = { book: this.home.book, actor: 'clerk', action: 'test' };
    return this.decided(this.get(ProposePartyOrder).execute(context, order as never), DecidePartyOrder);
  }

  private changeHead() {
    const serial = (this.#serial += 1);
    const facts = { name: `新户主${serial}`, idNumber: residentNumber(serial) };
    return this.partyOrder({ event: 'head', partyExternalNo: this.no(), facts });
  }

  private splitHousehold() {
    const serial = (this.#serial += 1);
    const facts = { externalNo: `HH0${serial}`, name: `分出户${serial}`, idNumber: residentNumber(serial) };
    return this.partyOrder({ event: 'split', partyExternalNo: this.no(), facts, moves: [] });
  }

  private async partyId(serial: number): Promise<string> {
    const [row] = await this.home.query<{ id: string }>(
      `SELECT id FROM registry.party WHERE book = $1 AND external_no = $2`,
      [this.home.book, household(serial).external_no],
    );
    return row!.id;
  }

  private async correctAccount() {
    const number = `6217990${String(this.below(1_000_000)).padStart(12, '0')}`;
    const account = {
      ...{ party: await this.partyId(this.pick(all)), bank: '农商银行', number, holderName: '测试户' },
      ...{ evidence: '存折复印件', regions: [COUNTY] },
    };
    return this.run('clerk', (tx) => this.get(CorrectBankAccount).execute(tx, account));
  }

  private changePayee() {
    const payee = {
      ...{ partyExternalNo: this.no(), payeeExternalNo: this.no(), reason: 'guardian' as const, from: TODAY },
      ...{ documentNo: '监护1号', ...TERMS },
    };
    return this.decided(
      this.run('clerk', (tx) => this.get(ProposePayeeOrder).execute(tx, payee)),
      DecidePayeeOrder,
    );
  }

  private phoneIndex = (serial: number): Buffer => phoneIndexOf(this.get(Crypto), household(serial).phone!);

  private async revokeConsent() {
    const rows = await this.home.query<{ id: string; no: string }>(
      `SELECT c.id, t.external_no AS no FROM registry.consent c
         JOIN registry.party t ON t.book = c.book AND t.id = c.party
        WHERE c.book = $1 AND c.revoked_at IS NULL ORDER BY t.external_no`,
      [this.home.book],
    );
    const { id, no } = this.pick(rows);
    const phoneIndex = this.phoneIndex(Number(no.slice(2)));
    return this.run('household', (tx) => this.get(RevokeConsent).execute(tx, { consent: id, phoneIndex }));
  }

  private async giveConsent() {
    const serial = this.pick(all);
    const given = { party: await this.partyId(serial), sharePercent: '50', until: '2027-12-31' };
    const phoneIndex = this.phoneIndex(serial);
    return this.run('household', (tx) => this.get(GiveConsent).execute(tx, { ...given, phoneIndex }));
  }
}
