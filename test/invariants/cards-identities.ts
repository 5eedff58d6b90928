import { CardAudit } from '@app/cards';
import { SerialAudit } from '@app/credits';
import { Ledger } from '@app/ledger';
import type { CardCounty } from './cards-county';

/** The market rail's two identities, and what the ledger finds when it recomputes the book. */
export async function expectMarketIdentities(county: CardCounty): Promise<void> {
  const {
    proceeds,
    unsplit,
    afforestation,
    suppliers,
    nontax,
    fee,
    tax,
    channel,
    custody,
    custodyLiabilities,
  } = await county.figures();
  expect(proceeds).toBe(unsplit + afforestation + suppliers + nontax + fee + tax + channel);
  expect(custody).toBe(custodyLiabilities);
  const credits = ['holding', 'reserved-grams', 'card', 'retired', 'buffer', 'cancelled', 'external'];
  const sums = await county.get(Ledger).sums(county.book, ['issued', ...credits]);
  expect(sums.get('issued')).toBe(credits.reduce((sum, head) => sum + (sums.get(head) ?? 0n), 0n));
  expect(await county.get(CardAudit).execute(county.book)).toEqual({ ok: true, findings: [] });
}

export async function expectBookVerifies(county: CardCounty): Promise<void> {
  expect(await county.get(Ledger).verify(county.book)).toMatchObject({ ok: true, findings: [] });
  expect(await county.get(SerialAudit).execute(county.book)).toMatchObject({ ok: true, findings: [] });
}
