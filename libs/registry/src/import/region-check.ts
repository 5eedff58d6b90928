import type { Day } from '@app/kernel';
import { covers } from '@app/regions';
import { problem } from './cell.rules';
import type { CellProblem } from './import-error';
import type { ImportFacts, ImportScope } from './import-kind';

const UNKNOWN = problem('REGION_UNKNOWN', '现行行政区划代码', 'the code of a region that exists');
const NOT_VILLAGE = problem('REGION_NOT_VILLAGE', '12 位村级代码', 'the code of a village, 12 digits');

/** What is wrong with a region code for this book and this person. */
export function regionFault(
  code: string,
  { regions, scope }: ImportFacts,
  today: Day,
  wants: 'any' | 'village',
): CellProblem | undefined {
  const region = regions.get(code);
  if (region === undefined) return UNKNOWN;
  if (region.validTo !== null && region.validTo <= today) return replacedBy(region.successor);
  if (!covers(scope.bookRegion, code)) {
    const inside = scope.bookRegion;
    return problem(
      'REGION_OUTSIDE_BOOK',
      `本账套区划 ${inside} 之内`,
      `a region inside ${inside}, the book's`,
    );
  }
  if (wants === 'village' && region.level !== 'village') return NOT_VILLAGE;
  return scopeFault(code, scope);
}

/** What is wrong with a place that exists when this person may not enter anything there. */
export function scopeFault(code: string, scope: ImportScope): CellProblem | undefined {
  if (scope.regions.some((region) => covers(region, code))) return undefined;
  const own = scope.regions.join(', ');
  return problem('REGION_OUTSIDE_SCOPE', `您的管辖范围 ${own} 之内`, `a region inside your own scope ${own}`);
}

const replacedBy = (successor: string | null): CellProblem =>
  successor === null
    ? UNKNOWN
    : problem(
        'REGION_UNKNOWN',
        `该代码已撤销，现为 ${successor}`,
        `this code is no longer used; it is ${successor} now`,
      );
