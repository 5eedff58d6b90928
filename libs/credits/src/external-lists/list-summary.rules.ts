import { formatUnits, MU } from '@app/kernel';
import type { ListEntry } from './list-file';

/** What a list says of one project, and how much of it is land of this book. */
export interface ProjectSum {
  readonly projectNo: string;
  readonly rows: number;
  readonly matched: number;
  /** Of the rows that say an area. */
  readonly areaMu100: bigint;
}

export interface ListSummary {
  /** For a person to read before they say yes. */
  readonly lines: readonly { readonly zh: string; readonly en: string }[];
  /** By number, the first 500. */
  readonly projects: readonly ProjectSum[];
  readonly projectsTotal: number;
}

const PROJECTS_SHOWN = 500;

/** What taking in the entries does to the book. */
export function listSummaryOf(
  entries: readonly ListEntry[],
  matchedRows: ReadonlySet<number>,
  { claims, landHeld, possible }: { claims: number; landHeld: number; possible: number },
): ListSummary {
  const sums = new Map<string, { rows: number; matched: number; areaMu100: bigint }>();
  for (const { row, projectNo, areaMu100 } of entries) {
    const sum = sums.get(projectNo) ?? { rows: 0, matched: 0, areaMu100: 0n };
    sum.rows += 1;
    if (matchedRows.has(row)) sum.matched += 1;
    sum.areaMu100 += areaMu100 ?? 0n;
    sums.set(projectNo, sum);
  }
  const projects = [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([projectNo, sum]) => ({ projectNo, ...sum }));
  const shown = projects.slice(0, PROJECTS_SHOWN);
  return {
    lines: [
      {
        zh: `清单 ${entries.length} 条，项目 ${projects.length} 个；${matchedRows.size} 条认出本账簿的林地，占用 ${claims} 段无人占用的日期`,
        en: `${entries.length} entries of ${projects.length} projects; ${matchedRows.size} name land of this book and hold ${claims} spans of days that nobody held`,
      },
      {
        zh: `待核对：${landHeld} 处林地的日期已被占用，${possible} 条只是区划和面积相近`,
        en: `to be looked into: ${landHeld} pieces of land are held already, ${possible} entries only lie alike`,
      },
      ...shown.map(({ projectNo, rows, matched, areaMu100 }) => ({
        zh: `项目 ${projectNo}：${rows} 条，认出 ${matched} 条${areaMu100 > 0n ? `，列明 ${formatUnits(MU, areaMu100)} 亩` : ''}`,
        en: `project ${projectNo}: ${rows} entries, ${matched} of them known${areaMu100 > 0n ? `, ${formatUnits(MU, areaMu100)} mu said` : ''}`,
      })),
    ],
    projects: shown,
    projectsTotal: projects.length,
  };
}
