/** Posts that work on payouts or check them. */
export const PAYOUT_READERS = [
  'payout-centre',
  'finance-review',
  'town-finance',
  'forestry-handler',
  'forestry-reviewer',
  'card-operator',
  'auditor',
];

/** Posts that put a returned line right, each in its own region. */
export const RETURN_WORKERS = ['payout-centre', 'town-finance', 'village-clerk', 'finance-review', 'auditor'];
