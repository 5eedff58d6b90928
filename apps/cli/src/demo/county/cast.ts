import type { County, Parcel, Party } from './county';

/** Who plays in the rehearsal's changes: each household and each parcel in one of them at most. */
export class Cast {
  readonly #taken = new Set<string>();
  readonly #land = new Map<string, Parcel[]>();
  readonly #consented: ReadonlyMap<string, string>;
  readonly #households: readonly Party[];

  constructor(private readonly county: County) {
    this.#consented = new Map(county.consents.map(({ externalNo, percent }) => [externalNo, percent]));
    this.#households = county.parties.filter(({ kind }) => kind === 'household');
    for (const parcel of county.parcels)
      for (const { externalNo } of parcel.holders)
        this.#land.set(externalNo, [...(this.#land.get(externalNo) ?? []), parcel]);
  }

  /** All parcels that the household has a share of. */
  landOf({ externalNo }: Party): readonly Parcel[] {
    return this.#land.get(externalNo) ?? [];
  }

  /** Land that a household holds alone, registered and in scope. */
  ownLand(party: Party): Parcel[] {
    return this.landOf(party).filter(
      ({ code, holders, registered, level }) =>
        registered && level !== 'none' && holders.length === 1 && !this.#taken.has(code),
    );
  }

  /** The first households that asked nobody to sell for them, and hold so many parcels alone. */
  household(parcels = 1): Party {
    return this.first(
      (party) => !this.#consented.has(party.externalNo) && this.ownLand(party).length >= parcels,
    );
  }

  /** A household that lets all its grams be sold, with land of its own. */
  supplier(): Party {
    return this.first(
      (party) => this.#consented.get(party.externalNo) === '100' && this.ownLand(party).length > 0,
    );
  }

  /** Another household, from the same village if there is one. */
  neighbourOf({ region }: Party): Party {
    const near = this.#households.find((party) => this.isFree(party) && party.region === region);
    return near ? this.take(near) : this.first(() => true);
  }

  /** So many registered parcels of a class and tenure that nothing else happens to. */
  landOfClass(forestClass: string, tenure: Parcel['tenure'], count: number): Parcel[] {
    const found = this.county.parcels.filter(
      (parcel) =>
        parcel.tenure === tenure &&
        parcel.forestClass === forestClass &&
        parcel.registered &&
        !this.#taken.has(parcel.code),
    );
    return found.slice(0, count).map((parcel) => this.takeLand(parcel));
  }

  takeLand(parcel: Parcel): Parcel {
    this.#taken.add(parcel.code);
    return parcel;
  }

  private first(fits: (party: Party) => boolean): Party {
    const found = this.#households.find((party) => this.isFree(party) && fits(party));
    if (!found) throw new Error('The county is too small for everything that happens in it.');
    return this.take(found);
  }

  private isFree({ externalNo }: Party): boolean {
    return !this.#taken.has(externalNo);
  }

  private take(party: Party): Party {
    this.#taken.add(party.externalNo);
    return party;
  }
}
