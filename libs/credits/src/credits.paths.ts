/** Where grams stand in the ledger, and where their serials are: one word for both. Ids and codes in lower case. */
export const issuedPath = (issuanceCode: string): string => `issued/${issuanceCode}`;
export const holdingPath = (party: string): string => `holding/${party}`;
export const reservedPath = (orderId: string): string => `reserved-grams/${orderId}`;
export const cardPath = (cardId: string): string => `card/${cardId}`;
export const retiredPath = (cardId: string): string => `retired/${cardId}`;
export const bufferPath = (issuanceCode: string): string => `buffer/${issuanceCode}`;
/** What a reversal cancelled, lost or in another's stead. */
export const reversedPath = (reversal: string): string => `${REVERSED}${reversal}`;
export const REVERSED = 'cancelled/reversal-';
/** With another platform, by its code. */
export const externalPath = (platform: string): string => `external/${platform}`;
export const cancelledPath = (reason: string): string => `cancelled/${reason}`;

/** Each issuance is an asset of its own, so that the zero sum proves it by itself. */
export const assetOf = (issuanceCode: string): string => `CO2E/${issuanceCode}`;
