/** Who enters what the finance bureau's documents say. */
export const KEEPERS = ['indicator-keeper'];
/** Who decides what a keeper proposes. */
export const DECIDERS = ['finance-review'];
/** Who may see what an indicator has left. */
export const READERS = [
  ...KEEPERS,
  ...DECIDERS,
  'payout-centre',
  'forestry-handler',
  'forestry-reviewer',
  'auditor',
];
