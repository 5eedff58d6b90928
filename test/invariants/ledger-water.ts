import { newId, type Result } from '@app/kernel';
import {
  AskReopening,
  ChangeFloor,
  CloseAccount,
  ClosePeriod,
  EndHold,
  Ledger,
  PlaceHold,
  ReopenPeriod,
  ReverseEntry,
  type EntryDraft,
  type Leg,
  type PostedEntry,
} from '@app/ledger';
import { UnitOfWork, type WorkContext } from '@app/platform';
import { posted, type LedgerBook } from './ledger-book';

export const WATER = 'WATER/hai-river.2026';
export const HEADS = 'HEADS';
/** As long as a code may be, and it ends in a mark. */
export const LONG = `LONGLONGLONGLONG/${'a.b-'.repeat(16)}`;

/** Names that one plain-text tool or another could take for something else. */
export const FARMS = ['farm', 'farm/north', '-x', '2026/01/01', `farm/${'n'.repeat(194)}`] as const;

const HOUR_MS = 3_600_000;

export const done = <T>(result: Result<T>): T => {
  if (!result.ok)
    throw new Error(`refused: ${result.reason.code} ${JSON.stringify(result.reason, bigintText)}`);
  return result.value;
};
const bigintText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}` : value);

/**
 * A water bureau's book: rights of the river are issued to farms, moved, held, taken back, corrected late, and its
 * periods are closed. Nothing in the product knows of water.
 */
export class WaterBook {
  constructor(readonly book: LedgerBook) {}

  readonly #now = Date.now();

  ago(hours: number): Date {
    return new Date(this.#now - hours * HOUR_MS);
  }

  context(actor = 'bureau'): WorkContext {
    return { book: this.book.id, actor, action: 'test.water' };
  }

  async openAsset(code: string, unit: string, scale: number): Promise<void> {
    const { module } = this.book;
    await module.get(UnitOfWork).run(this.context(), async (tx) => {
      await module.get(Ledger).openAsset(tx, { code, unit, scale });
      return { ok: true, value: null };
    });
  }

  async openAccounts(): Promise<void> {
    await this.openAsset(WATER, 'm3', 3);
    await this.openAsset(HEADS, 'head', 0);
    await this.openAsset(LONG, 'piece "of; it"', 9);
    for (const asset of [WATER, HEADS, LONG, 'CNY']) {
      await this.book.openAccount('river', null, 1, asset);
      for (const farm of FARMS) await this.book.openAccount(farm, 0n, -1, asset);
    }
  }

  give(farm: string, asset: string, amount: bigint, rest: Partial<EntryDraft> = {}): Promise<PostedEntry> {
    return this.post(
      [
        { path: 'river', asset, amount },
        { path: farm, asset, amount: -amount },
      ],
      rest,
    );
  }

  async post(legs: readonly Leg[], rest: Partial<EntryDraft> = {}): Promise<PostedEntry> {
    return posted(await this.book.transfer(newId(), legs, rest));
  }

  /** All that a book can go through. Half of it is effective before the period that is closed. */
  async liveThrough(): Promise<void> {
    const { book } = this;
    await this.openAccounts();
    const reference = '水函〔2026〕15号 "a", ; [2026-01-01] = 5 {x} @ 1\n| * ! %41';
    const first = await this.give('farm', WATER, 5_000_000n, {
      effectiveAt: this.ago(72),
      reference,
      memo: 'issue.a',
    });
    for (const [at, farm] of FARMS.entries()) {
      await this.give(farm, WATER, BigInt(1_000 + at), { effectiveAt: this.ago(60 - at) });
      await this.give(farm, HEADS, BigInt(7 + at), { effectiveAt: this.ago(50) });
      await this.give(farm, LONG, 1_000_000_001n, { effectiveAt: this.ago(55) });
    }
    await this.several();
    await this.hold();
    done(
      await book.module.get(ReverseEntry).execute(book.id, 'bureau', {
        ...{ id: newId(), entry: first.id, reference: 'correction', effectiveAt: this.ago(30) },
        legs: [
          { path: 'river', asset: WATER, amount: -1_000n },
          { path: 'farm', asset: WATER, amount: 1_000n },
        ],
      }),
    );
    await this.closings();
    // Late, but after the period; and refused, too large.
    await this.give('farm/north', WATER, 12_345n, { effectiveAt: this.ago(20) });
    await this.give('farm/north', WATER, 1n, { effectiveAt: this.ago(23) });
    const refused = await book.transfer(newId(), [
      { path: 'farm/north', asset: WATER, amount: 10n ** 12n },
      { path: 'river', asset: WATER, amount: -(10n ** 12n) },
    ]);
    if (refused.ok) throw new Error('a farm has no such rights');
  }

  /** Several assets and legs in one entry. */
  private async several(): Promise<void> {
    await this.post([
      { path: 'farm', asset: WATER, amount: 300n },
      { path: 'farm/north', asset: WATER, amount: -100n },
      { path: '-x', asset: WATER, amount: -200n },
      { path: 'farm', asset: HEADS, amount: 2n },
      { path: '-x', asset: HEADS, amount: -2n },
    ]);
  }

  private async hold(): Promise<void> {
    const { book } = this;
    const [hold, open] = [newId(), newId()];
    const expiresAt = new Date(this.#now + HOUR_MS);
    const place = book.module.get(PlaceHold);
    const end = book.module.get(EndHold);
    for (const id of [hold, open]) {
      done(
        await place.execute(book.id, 'bureau', { id, from: 'farm', asset: WATER, amount: 900n, expiresAt }),
      );
    }
    done(await end.commit(book.id, 'bureau', { id: newId(), hold, to: 'farm/north', amount: 500n }));
    done(await end.release(book.id, 'bureau', { id: newId(), hold }));
    done(await end.commit(book.id, 'bureau', { id: newId(), hold: open, to: '-x', amount: 1n }));
  }

  private async closings(): Promise<void> {
    const { module } = this.book;
    const endsAt = this.ago(24);
    done(await module.get(ClosePeriod).execute(this.context(), { endsAt: this.ago(48) }));
    const { period } = done(await module.get(ClosePeriod).execute(this.context(), { endsAt }));
    done(await module.get(AskReopening).execute(this.context('one'), { no: period.no }));
    done(await module.get(ReopenPeriod).execute(this.context('other'), { no: period.no }));
    await this.give('farm', WATER, 77n, { effectiveAt: this.ago(26) });
    done(await module.get(ClosePeriod).execute(this.context(), { endsAt }));
    done(await module.get(ChangeFloor).execute(this.context(), { path: 'farm', asset: WATER, floor: -50n }));
    await this.book.openAccount('field', 0n, -1, WATER);
    done(await module.get(CloseAccount).execute(this.context(), { path: 'field', asset: WATER }));
  }
}
