import type { Day } from '@app/kernel';

/** The newest list of one other registry. */
export interface ExternalCheck {
  readonly registry: string;
  /** The day of which the list tells, and the one on which it was imported. */
  readonly listOn: Day;
  readonly importedOn: Day;
}

/** What may be said wherever something is said to be counted once (claims.md): never without its limit. */
export interface UniquenessStatement {
  readonly zh: string;
  readonly en: string;
  /** Null as long as no list of any other registry was imported. */
  readonly lastImportedOn: Day | null;
  readonly checks: readonly ExternalCheck[];
}

export function uniquenessOf(checks: readonly ExternalCheck[]): UniquenessStatement {
  const lastImportedOn = checks.reduce<Day | null>(
    (last, { importedOn }) => (last === null || importedOn > last ? importedOn : last),
    null,
  );
  return {
    zh: `在本账簿内不重复登记；其他登记机构凭导入的清单核对，${
      lastImportedOn === null ? '尚未导入过清单' : `最近导入：${lastImportedOn}`
    }`,
    en: `Counted once within this book; other registries are checked by imported lists, ${
      lastImportedOn === null ? 'none imported yet' : `last imported on ${lastImportedOn}`
    }`,
    ...{ lastImportedOn, checks },
  };
}
