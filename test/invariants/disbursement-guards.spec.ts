import { OpenBasis } from '@app/disbursement';
import { Indicators, ReserveFunds } from '@app/funds';
import { canonicalHash, newId } from '@app/kernel';
import { Cashier, EACH_FEN } from './disbursement-cashier';
import { County } from './disbursement-county';
import { expectBookVerifies, expectIdentities } from './disbursement-identities';

describe('a payment line', () => {
  let county: County;
  let cashier: Cashier;

  beforeAll(async () => {
    county = await County.open();
    cashier = new Cashier(county);
  });
  afterAll(() => county.close());
  afterEach(() => expectIdentities(county));

  it('cannot be sent or paid twice, whatever the code does', async () => {
    const roster = await cashier.roster(2);
    const [batch] = await cashier.planned(roster);
    const [line] = await cashier.lines(roster, 'pending');
    const account = roster.payees[0]?.account;
    const add = (state: string) =>
      expect(
        county.query(
          `INSERT INTO disbursement.batch_line (book, batch, seq, line, amount_fen, bank_account)
           SELECT $1, $2, 99, $3, $4, $5`,
          [county.book, batch?.id, line, EACH_FEN.toString(), account],
        ),
      ).rejects.toThrow(state);
    await add('batch_line_one');
    await cashier.payOut([{ id: batch?.id ?? '' }]);
    const set = (change: string) =>
      county.query(`UPDATE disbursement.payment_line SET ${change} WHERE book = $1 AND id = $2`, [
        county.book,
        line,
      ]);
    await expect(set(`state = 'pending'`)).rejects.toThrow('goes not from paid to pending');
    await expect(set(`due_fen = due_fen + 1`)).rejects.toThrow('is due');
    await expect(set(`amount_fen = 1`)).rejects.toThrow('permission denied');
    await expect(
      county.query(`UPDATE disbursement.batch_line SET result = 'F' WHERE book = $1 AND line = $2`, [
        county.book,
        line,
      ]),
    ).rejects.toThrow('is settled');
    await expect(
      county.query(`DELETE FROM disbursement.payment_line WHERE book = $1`, [county.book]),
    ).rejects.toThrow('permission denied');
  });

  it('stands on a basis that its lines never exceed, one for each source', async () => {
    const roster = await cashier.roster(2);
    const party = roster.payees[0]!.party;
    await expect(
      county.query(
        `INSERT INTO disbursement.payment_line (book, id, basis, source_id, ordinal, party, amount_fen, due_fen)
         SELECT book, $2, id, source_id, 99, $3, 1, 1 FROM disbursement.payment_basis WHERE book = $1 AND source_id = $4`,
        [county.book, newId(), party, roster.id],
      ),
    ).rejects.toThrow('lines_within_total');
    const open = (totalFen: bigint, hash: string, each = totalFen) =>
      county.run((tx) =>
        county.get(OpenBasis).execute(tx, {
          kind: 'roster',
          sourceId: roster.id,
          rail: 'fiscal',
          indicator: roster.fund,
          totalFen,
          hash,
          lines: [{ party, amountFen: each, payablePath: `payable/${roster.fund}/${roster.id}/${party}` }],
        }),
      );
    expect(await open(5n, canonicalHash('other'))).toMatchObject({
      reason: { code: 'BASIS_REUSED', field: 'hash' },
    });
    expect(await open(5n, canonicalHash('test'))).toMatchObject({
      reason: { code: 'BASIS_REUSED', field: 'totalFen' },
    });
    expect(await open(roster.totalFen, canonicalHash('test'))).toMatchObject({ value: { replayed: true } });
    expect(await open(5n, canonicalHash('x'), 4n)).toMatchObject({ reason: { code: 'BASIS_TOTAL_DIFFERS' } });
  });

  it('needs an indicator with enough left, which says how much that is', async () => {
    const indicator = await county.indicator(1_000n);
    const reserve = (roster: string, amountFen: bigint) =>
      county.run((tx) => county.get(ReserveFunds).execute(tx, { indicator, roster, amountFen }));
    const [first, second] = [newId(), newId()];
    expect(await reserve(first, 600n)).toMatchObject({ ok: true, value: { replayed: false } });
    expect(await reserve(first, 600n)).toMatchObject({ ok: true, value: { replayed: true } });
    expect(await reserve(second, 401n)).toEqual({
      ok: false,
      reason: { code: 'INDICATOR_INSUFFICIENT', indicator, available: 400n, asked: 401n },
    });
    expect(await reserve(newId(), 0n)).toMatchObject({ reason: { code: 'AMOUNT_NOT_POSITIVE' } });
    const strange = newId();
    const unknown = county.run((tx) =>
      county.get(ReserveFunds).execute(tx, { indicator: strange, roster: first, amountFen: 1n }),
    );
    expect(await unknown).toMatchObject({ reason: { code: 'INDICATOR_UNKNOWN', indicator: strange } });
    const racing = await Promise.all(Array.from({ length: 8 }, () => reserve(newId(), 100n)));
    expect(racing.filter(({ ok }) => ok)).toHaveLength(4);
    expect(await county.get(Indicators).byId(county.book, indicator)).toMatchObject({
      availableFen: 0n,
      reservedFen: 1_000n,
    });
  });

  it('leaves a book that verifies', async () => {
    await expectBookVerifies(county);
  });
});
