import { Injectable } from '@nestjs/common';

import { dayOf, type Day } from '@app/kernel';
import { Books, Database } from '@app/platform';
import { addYears } from '../buffer/buffer.rules';
import type { Grade } from '../grade';
import { shareGrams } from '../issuing/share.rules';
import { BookRuleStore } from '../rules/book-rule.store';
import { HouseholdStore, type MeasuredParcelRow } from './household.store';
import type { PartyLoss } from './party-loss';

/** Grams of one parcel and year that are a party's, and how they came about. */
export interface ParcelCredits {
  readonly party: string;
  readonly parcelCode: string;
  readonly village: string;
  readonly from: Day;
  readonly to: Day;
  /** What the whole parcel took up. */
  readonly parcelGrams: bigint;
  /** The party's part of it. */
  readonly grams: bigint;
  readonly right: { readonly kind: string; readonly sharePpm: bigint; readonly documentNo: string };
  /** 已计量, 已复核, 已登记 */
  readonly state: 'measured' | 'rechecked' | 'issued';
  readonly issuance: { readonly code: string; readonly grade: Grade } | null;
  /** The inputs, the formula and its rounding, as they were stored when it was measured. */
  readonly explanation: Readonly<Record<string, string>>;
}

/** What is left of a party's part of one issuance's buffer. */
export interface PartyBuffer {
  readonly issuance: string;
  readonly grams: bigint;
  /** The first day on which it may return by the rule in force; null while the county has none. */
  readonly mayReturnFrom: Day | null;
}

/** Where a party's grams are. measured ≥ issued = holding + buffer + reserved + sold + retired + cancelled + external. */
export interface PartyCredits {
  readonly party: string;
  readonly measuredGrams: bigint;
  readonly issuedGrams: bigint;
  /** Free: not sold, not reserved. */
  readonly holdingGrams: bigint;
  /** 缓冲量: kept back against reversals; what is not used returns by a dated rule. */
  readonly bufferGrams: bigint;
  /** Its parts, by issuance. */
  readonly buffers: readonly PartyBuffer[];
  /** Held for an order that is not paid yet. */
  readonly reservedGrams: bigint;
  /** On buyers' cards, not used yet. */
  readonly soldGrams: bigint;
  /** Used: retired for buyers' claims (注销). */
  readonly retiredGrams: bigint;
  readonly cancelledGrams: bigint;
  /** Moved out to another platform (托管). */
  readonly externalGrams: bigint;
  readonly parcels: readonly ParcelCredits[];
  readonly losses: readonly PartyLoss[];
  /** 缓冲量 of the party that stood in for what others, or it itself, had sold and lost. */
  readonly standInGrams: bigint;
}

/** What a household sees of its credits, parcel by parcel. */
@Injectable()
export class HouseholdCredits {
  constructor(
    private readonly store: HouseholdStore,
    private readonly database: Database,
    private readonly books: Books,
    private readonly rules: BookRuleStore,
  ) {}

  /** One item a party, in the order asked for. */
  async of(book: number, parties: readonly string[]): Promise<PartyCredits[]> {
    if (parties.length === 0) return [];
    const [measured, places, losses, standIns, buffers] = await Promise.all([
      this.store.measured(book, parties),
      this.store.places(book, parties),
      this.store.losses(book, parties),
      this.store.standIns(book, parties),
      this.store.buffers(book, parties),
    ]);
    const today = dayOf(await this.books.now(book));
    const rule = await this.rules.inForce(this.database, book, 'buffer-return', today);
    const parcels = measured.flatMap((row) => partsOf(row, new Set(parties)));
    return parties.map((party) => {
      const own = parcels.filter((parcel) => parcel.party === party);
      const at = (kind: string) => places.get(`${party} ${kind}`) ?? 0n;
      const measuredGrams = own.reduce((sum, { grams }) => sum + grams, 0n);
      const issuedGrams = own.reduce((sum, { grams, state }) => (state === 'issued' ? sum + grams : sum), 0n);
      return {
        party,
        measuredGrams,
        issuedGrams,
        holdingGrams: at('holding'),
        bufferGrams: at('buffer'),
        buffers: buffers
          .filter((buffer) => buffer.party === party)
          .map(({ issuance, grams, issuedDay }) => ({
            ...{ issuance, grams },
            mayReturnFrom: rule ? addYears(issuedDay, rule.years) : null,
          })),
        reservedGrams: at('reserved-grams'),
        soldGrams: at('card'),
        retiredGrams: at('retired'),
        cancelledGrams: at('cancelled'),
        externalGrams: at('external'),
        parcels: own,
        losses: losses.get(party) ?? [],
        standInGrams: standIns.get(party) ?? 0n,
      };
    });
  }
}

/**
 * What was issued is told as it was issued. What was only measured is split by the rights of the period's last
 * day, as the issuance will do it.
 */
function partsOf(row: MeasuredParcelRow, parties: ReadonlySet<string>): ParcelCredits[] {
  const { parcelCode, village, from, to, explanation, issuance, rechecked } = row;
  const parcelGrams = BigInt(row.grams);
  const shares = row.issued
    ? row.issued.map((share) => ({ ...share, sharePpm: BigInt(share.sharePpm), grams: BigInt(share.grams) }))
    : shareGrams(
        parcelGrams,
        row.rights.map((right) => ({ ...right, sharePpm: BigInt(right.sharePpm) })),
      );
  return shares
    .filter(({ party }) => parties.has(party))
    .map(({ party, kind, sharePpm, documentNo, grams }) => ({
      party,
      parcelCode,
      village,
      from,
      to,
      parcelGrams,
      grams,
      right: { kind, sharePpm, documentNo },
      state: issuance ? 'issued' : rechecked ? 'rechecked' : 'measured',
      issuance,
      explanation,
    }));
}
