/** Where an indicator's money stands in the ledger. `indicator` and `roster` are ids. */
export const allottedPath = (indicator: string): string => `allotted/${indicator}`;
export const fundPath = (indicator: string): string => `fund/${indicator}`;
export const reservedPath = (indicator: string, roster: string): string => `reserved/${indicator}/${roster}`;
export const stoppedPath = (indicator: string, roster: string): string => `stopped/${indicator}/${roster}`;
export const recoveredPath = (indicator: string): string => `recovered/${indicator}`;
/** Money of an agreement on its way to another book, and from one: over both books the two are equal. */
export const clearingOutPath = (indicator: string, agreement: string): string =>
  `clearing-out/${indicator}/${agreement}`;
export const clearingInPath = (indicator: string, agreement: string): string =>
  `clearing-in/${indicator}/${agreement}`;

export const MONEY = 'CNY';
