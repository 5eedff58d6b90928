/** Fewer households than this with land in a place, and its figures could be told of one of them. */
export const HOUSEHOLDS_LEAST = 3;

export interface PlaceHouseholds {
  readonly region: string;
  /** With a right to land there; counted no further than the least number. */
  readonly households: number;
}

/**
 * Which of the places of one parent are told only in sum. Their sum must not be told by subtraction either: so there are
 * at least two of them, with enough households together; the next smallest place is added while there are not. Places
 * where no household has land are shown: they tell of nobody.
 */
export function withheldOf(places: readonly PlaceHouseholds[]): ReadonlySet<string> {
  const smallest = [...places].sort((a, b) =>
    a.households === b.households ? (a.region < b.region ? -1 : 1) : a.households - b.households,
  );
  const withheld = smallest.filter(({ households }) => households > 0 && households < HOUSEHOLDS_LEAST);
  if (withheld.length === 0) return new Set();
  const others = [
    ...smallest.filter(({ households }) => households >= HOUSEHOLDS_LEAST),
    ...smallest.filter(({ households }) => households === 0),
  ];
  const together = () => withheld.reduce((sum, { households }) => sum + households, 0);
  while (withheld.length < 2 || together() < HOUSEHOLDS_LEAST) {
    const next = others.shift();
    if (!next) break;
    withheld.push(next);
  }
  return new Set(withheld.map(({ region }) => region));
}
