import type { Text } from '../zh';

export const home: Text['home'] = {
  title: 'Every fen of compensation and every gram of carbon in one ledger',
  lead: 'Forest compensation from budget to bank book, carbon from measurement to certificate: each step is an entry with a source and a use. One fen or gram amiss and the books do not balance.',
  enter: 'Who are you',
  cards: {
    household: {
      title: 'Households and villages',
      text: 'Where your money is, how it was reckoned, whom to ask; how much carbon you have, and whether it is sold.',
      go: 'My land',
    },
    bureau: {
      title: 'Finance and forestry',
      text: 'Indicators, rosters, bank batches, returns and reissues on one desk.',
      go: 'To the desk',
    },
    buyer: {
      title: 'Buyers',
      text: 'See where the money goes before paying; follow what was used and what you may say.',
      go: 'To the shop',
    },
  },
  books: 'Books',
  booksLead: 'Totals name nobody, so they are open to all.',
  openBook: 'Public figures',
  verifyTitle: 'Check a certificate',
  verifyLead: 'Type its number to see whether it is genuine and how it stands.',
  number: 'Certificate number',
  verify: 'Verify',
};
