import { RaiseObjection, RejectRoster, RosterAudit } from '@app/compensation';
import { ReleaseFunds } from '@app/funds';
import { newId } from '@app/kernel';
import { Ledger, move } from '@app/ledger';
import { UnitOfWork } from '@app/platform';
import { codesOf, findingsAfter, type Damaged } from './audit-damage';
import { CompensationCounty } from './compensation-county';
import type { MortalUnitOfWork } from './compensation-mortal';

describe('the audit of rosters', () => {
  let county: CompensationCounty;
  let damaged: Damaged;

  /** One roster locked without its objected line, one given up after its money was reserved, one half locked. */
  beforeAll(async () => {
    county = await CompensationCounty.open();
    damaged = { adminUrl: county.database.adminUrl, book: county.book };
    const indicator = await county.indicator();
    const posts = ['village-clerk', 'finance-review', 'forestry-reviewer'];
    const [usual, early] = [await county.programme(), await county.programme({ posts })];
    const towns = ['610924100', '610924101', '610924102'] as const;
    for (const town of towns) {
      const village = `${town}001`;
      const [first] = await county.land([{ village }, { village }, { village }]);
      await county.land([{ village, party: first!.party, areaMu100: 100n }]);
    }
    const { id: locked } = await county.roster(usual, indicator, towns[0]);
    const { id: given } = await county.roster(early, indicator, towns[1]);
    const { id: half } = await county.roster(usual, indicator, towns[2]);
    await lockWithout(locked, 1);
    await giveUp(given);
    await county.approve(half);
    const work = county.get(UnitOfWork) as MortalUnitOfWork;
    work.dieAt(2, true);
    await expect(county.lock(half)).rejects.toThrow('killed');
    work.live();
    await stopAndRelease(indicator, locked);
  });
  afterAll(() => county.close());

  async function lockWithout(roster: string, lineNo: number): Promise<void> {
    const { until } = await county.publish(roster);
    const who = county.person();
    const objection = { roster, lineNo, reason: '面积不符' };
    await county.done(who, (tx) => county.get(RaiseObjection).execute(tx, who, objection));
    await county.passNotice(roster, until);
    await county.steps(roster);
    await county.lock(roster);
  }

  async function giveUp(roster: string): Promise<void> {
    const { until } = await county.publish(roster);
    await county.passNotice(roster, until);
    for (const post of ['village-clerk', 'finance-review'])
      await county.step(county.staff(post), roster, post);
    const who = county.staff('forestry-reviewer');
    const reason = '面积有误，重新公示';
    await county.done(who, (tx) => county.get(RejectRoster).execute(tx, who, { roster, reason }));
  }

  async function stopAndRelease(indicator: string, roster: string): Promise<void> {
    const who = county.staff('payout-centre');
    const [payable] = await county.query<{ path: string }>(
      `SELECT path FROM ledger.account WHERE book = $1 AND path LIKE $2 LIMIT 1`,
      [county.book, `payable/${indicator}/${roster}/%`],
    );
    const legs = move(payable!.path, `stopped/${indicator}/${roster}`, 'CNY', 300n);
    const stop = { id: newId(), kind: 'disbursement.stop', legs };
    await county.done(who, (tx) => county.get(Ledger).domain('disbursement').post(tx, [stop]));
    const release = { indicator, roster, from: 'stopped' as const, amountFen: 100n, key: 'r1' };
    await county.done(who, (tx) => county.get(ReleaseFunds).execute(tx, release));
  }

  it('finds nothing in a book that only the product has written, and looks with the rights of the app', async () => {
    const states = await county.query<{ state: string }>(
      'SELECT state FROM compensation.roster WHERE book = $1 ORDER BY region',
      [county.book],
    );
    expect(states.map(({ state }) => state)).toEqual(['locked', 'void', 'locking']);
    expect(await county.get(RosterAudit).execute(county.book)).toEqual({ ok: true, findings: [] });
  });

  it.each<[string, string, readonly string[]]>([
    [
      'a locked line that lost a fen',
      `UPDATE compensation.roster_line l SET amount_fen = amount_fen - 1 FROM compensation.roster r
        WHERE r.id = l.roster AND r.state = 'locked' AND l.state = 'included'`,
      ['PAYMENT_DIFFERS_FROM_LINES', 'ROSTER_DIFFERS_FROM_LINES'],
    ],
    [
      'a fen between two lines of a locked roster',
      `ALTER TABLE compensation.roster_line DROP CONSTRAINT share_of_the_parcel;
       UPDATE compensation.roster_line l SET amount_fen = amount_fen + CASE l.no WHEN 2 THEN -1 ELSE 1 END
         FROM compensation.roster r WHERE r.id = l.roster AND r.state = 'locked' AND l.no IN (2, 3)`,
      ['PAYMENT_DIFFERS_FROM_LINES'],
    ],
    [
      'a lost line of a void roster',
      `DELETE FROM compensation.roster_line WHERE state = 'excluded' AND no = 1`,
      ['ROSTER_DIFFERS_FROM_LINES'],
    ],
    [
      'another sum due',
      `UPDATE compensation.roster SET due_fen = due_fen - 1 WHERE state = 'locked'`,
      ['ROSTER_DIFFERS_FROM_LEDGER', 'ROSTER_DIFFERS_FROM_LINES'],
    ],
    [
      'a payment for more than the lines',
      `UPDATE disbursement.payment_line SET amount_fen = amount_fen + 1`,
      ['PAYEE_DIFFERS_FROM_PAYMENT', 'PAYMENT_DIFFERS_FROM_LINES'],
    ],
    [
      'a payment of the objected line',
      `INSERT INTO disbursement.payment_line (book, id, basis, source_id, ordinal, party, amount_fen, due_fen)
       SELECT p.book, gen_random_uuid(), p.basis, p.source_id, 99, l.party, l.amount_fen, l.amount_fen
         FROM compensation.roster_line l
         JOIN disbursement.payment_line p ON p.source_id = l.roster AND p.ordinal = 1
        WHERE l.state = 'objected'`,
      ['PAYEE_DIFFERS_FROM_PAYMENT', 'PAYMENT_DIFFERS_FROM_LINES'],
    ],
    [
      'the objected line included again',
      `UPDATE compensation.roster_line SET state = 'included' WHERE state = 'objected'`,
      ['OBJECTED_LINE_INCLUDED', 'PAYMENT_DIFFERS_FROM_LINES', 'ROSTER_DIFFERS_FROM_LINES'],
    ],
    [
      'a paid line that was objected to',
      `UPDATE compensation.objection SET line_no = 2`,
      ['OBJECTED_LINE_INCLUDED'],
    ],
    [
      'a payee whose payment is another’s',
      `UPDATE compensation.roster_payee y SET payment_line = o.payment_line FROM compensation.roster_payee o
        WHERE o.roster = y.roster AND o.ordinal = 1 AND y.ordinal = 2 AND o.payment_line IS NOT NULL`,
      ['PAYEE_DIFFERS_FROM_PAYMENT'],
    ],
    [
      'a fen more in a lock',
      `UPDATE ledger.posting p SET amount = amount - 1 FROM ledger.entry e, ledger.entry_kind k
        WHERE e.seq = p.seq AND k.id = e.kind AND k.kind = 'compensation.lock' AND p.amount < 0`,
      ['PAYMENT_DIFFERS_FROM_LINES'],
    ],
    [
      'a half locked roster called locked',
      `UPDATE compensation.roster SET state = 'locked' WHERE state = 'locking'`,
      ['PAYEE_DIFFERS_FROM_PAYMENT', 'PAYMENT_DIFFERS_FROM_LINES'],
    ],
    [
      'a fen left reserved',
      `UPDATE ledger.account SET credits = credits + 1 WHERE path LIKE 'reserved/%'`,
      ['ROSTER_DIFFERS_FROM_LEDGER'],
    ],
    [
      'a void roster that was not',
      `UPDATE compensation.roster
          SET state = 'approved', approved_at = reserved_at, void_reason = NULL, voided_by = NULL, voided_at = NULL
        WHERE state = 'void'`,
      ['ROSTER_DIFFERS_FROM_LEDGER', 'ROSTER_DIFFERS_FROM_LINES'],
    ],
  ])('finds %s', async (_title, damage, codes) => {
    expect(codesOf(await findingsAfter(RosterAudit, damaged, damage))).toEqual(codes);
    expect(await findingsAfter(RosterAudit, { ...damaged, book: 99 }, damage)).toEqual([]);
  });
});
