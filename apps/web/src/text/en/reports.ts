import type { Text } from '../zh';

export const reports: Text['reports'] = {
  title: 'Reports',
  lead: 'Each names its book, its day and its fingerprint; a report of a day is the same whenever it is read.',
  kinds: {
    'one-book': 'The one book',
    'balance-sheet': 'Natural-resource balance sheet',
    gep: 'Gross ecosystem product: carbon fixation',
    lulucf: 'Inventory activity data',
    reserve: 'Reserve of parcels',
  },
  asOf: 'as of',
  book: 'Book',
  generated: 'made',
  fingerprint: 'Fingerprint',
  empty: 'None.',
  print: 'Print',
  voucher: {
    title: 'Green voucher of a tea garden',
    lead: 'Checked by its number: plot, year and method.',
    number: 'Number',
    plot: 'Plot',
    village: 'Village',
    year: 'Year',
    class: 'Class',
    method: 'Method',
    source: 'Source of its figures',
    issued: 'Issued',
    genuine: 'This voucher is genuine and unchanged',
    broken:
      'The number exists but the record does not fit its fingerprint. Do not rely on it; tell the issuer',
  },
};
