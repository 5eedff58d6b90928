import { Ledger } from '@app/ledger';
import type { County } from './disbursement-county';

const FISCAL = ['fund', 'reserved', 'payable', 'in-transit', 'returned', 'stopped', 'paid', 'recovered'];
const MARKET = [
  'unsplit',
  'afforestation',
  'payable-market',
  'in-transit-market',
  'returned-market',
  'nontax-due',
  'fee',
  'tax',
  'channel-cost',
  'refund-reserve',
];

/** Which account kind holds the money of lines in a state. */
const HOLDERS = {
  fiscal: { pending: 'payable', 'in-transit': 'in-transit', returned: 'returned', paid: 'paid' },
  market: { pending: 'payable-market', 'in-transit': 'in-transit-market', returned: 'returned-market' },
} as const;

/** Both identities of rules.md 1, and that what the lines say is what the ledger has, to the fen. */
export async function expectIdentities(county: County): Promise<void> {
  const sums = await county.get(Ledger).sums(county.book, ['allotted', 'custody', ...FISCAL, ...MARKET]);
  const total = (heads: readonly string[]) => heads.reduce((sum, head) => sum + (sums.get(head) ?? 0n), 0n);
  expect(sums.get('allotted')).toBe(total(FISCAL));
  expect(sums.get('custody')).toBe(total(MARKET));

  const rows = await county.query<{ rail: 'fiscal' | 'market'; state: string; fen: string }>(
    `SELECT b.rail, l.state, sum(l.due_fen) AS fen
       FROM disbursement.payment_line l
       JOIN disbursement.payment_basis b ON b.book = l.book AND b.id = l.basis
      WHERE l.book = $1 GROUP BY b.rail, l.state`,
    [county.book],
  );
  for (const rail of ['fiscal', 'market'] as const) {
    for (const [state, head] of Object.entries(HOLDERS[rail])) {
      const said = rows.find((row) => row.rail === rail && row.state === state)?.fen ?? 0;
      expect({ rail, state, fen: sums.get(head) }).toEqual({ rail, state, fen: BigInt(said) });
    }
  }
}

/** The ledger's own recomputation of the whole book. */
export async function expectBookVerifies(county: County): Promise<void> {
  expect(await county.get(Ledger).verify(county.book)).toMatchObject({ ok: true, findings: [] });
}
