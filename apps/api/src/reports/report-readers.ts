/** Who reads the reports of their regions, down to a village with a single household. */
export const REPORT_READERS = [
  'town-finance',
  'forestry-handler',
  'forestry-reviewer',
  'finance-review',
  'credit-registrar',
  'auditor',
];
