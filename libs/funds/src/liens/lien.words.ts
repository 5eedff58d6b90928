/** Registered, checked or rejected, and released by the lender's document. */
export const LIEN_STATES = ['proposed', 'live', 'rejected', 'released'] as const;
export type LienState = (typeof LIEN_STATES)[number];
