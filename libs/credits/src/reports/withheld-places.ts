import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { HouseholdCountStore } from './household-count.store';
import { withheldOf } from './withheld.rules';

/** Digits of the codes of a village and of what it lies in. */
export const VILLAGE_DIGITS = 12;
export const TOWNSHIP_DIGITS = 9;
const COUNTY_DIGITS = 6;

export interface PlaceWithheld {
  readonly code: 'PLACE_WITHHELD';
  readonly region: string;
  /** Its figures are in those of this place. */
  readonly readInstead: string;
}

/** Which places are too small to be told of in public. */
@Injectable()
export class WithheldPlaces {
  constructor(private readonly counts: HouseholdCountStore) {}

  /** Of the places directly below. */
  async below(book: number, parent: string, day: Day): Promise<ReadonlySet<string>> {
    const digits = parent.length < TOWNSHIP_DIGITS ? TOWNSHIP_DIGITS : VILLAGE_DIGITS;
    return withheldOf(await this.counts.of(book, parent, digits, day));
  }

  /** Undefined when it may be told; a county always may. */
  async refusalOf(book: number, region: string, day: Day): Promise<PlaceWithheld | undefined> {
    if (region.length < TOWNSHIP_DIGITS) return undefined;
    const parent = region.slice(0, region.length === VILLAGE_DIGITS ? TOWNSHIP_DIGITS : COUNTY_DIGITS);
    const withheld = await this.below(book, parent, day);
    return withheld.has(region) ? { code: 'PLACE_WITHHELD', region, readInstead: parent } : undefined;
  }
}
