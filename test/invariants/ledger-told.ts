import fc from 'fast-check';

import { newId } from '@app/kernel';
import type { PostedEntry } from '@app/ledger';
import { LedgerBook, posted } from './ledger-book';

/** One posting as the answer to its entry told it: the naive ledger is a list of these, and sums over all of them. */
export interface Told {
  readonly seq: bigint;
  readonly id: string;
  readonly path: string;
  readonly asset: string;
  readonly amount: bigint;
  readonly version: bigint;
  readonly effectiveAt: string;
  readonly recordedAt: string;
}

interface Step {
  readonly from: number;
  readonly to: number;
  readonly asset: number;
  readonly amount: bigint;
  readonly hoursAgo: number;
}

export const PATHS = ['wells', 'field', 'field/east', 'field/east/one'] as const;
export const ASSETS = ['CNY', 'WATER/2026'] as const;
export const FAR_PAST = '2000-01-01T00:00:00.000000Z';
export const FAR_FUTURE = '2100-01-01T00:00:00.000000Z';

/** Many at one time, many a little late, some very late. */
const STEP = fc.record<Step>({
  from: fc.nat(PATHS.length - 1),
  to: fc.nat(PATHS.length - 2),
  asset: fc.constantFrom(0, 0, 0, 1),
  amount: fc.bigInt(1n, 1_000n),
  hoursAgo: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 400 })),
});

const HOUR_MS = 3_600_000;

export const sideOf = (path: string): 1 | -1 => (path === 'wells' ? 1 : -1);

/** Instants of one length and zone sort as texts. */
export const isIn = (instant: string, after: string | undefined, upTo: string | undefined): boolean =>
  (after === undefined || instant > after) && (upTo === undefined || instant <= upTo);

export const sumOf = (postings: readonly Told[]): bigint =>
  postings.reduce((total, { amount, path }) => total + BigInt(sideOf(path)) * amount, 0n);

export const debitsOf = (postings: readonly Told[]): bigint =>
  postings.reduce((total, { amount }) => (amount > 0n ? total + amount : total), 0n);

export const creditsOf = (postings: readonly Told[]): bigint =>
  postings.reduce((total, { amount }) => (amount < 0n ? total - amount : total), 0n);

/** A book of random transfers, and everything that was told about it. */
export class ToldBook {
  readonly postings: Told[] = [];
  readonly #base = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;

  private constructor(readonly book: LedgerBook) {}

  static async open(): Promise<ToldBook> {
    const book = await LedgerBook.open();
    await book.admin.query(`SELECT ledger.open_asset($1, $2, 'm3', 3)`, [book.id, ASSETS[1]]);
    for (const path of PATHS)
      for (const asset of ASSETS) await book.openAccount(path, null, sideOf(path), asset);
    return new ToldBook(book);
  }

  async grow(entries: number, seed: number): Promise<void> {
    for (const step of fc.sample(STEP, { numRuns: entries, seed })) await this.take(step);
  }

  async take({ from, to, asset: code, amount, hoursAgo }: Step): Promise<void> {
    const [asset, payer, payee] = [ASSETS[code]!, PATHS[from]!, PATHS[to >= from ? to + 1 : to]!];
    const legs = [
      { path: payer, asset, amount },
      { path: payee, asset, amount: -amount },
    ];
    const effectiveAt = new Date(this.#base - hoursAgo * HOUR_MS);
    this.tell(posted(await this.book.transfer(newId(), legs, { effectiveAt })));
  }

  private tell({ id, seq, effectiveAtText, recordedAtText, postings }: PostedEntry): void {
    for (const { path, asset, amount, version } of postings) {
      this.postings.push({
        ...{ seq, id, path, asset, amount, version },
        ...{ effectiveAt: effectiveAtText, recordedAt: recordedAtText },
      });
    }
  }

  /** What had counted and was known, by a path and an asset or of all. */
  known(of: { path?: string; asset?: string; effectiveAt?: string; recordedAt?: string }): Told[] {
    return this.postings.filter(
      ({ path, asset, effectiveAt, recordedAt }) =>
        (of.path === undefined || path === of.path) &&
        (of.asset === undefined || asset === of.asset) &&
        isIn(effectiveAt, undefined, of.effectiveAt) &&
        isIn(recordedAt, undefined, of.recordedAt),
    );
  }

  /** A time worth asking about: none, one that occurs, one between, or one far out. */
  time(of: 'effectiveAt' | 'recordedAt'): fc.Arbitrary<string | undefined> {
    const all = [...new Set(this.postings.map((posting) => posting[of]))];
    const beside = all.map((at) =>
      at.replace(
        /(\d{6})Z$/,
        (_, micros: string) => `${String(Math.max(Number(micros) - 1, 0)).padStart(6, '0')}Z`,
      ),
    );
    return fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom(undefined, FAR_PAST, FAR_FUTURE) },
      { weight: 5, arbitrary: fc.constantFrom(...all, ...beside) },
    );
  }
}

/** Without the names that are undefined: an absent limit is no limit. */
export const given = <T extends object>(query: T): { [Name in keyof T]: Exclude<T[Name], undefined> } =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as never;
