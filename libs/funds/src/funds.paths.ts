/** Where an indicator's money stands in the ledger. `indicator` and `roster` are ids. */
export const allottedPath = (indicator: string): string => `allotted/${indicator}`;
export const fundPath = (indicator: string): string => `fund/${indicator}`;
export const reservedPath = (indicator: string, roster: string): string => `reserved/${indicator}/${roster}`;
export const stoppedPath = (indicator: string, roster: string): string => `stopped/${indicator}/${roster}`;
export const recoveredPath = (indicator: string): string => `recovered/${indicator}`;

export const MONEY = 'CNY';
