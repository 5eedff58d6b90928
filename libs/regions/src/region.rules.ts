/**
 * True when the region `code` lies in `scope` or is it. Codes nest by prefix (6109 ⊃ 610924 ⊃ 610924100 ⊃
 * 610924100001); the empty scope is everywhere.
 */
export const covers = (scope: string, code: string): boolean => code.startsWith(scope);

const LENGTHS = new Set([2, 4, 6, 9, 12]);

/** The code could be a region's: province 2, prefecture 4, county 6, township 9, village 12 digits. */
export const isRegionCode = (text: string): boolean => /^\d+$/.test(text) && LENGTHS.has(text.length);
