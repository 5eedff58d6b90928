import {
  AcceptAgreement,
  Agreements,
  DecideAgreement,
  FundsAudit,
  Indicators,
  ReceiveTransfer,
  RecordBenefit,
  type BenefitDraft,
} from '@app/funds';
import { newId, ok } from '@app/kernel';
import { Ledger } from '@app/ledger';
import { codesOf, findingsAfter } from './audit-damage';
import { County } from './disbursement-county';
import { DOCUMENT, TwoBooks } from './funds-books';

describe('an agreement between two books', () => {
  let county: County;
  let books: TwoBooks;

  beforeAll(async () => {
    county = await County.open();
    books = await TwoBooks.open(county);
  });
  afterAll(() => county.close());
  afterEach(async () => {
    for (const book of [books.here, books.other]) {
      expect(await county.get(FundsAudit).execute(book)).toEqual({ ok: true, findings: [] });
      expect(await county.get(Ledger).verify(book)).toMatchObject({ ok: true });
    }
  });

  const receive = (agreement: string, no: number, docNo = `收${newId().slice(0, 8)}`, book = books.other) =>
    books.run(book, 'city-keeper', (tx) =>
      county.get(ReceiveTransfer).execute(tx, { agreement, no, indicator: { ...DOCUMENT, docNo } }),
    );
  const benefit = (book: number, draft: Partial<BenefitDraft> & { agreement: string }) =>
    books.run(book, 'keeper', (tx) =>
      county.get(RecordBenefit).execute(tx, {
        ...{ kind: 'park' as const, description: '共建园区', valuedFen: 5_000n, givenOn: '2026-05-01' },
        ...{ documentNo: '园区1号', ...draft },
      }),
    );

  it('holds when people of both books have taken it over and approved it, each for their own', async () => {
    const id = await books.propose(1_000n);
    const indicator = await county.indicator(1_000n);
    expect(await books.remit(id, indicator, 1n)).toMatchObject({
      reason: { code: 'AGREEMENT_NOT_LIVE', here: 'proposed', there: 'missing' },
    });
    expect(await county.get(Agreements).list(books.other)).toContainEqual(
      expect.objectContaining({
        id,
        side: 'recipient',
        here: 'missing',
        there: 'proposed',
        otherBook: 'ziyang-test',
      }),
    );
    const decide = (book: number, actor: string) =>
      books.run(book, actor, (tx) => county.get(DecideAgreement).execute(tx, { id }));
    expect(await decide(books.other, 'x')).toMatchObject({ reason: { code: 'PROPOSAL_UNKNOWN' } });
    expect(await decide(books.here, 'keeper')).toMatchObject({ reason: { code: 'STEP_BY_SAME_PERSON' } });
    expect((await decide(books.here, 'reviewer')).ok).toBe(true);
    const accept = () =>
      books.run(books.other, 'city-keeper', (tx) => county.get(AcceptAgreement).execute(tx, id));
    expect((await accept()).ok).toBe(true);
    expect(await accept()).toMatchObject({ reason: { code: 'AGREEMENT_ACCEPTED', state: 'proposed' } });
    expect(await books.remit(id, indicator, 1n)).toMatchObject({
      reason: { code: 'AGREEMENT_NOT_LIVE', here: 'approved', there: 'proposed' },
    });
    expect((await decide(books.other, 'city-reviewer')).ok).toBe(true);
    expect((await books.remit(id, indicator, 1n)).ok).toBe(true);
    expect((await receive(id, 1)).ok).toBe(true);
  });

  it('moves money by an entry in each book, and both totals agree', async () => {
    const id = await books.agreement(1_000n);
    const indicator = await county.indicator(800n);
    const before = await books.cleared();
    expect(await books.remit(id, indicator, 600n)).toMatchObject({ value: { no: 1 } });
    expect((await books.cleared()).out - before.out).toBe(600n);
    const received = await receive(id, 1);
    if (!received.ok) throw new Error(received.reason.code);
    expect(await books.cleared()).toEqual({ out: before.out + 600n, in: before.in + 600n });
    const own = await county.get(Indicators).byId(books.here, indicator);
    expect(own).toMatchObject({ allottedFen: 800n, availableFen: 200n, remittedFen: 600n, paidFen: 0n });
    const there = await county.get(Indicators).byId(books.other, received.value.indicator);
    expect(there).toMatchObject({
      ...{
        fundSource: 'cross-region',
        amountFen: 600n,
        allottedFen: 600n,
        availableFen: 600n,
        agreement: id,
      },
    });
    const view = (await county.get(Agreements).list(books.other)).find((one) => one.id === id);
    expect(view).toMatchObject({ remittedFen: 600n, receivedFen: 600n });
  });

  it('never moves more than it says, than is there, or twice, however many ask at once', async () => {
    const id = await books.agreement(1_000n);
    const indicator = await county.indicator(2_000n);
    const sent = await Promise.all([400n, 400n, 400n, 300n].map((fen) => books.remit(id, indicator, fen)));
    const moved = sent.filter(({ ok: went }) => went).length;
    expect(moved).toBe(2);
    expect(sent.find(({ ok: went }) => !went)).toMatchObject({ reason: { code: 'AGREEMENT_EXCEEDED' } });
    const got = await Promise.all([receive(id, 1), receive(id, 1), receive(id, 1)]);
    expect(got.filter(({ ok: went }) => went)).toHaveLength(1);
    expect(got.filter((one) => !one.ok && one.reason.code === 'TRANSFER_RECEIVED')).toHaveLength(2);
    expect(await receive(id, 9)).toMatchObject({ reason: { code: 'TRANSFER_UNKNOWN', no: 9 } });
    expect(await receive(id, 2, 'x', books.here)).toMatchObject({ reason: { code: 'NOT_THIS_SIDE' } });
    const theirs = await books.indicatorThere(10n);
    expect(await books.remit(id, theirs, 1n, books.other)).toMatchObject({
      reason: { code: 'NOT_THIS_SIDE' },
    });
    const poor = await books.agreement(1_000n);
    const little = await county.indicator(5n);
    expect(await books.remit(poor, little, 6n)).toMatchObject({
      reason: { code: 'INDICATOR_INSUFFICIENT', available: 5n, asked: 6n },
    });
  });

  it('counts benefits apart from money, stated by one book and confirmed by the other as they stand', async () => {
    const id = await books.agreement(1_000n);
    const sums = await county.get(Ledger).trialBalance(books.here);
    expect(await benefit(books.here, { agreement: id })).toMatchObject({ value: { no: 1 } });
    expect(await benefit(books.other, { agreement: id, kind: 'pairing' })).toMatchObject({
      value: { no: 2 },
    });
    expect(await benefit(books.other, { agreement: id, confirms: 1, valuedFen: 4_999n })).toMatchObject({
      reason: { code: 'BENEFIT_DIFFERS', field: 'valuedFen' },
    });
    expect(await benefit(books.other, { agreement: id, confirms: 1 })).toMatchObject({ value: { no: 1 } });
    expect(await benefit(books.other, { agreement: id, confirms: 1 })).toMatchObject({
      reason: { code: 'BENEFIT_CONFIRMED' },
    });
    expect(await county.get(Ledger).trialBalance(books.here)).toEqual(sums);
    const view = (await county.get(Agreements).list(books.here)).find((one) => one.id === id);
    expect(view).toMatchObject({ benefitsValuedFen: 5_000n, remittedFen: 0n, receivedFen: 0n });
  });

  it('is guarded by the database whoever writes: other terms, too much, or not what was remitted', async () => {
    const id = await books.propose(1_000n);
    const copy = (change: string) =>
      books.run(books.other, 'x', async (tx) => {
        await tx.execute(
          `INSERT INTO funds.agreement (book, id, agreement_no, purpose, payer_book, recipient_book, amount_fen, valid,
                  proposed_by, proposed_at)
           SELECT $1, id, agreement_no, purpose, payer_book, recipient_book, ${change}, valid, 'x', proposed_at
             FROM funds.agreement WHERE id = $2`,
          [tx.book, id],
        );
        return ok(null);
      });
    await expect(copy('amount_fen + 1')).rejects.toThrow(/says something else in the other book/);
    const live = await books.agreement(10n);
    const [mine, theirs] = [await county.indicator(100n), await books.indicatorThere(1n)];
    const transfer = (book: number, indicator: string, amountFen: bigint, by: number | null) =>
      books.run(book, 'x', async (tx) => {
        await tx.execute(
          `INSERT INTO funds.agreement_transfer (book, agreement, no, indicator, amount_fen, document_no, remitted_by,
                  recorded_by, recorded_at) VALUES ($1, $2, 1, $3, $4, 'd', $5, 'x', $6)`,
          [tx.book, live, indicator, amountFen, by, tx.now],
        );
        return ok(null);
      });
    await expect(transfer(books.here, mine, 11n, null)).rejects.toThrow(/more than agreement/);
    await expect(transfer(books.here, mine, 1n, books.other)).rejects.toThrow(/payer of agreement/);
    await expect(transfer(books.other, theirs, 1n, null)).rejects.toThrow(/payer of agreement/);
    await expect(transfer(books.other, theirs, 1n, books.here)).rejects.toThrow(/received_as_remitted/);
  });

  it.each<[string, string, 'here' | 'other', readonly string[]]>([
    [
      'a transfer that grew on its way',
      `UPDATE funds.agreement_transfer SET amount_fen = amount_fen + 1 WHERE remitted_by IS NOT NULL`,
      'here',
      ['AGREEMENT_SIDES_DIFFER'],
    ],
    [
      'and what its ledger says of it',
      `UPDATE funds.agreement_transfer SET amount_fen = amount_fen + 1 WHERE remitted_by IS NOT NULL`,
      'other',
      ['AGREEMENT_SIDES_DIFFER', 'CLEARING_DIFFERS_FROM_TRANSFERS'],
    ],
    [
      'money that left without a transfer',
      `DELETE FROM funds.agreement_transfer WHERE remitted_by IS NULL`,
      'here',
      ['AGREEMENT_SIDES_DIFFER', 'CLEARING_DIFFERS_FROM_TRANSFERS'],
    ],
    [
      'terms that one side changed',
      `UPDATE funds.agreement SET amount_fen = amount_fen + 1 WHERE book = payer_book`,
      'other',
      ['AGREEMENT_TERMS_DIFFER'],
    ],
    [
      'a benefit that one side valued higher',
      `UPDATE funds.agreement_benefit SET valued_fen = valued_fen + 1 WHERE stated_by IS NULL`,
      'here',
      ['BENEFIT_SIDES_DIFFER'],
    ],
    [
      'an agreement decided by who proposed it',
      `ALTER TABLE funds.agreement DROP CONSTRAINT decided_by_another;
       UPDATE funds.agreement SET decided_by = proposed_by WHERE state = 'approved'`,
      'here',
      ['DECIDED_BY_ONE_PERSON'],
    ],
  ])('lets the audit find %s', async (_what, damage, side, codes) => {
    const damaged = { adminUrl: county.database.adminUrl, book: books[side] };
    expect(codesOf(await findingsAfter(FundsAudit, damaged, damage))).toEqual(codes);
  });
});
