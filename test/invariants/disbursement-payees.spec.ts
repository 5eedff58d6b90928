import { Client } from 'pg';

import { BatchLines } from '@app/disbursement';
import { invariant } from '@app/kernel';
import { DecidePayeeOrder, ProposePayeeOrder, type OrderedPayeeReason } from '@app/registry';
import { Cashier, EACH_FEN } from './disbursement-cashier';
import { County, type Payee } from './disbursement-county';
import { expectIdentities } from './disbursement-identities';

const REGIONS = ['610924'];

describe('a payout to who is paid in the holder’s place', () => {
  let county: County;
  let cashier: Cashier;

  beforeAll(async () => {
    county = await County.open();
    cashier = new Cashier(county);
  });
  afterAll(() => county.close());
  afterEach(() => expectIdentities(county));

  /** The county's external numbers are the ids of its parties. */
  const payInstead = async (holder: Payee, payee: Payee | undefined, reason?: OrderedPayeeReason) => {
    const { id } = await county.done(
      (tx) =>
        county.get(ProposePayeeOrder).execute(tx, {
          ...{ partyExternalNo: holder.party, payeeExternalNo: payee?.party, reason },
          ...{ from: '2026-06-01', documentNo: '监护〔2026〕1号', evidence: '原件在镇档案室' },
          ...{ regions: REGIONS, dryRun: false },
        }),
      'clerk',
    );
    invariant(id !== null, 'it was no dry run');
    await county.done(
      (tx) => county.get(DecidePayeeOrder).execute(tx, { order: id, regions: REGIONS }),
      'finance',
    );
  };

  it('goes to that account, and the batch tells whose it is and why', async () => {
    const fund = await county.indicator(EACH_FEN * 2n);
    const [child, other, aunt] = (await county.payees(3)) as [Payee, Payee, Payee];
    await payInstead(child, aunt, 'guardian');
    const roster = await county.roster(fund, [child, other], EACH_FEN);
    const [batch] = await cashier.planned(roster);
    invariant(batch !== undefined, 'one bank, one batch');
    await cashier.payOut([batch]);
    const { items } = await county.get(BatchLines).page(county.book, batch.id, 0, 100);
    const byParty = new Map(items.map((line) => [line.partyId, line]));
    expect(byParty.get(child.party)?.payee).toMatchObject({ externalNo: aunt.party, reasonZh: '监护人' });
    expect(byParty.get(other.party)?.payee).toBeNull();
    const rows = await county.query<{ id: string; last4: string }>(
      'SELECT id, last4 FROM registry.bank_account WHERE book = $1',
      [county.book],
    );
    const last4 = new Map(rows.map((row) => [row.id, row.last4]));
    expect(byParty.get(child.party)?.last4).toBe(last4.get(aunt.account));
    // The bank was given that very number, and is owed by and paid for the child.
    const sent = county.bank.accepted.get(batch.no)?.lines.map(({ account }) => account.slice(-4)) ?? [];
    expect(sent.sort()).toEqual([last4.get(aunt.account), last4.get(other.account)].sort());
    expect(await cashier.lines(roster, 'paid')).toHaveLength(2);
    expect(await county.balance(`payable/${fund}/${roster.id}/${child.party}`)).toBe(0n);
  });

  it('follows the order that holds when it is planned, also for a line that came back', async () => {
    const [holder, proxy] = (await county.payees(2)) as [Payee, Payee];
    const fund = await county.indicator(EACH_FEN);
    await payInstead(holder, proxy, 'heir');
    const roster = await county.roster(fund, [holder], EACH_FEN);
    county.bank.script = () => ({ result: 'F', reason: 'ACCOUNT_CLOSED' });
    await cashier.payOut(await cashier.planned(roster));
    county.bank.script = () => ({ result: 'S', reason: null });
    await payInstead(holder, undefined);
    const [lineId] = await cashier.lines(roster, 'returned');
    invariant(lineId !== undefined, 'the line came back');
    const again = await cashier.reissue([{ lineId }]);
    invariant(again.ok, 'the holder is paid itself again');
    await cashier.payOut(again.value.batches);
    const { items } = await county.get(BatchLines).page(county.book, again.value.batches[0]!.id, 0, 100);
    expect(items).toMatchObject([{ partyId: holder.party, payee: null, result: 'S' }]);
  });

  it('is refused by the database when no order names whose account it is', async () => {
    const [paid, holder, stranger] = (await county.payees(3)) as [Payee, Payee, Payee];
    const fund = await county.indicator(EACH_FEN * 2n);
    const [batch] = await cashier.planned(await county.roster(fund, [paid], EACH_FEN));
    const waiting = await county.roster(fund, [holder], EACH_FEN);
    const [line] = await cashier.lines(waiting, 'pending');
    const app = new Client({ connectionString: county.database.appUrl });
    await app.connect();
    const into = async (account: string, reason: string | null): Promise<void> => {
      await app.query('BEGIN');
      try {
        await app.query(
          `INSERT INTO disbursement.batch_line (book, batch, seq, line, amount_fen, bank_account, payee_reason)
           VALUES ($1, $2, 2, $3, $4, $5, $6)`,
          [county.book, batch!.id, line, EACH_FEN.toString(), account, reason],
        );
      } finally {
        await app.query('ROLLBACK');
      }
    };
    try {
      await into(holder.account, null);
      await expect(into(stranger.account, null)).rejects.toThrow(/does not fit its batch/);
      await expect(into(stranger.account, 'guardian')).rejects.toThrow(/does not fit its batch/);
      await expect(into(holder.account, 'guardian')).rejects.toThrow(/does not fit its batch/);
    } finally {
      await app.end();
    }
  });
});
