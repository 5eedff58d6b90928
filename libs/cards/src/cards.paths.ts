/** Where card money and card grams stand in the ledger. Ids are lower-case uuids, years four digits. */
export const custodyPath = (channel: string): string => `custody/${channel}`;
export const unsplitPath = (order: string): string => `unsplit/${order}`;
export const AFFORESTATION_POOL = 'afforestation/pool';
export const payablePath = (party: string, settlement: string): string =>
  `payable-market/${party}/${settlement}`;
export const nontaxPath = (party: string): string => `nontax-due/${party}`;
export const feePath = (year: string): string => `fee/${year}`;
export const taxPath = (year: string): string => `tax/${year}`;
export const channelCostPath = (year: string): string => `channel-cost/${year}`;
export const refundReservePath = (year: string): string => `refund-reserve/${year}`;

export const MONEY = 'CNY';
