import { parseCount } from '@app/kernel';
import type { RuleKind } from './entitlement.words';

/** What a programme's kind goes by, as data: counted integers are text, as on the wire. */
export type Settings = Readonly<Record<string, unknown>>;

/** By the name of a scheme (分年兑现方案), what each year since planting pays a mu, the earliest first. */
export type Schemes = ReadonlyMap<string, readonly { readonly yearNo: number; readonly fenPerMu: bigint }[]>;

export interface MilestoneSettings {
  /** Fen a mu by what is planted. */
  readonly rates: ReadonlyMap<string, bigint>;
  /** What the county's pass pays of the whole. */
  readonly firstPartPpm: bigint;
  /** The planting is larger than this. */
  readonly leastAreaMu100: bigint;
  /** From the county's pass to the acceptance that pays the rest. */
  readonly acceptanceYears: number;
}

const NAME = /^[a-z0-9-]{1,40}$/;
const RATE_MAX_FEN = 10_000_000n;
const YEARS_MAX = 20;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** A count within the bounds, or undefined: settings come from people. */
function count(value: unknown, least: bigint, most: bigint): bigint | undefined {
  const parsed = typeof value === 'string' ? parseCount(value) : undefined;
  return parsed !== undefined && parsed >= least && parsed <= most ? parsed : undefined;
}

const hasOnly = (settings: Settings, keys: readonly string[]): boolean =>
  Object.keys(settings).every((key) => keys.includes(key));

export function readSchemes(settings: Settings): Schemes | undefined {
  const { schemes } = settings;
  if (!isRecord(schemes) || !hasOnly(settings, ['schemes'])) return undefined;
  const read = Object.entries(schemes).map(([name, years]) => [name, readScheme(years)] as const);
  if (read.length === 0 || read.some(([name, years]) => !NAME.test(name) || !years)) return undefined;
  return new Map(read.map(([name, years]) => [name, years ?? []]));
}

/** `{"1": "50000", "3": "30000"}`: the years of a scheme and what each pays a mu. */
export function readScheme(years: unknown): { yearNo: number; fenPerMu: bigint }[] | undefined {
  if (!isRecord(years)) return undefined;
  const read = Object.entries(years).map(([year, fen]) => ({
    yearNo: Number(count(year, 1n, BigInt(YEARS_MAX)) ?? 0n),
    fenPerMu: count(fen, 1n, RATE_MAX_FEN) ?? 0n,
  }));
  const isWhole = read.length > 0 && read.every(({ yearNo, fenPerMu }) => yearNo > 0 && fenPerMu > 0n);
  return isWhole ? read.sort((a, b) => a.yearNo - b.yearNo) : undefined;
}

export function readMilestoneSettings(settings: Settings): MilestoneSettings | undefined {
  const { rates, acceptanceYears } = settings;
  const keys = ['rates', 'firstPartPpm', 'leastAreaMu100', 'acceptanceYears'];
  if (!isRecord(rates) || !hasOnly(settings, keys)) return undefined;
  const read = Object.entries(rates).map(([name, fen]) => [name, count(fen, 1n, RATE_MAX_FEN)] as const);
  const firstPartPpm = count(settings.firstPartPpm, 1n, 999_999n);
  const leastAreaMu100 = count(settings.leastAreaMu100, 0n, 1_000_000n);
  const years = count(acceptanceYears, 1n, 10n);
  if (read.length === 0 || firstPartPpm === undefined || leastAreaMu100 === undefined || years === undefined)
    return undefined;
  if (read.some(([name, fen]) => !NAME.test(name) || fen === undefined)) return undefined;
  return {
    rates: new Map(read.map(([name, fen]) => [name, fen ?? 0n])),
    firstPartPpm,
    leastAreaMu100,
    acceptanceYears: Number(years),
  };
}

export const readHighestMonthly = (settings: Settings): bigint | undefined =>
  hasOnly(settings, ['highestMonthlyFen']) ? count(settings.highestMonthlyFen, 1n, 100_000_000n) : undefined;

/** Five per cent a year at the least (每年不低于5%). */
export const readFloor = (settings: Settings): bigint | undefined =>
  hasOnly(settings, ['floorPpm']) ? count(settings.floorPpm, 50_000n, 1_000_000n) : undefined;

const EXPECTED: Record<RuleKind, { readonly text: string; readonly holds: (settings: Settings) => boolean }> =
  {
    area: { text: 'none: an area programme pays by its standards', holds: (given) => hasOnly(given, []) },
    instalment: {
      text: '{"schemes": {"<name>": {"<year since planting, 1 to 20>": "<fen a mu>"}}}',
      holds: (given) => readSchemes(given) !== undefined,
    },
    milestone: {
      text: '{"rates": {"<what is planted>": "<fen a mu>"}, "firstPartPpm", "leastAreaMu100", "acceptanceYears"}',
      holds: (given) => readMilestoneSettings(given) !== undefined,
    },
    stipend: {
      text: '{"highestMonthlyFen": "<fen>"}',
      holds: (given) => readHighestMonthly(given) !== undefined,
    },
    dividend: {
      text: '{"floorPpm": "<50000 to 1000000>"}',
      holds: (given) => readFloor(given) !== undefined,
    },
  };

/** What the settings of a kind should be, when these are not. */
export const wrongSettings = (kind: RuleKind, settings: Settings): string | undefined =>
  EXPECTED[kind].holds(settings) ? undefined : EXPECTED[kind].text;
