/**
 * An account a at a path or under it. Paths are compared byte by byte, and "0" is the character after "/": what lies
 * between is under the prefix.
 */
export const UNDER = (prefix: string): string =>
  `(a.path = ${prefix} OR a.path > ${prefix} || '/' AND a.path < ${prefix} || '0')`;
