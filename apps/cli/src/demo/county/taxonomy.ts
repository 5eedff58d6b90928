import type { Chance } from './random';

/** What the bureau's own survey says of a parcel beside what every parcel must have. */
export interface Taxonomy {
  readonly landKind: string;
  readonly forestUse: string;
  readonly forestSubuse: string;
  readonly programme: string;
  readonly originDetail: string;
  readonly dominantSpecies: string;
  readonly canopy: string;
  /** Thousandths of a cubic metre; null where nobody measured the trees. */
  readonly volumeDm3: bigint | null;
  readonly landProtection: string;
  readonly nationalProtection: string;
}

interface Forest {
  readonly forestClass: string;
  readonly origin: string;
  readonly level: 'national' | 'provincial' | 'none';
  readonly areaMu100: number;
}

type Kind = readonly [landKind: string, use: string, subuse: string, species: readonly string[]];

/** Land kind, use and species by class; public-welfare forest of an arbor class is there for water and soil. */
const KINDS: Readonly<Record<string, Kind>> = {
  broadleaf: ['arbor', 'timber', 'general-timber', ['栎类', '桦木', '杨树']],
  mixed: ['arbor', 'timber', 'general-timber', ['针阔混']],
  conifer: ['arbor', 'timber', 'general-timber', ['马尾松', '油松', '杉木', '柏木']],
  bamboo: ['bamboo', 'timber', 'general-timber', ['毛竹']],
  economic: ['arbor', 'economic', 'edible', ['核桃', '板栗']],
  tea: ['special-shrub', 'economic', 'edible', ['茶树']],
  shrub: ['other-shrub', 'protection', 'soil-conservation', ['灌木']],
};

/** The survey measured the conifers: these many dm³ a hundredth of a mu are 30 to 75 m³ a hectare. */
const VOLUME_DM3 = [20, 50] as const;

/** A parcel's facts of the survey, none of which contradicts its class, origin or level. */
export function taxonomyOf(chance: Chance, { forestClass, origin, level, areaMu100 }: Forest): Taxonomy {
  const [landKind, use, subuse, species] = KINDS[forestClass]!;
  const protects = level !== 'none' && use === 'timber';
  const isNatural = origin === 'natural';
  return {
    landKind,
    forestUse: protects ? 'protection' : use,
    forestSubuse: protects ? chance.pick(['water-conservation', 'soil-conservation']) : subuse,
    programme: isNatural ? 'natural-forest' : chance.pick(['farmland-return', 'yangtze']),
    originDetail: isNatural ? 'natural' : 'planted',
    dominantSpecies: chance.pick(species),
    canopy: `0.${chance.between(20, 90)}`,
    volumeDm3: forestClass === 'conifer' ? BigInt(areaMu100) * BigInt(chance.between(...VOLUME_DM3)) : null,
    landProtection: level === 'national' ? '2' : level === 'provincial' ? '3' : '4',
    nationalProtection: level === 'national' ? chance.pick(['1', '2', '2']) : '',
  };
}
