import { formatUnits, MU } from '@app/kernel';
import type { Expected } from './import-error';

/** How many groups a summary lists; the first by code. */
const GROUPS_MAX = 500;

/** What one place gets of one kind. */
export interface SummaryGroup {
  readonly region: string;
  readonly regionName: string | null;
  /** The kind of party, the class of forest, the kind of right. */
  readonly word: string;
  readonly rows: number;
  readonly areaMu100?: bigint;
}

/** What loading a file does to the book. It names nobody. */
export interface ImportSummary {
  /** For a person to read before they say yes. */
  readonly lines: readonly Expected[];
  /** By place and word, the first 500. */
  readonly groups: readonly SummaryGroup[];
  readonly groupsTotal: number;
}

export interface SummaryRow {
  readonly region: string;
  readonly word: string;
  readonly areaMu100?: bigint;
}

/** Rows counted by place and word, in the order of their codes. */
export function groupRows(
  rows: Iterable<SummaryRow>,
  nameOf: (region: string) => string | null,
): SummaryGroup[] {
  const groups = new Map<string, { region: string; word: string; rows: number; areaMu100?: bigint }>();
  for (const { region, word, areaMu100 } of rows) {
    const key = `${region} ${word}`;
    const group = groups.get(key) ?? { region, word, rows: 0 };
    group.rows += 1;
    if (areaMu100 !== undefined) group.areaMu100 = (group.areaMu100 ?? 0n) + areaMu100;
    groups.set(key, group);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ({ ...group, regionName: nameOf(group.region) }));
}

/** The head line, a line a group, and what else is to be said. */
export function summaryOf(
  head: Expected,
  groups: readonly SummaryGroup[],
  zhOf: (word: string) => string,
  more: readonly (Expected | undefined)[] = [],
): ImportSummary {
  const shown = groups.slice(0, GROUPS_MAX);
  const lines = [head, ...more, ...shown.map((group) => lineOf(group, zhOf))];
  return {
    lines: lines.filter((line) => line !== undefined),
    groups: shown,
    groupsTotal: groups.length,
  };
}

function lineOf(
  { region, regionName, word, rows, areaMu100 }: SummaryGroup,
  zhOf: (word: string) => string,
): Expected {
  const place = regionName === null ? region : `${regionName}（${region}）`;
  const mu = areaMu100 === undefined ? undefined : formatUnits(MU, areaMu100);
  return {
    zh: `${place}：${zhOf(word)} ${rows}${mu === undefined ? '' : `，${mu} 亩`}`,
    en: `${regionName ?? region} (${region}): ${rows} ${word}${mu === undefined ? '' : `, ${mu} mu`}`,
  };
}

/** A line that is only said when there is something to say. */
export const whenAny = (count: number, zh: string, en: string): Expected | undefined =>
  count === 0 ? undefined : { zh, en };
