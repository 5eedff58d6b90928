/** What may be claimed with the grams: 仅台账, 认购支持, 省级碳普惠认可的减排量, CCER 镜像 (rules.md 12). */
export const GRADES = ['G0', 'G1', 'G2', 'G3'] as const;
export type Grade = (typeof GRADES)[number];

/** Memorandum grams (G0) are shown and never sold, whatever a product asks for. */
export const sellableGrades = (least: Grade): readonly Grade[] =>
  GRADES.filter((grade) => grade >= least && grade !== 'G0');
