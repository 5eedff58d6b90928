import type { SourceKind } from './indicator.rules';

/** What a clerk calls them. */
export const SOURCE_KIND_ZH: Readonly<Record<SourceKind, string>> = {
  advance: '提前下达',
  initial: '年初',
  supplement: '追加',
  'carry-over': '结转',
};
