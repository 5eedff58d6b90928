/** What one party may still sell of one issuance. */
export interface Offer {
  readonly party: string;
  /** Issuance id. */
  readonly issuance: string;
  /** More than zero. */
  readonly grams: bigint;
}

export interface Choice {
  readonly offers: readonly Offer[];
  /** Less than was asked when there is not enough from so few. */
  readonly grams: bigint;
}

/**
 * Takes offers in their order until there is enough, from at most so many parties; a party that is in may give
 * from several issuances. The last offer gives only what is still needed.
 */
export function chooseOffers(offers: readonly Offer[], asked: bigint, maxSuppliers: number): Choice {
  const parties = new Set<string>();
  const chosen: Offer[] = [];
  let open = asked;
  for (const offer of offers) {
    if (open === 0n) break;
    if (!parties.has(offer.party)) {
      if (parties.size === maxSuppliers) continue;
      parties.add(offer.party);
    }
    const grams = offer.grams < open ? offer.grams : open;
    chosen.push({ ...offer, grams });
    open -= grams;
  }
  return { offers: chosen, grams: asked - open };
}
