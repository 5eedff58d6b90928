/** What may be claimed with the grams: 仅台账, 认购支持, 省级碳普惠认可的减排量, CCER 镜像 (rules.md 12). */
export const GRADES = ['G0', 'G1', 'G2', 'G3'] as const;
export type Grade = (typeof GRADES)[number];

/**
 * What a product of this least grade may be made of. Memorandum grams (G0) are shown and never sold, whatever a
 * product asks for; certified units (G3) are retired in the national registry only.
 */
export const sellableGrades = (least: Grade): readonly Grade[] =>
  GRADES.filter((grade) => grade >= least && (grade === 'G1' || grade === 'G2'));

/**
 * The grade of an issuance at an instant, as SQL text over the alias of a row of credits.issuance: that of the last
 * decision before it, else the one it was issued with. Now, when no instant is given.
 */
export const gradeAt = (alias: string, instant?: string): string =>
  `coalesce((SELECT g.grade FROM credits.grade_change g
              WHERE g.book = ${alias}.book AND g.issuance = ${alias}.id AND g.state = 'approved'
                ${instant === undefined ? '' : `AND g.decided_at <= ${instant}`}
              ORDER BY g.decided_at DESC LIMIT 1), ${alias}.grade)`;
