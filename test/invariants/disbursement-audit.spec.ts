import { PaymentAudit, PlanBatches } from '@app/disbursement';
import { ReleaseFunds } from '@app/funds';
import { invariant } from '@app/kernel';
import { codesOf, findingsAfter, type Damaged } from './audit-damage';
import { Cashier, EACH_FEN } from './disbursement-cashier';
import { County } from './disbursement-county';

describe('the audit of payments', () => {
  let county: County;
  let cashier: Cashier;
  let damaged: Damaged;

  /** Lines in every state on both rails, one stopped in part and part of that given back. */
  beforeAll(async () => {
    county = await County.open();
    cashier = new Cashier(county);
    damaged = { adminUrl: county.database.adminUrl, book: county.book };
    await payLessAndRelease();
    await cashier.roster(2);
    await cashier.planned(await cashier.roster(2));
    const [waiting, order] = [
      await cashier.roster(3),
      await county.settlement('bus-card', await county.payees(3)),
    ];
    const said = [...(await cashier.lines(waiting, 'pending')), ...(await cashier.lines(order, 'pending'))];
    const results = ['S', 'P', undefined, 'S', 'P', 'F'] as const;
    county.bank.script = ({ key }) => {
      const result = results[said.indexOf(key)];
      return result && { result, reason: result === 'F' ? '17' : null };
    };
    await cashier.payOut(await cashier.planned(waiting));
    const target = { settlementId: order.id };
    await cashier.payOut((await county.done((tx) => county.get(PlanBatches).execute(tx, target))).batches);
    await county.settlement('bus-card', await county.payees(2));
  });
  afterAll(() => county.close());

  async function payLessAndRelease(): Promise<void> {
    const { roster, returned } = await cashier.rosterWithReturns(4, '17', [1, 2]);
    const less = await cashier.reissue([{ lineId: String(returned[0]), amountFen: EACH_FEN - 373n }]);
    invariant(less.ok, 'less may be reissued');
    await cashier.payOut(less.value.batches);
    const release = { indicator: roster.fund, roster: roster.id, amountFen: 100n, key: 'r1' };
    await county.done((tx) => county.get(ReleaseFunds).execute(tx, { ...release, from: 'stopped' }));
  }

  it('finds nothing in a book that only the product has written, and looks with the rights of the app', async () => {
    expect(await county.get(PaymentAudit).execute(county.book)).toEqual({ ok: true, findings: [] });
  });

  it.each([
    'payable',
    'in-transit',
    'returned',
    'paid',
    'payable-market',
    'in-transit-market',
    'returned-market',
  ])('finds a fen too much in %s, and a fen in an account no line knows', async (kind) => {
    const more = `UPDATE ledger.account SET credits = credits + 1 WHERE id = (
      SELECT id FROM ledger.account WHERE path LIKE '${kind}/%' AND credits > debits LIMIT 1)`;
    const [finding, ...others] = await findingsAfter(PaymentAudit, damaged, more);
    expect(finding).toMatch(new RegExp(`^LINES_DIFFER_FROM_LEDGER: ${kind}/.*: lines \\d+, ledger \\d+$`));
    expect(others).toEqual([]);
    const moved = `UPDATE ledger.account SET path = regexp_replace(path, '^([^/]+/)[^/]+', '\\1elsewhere')
      WHERE id = (SELECT id FROM ledger.account WHERE path LIKE '${kind}/%' AND credits > debits LIMIT 1)`;
    const lines = await findingsAfter(PaymentAudit, damaged, moved);
    expect(codesOf(lines)).toEqual(['LINES_DIFFER_FROM_LEDGER']);
    expect(lines).toHaveLength(2);
  });

  it.each<[string, string, readonly string[]]>([
    [
      'a fen stopped without a line',
      `UPDATE ledger.account SET credits = credits + 1 WHERE path LIKE 'stopped/%'`,
      ['STOPPED_DIFFERS_FROM_LEDGER'],
    ],
    [
      'a returned line called paid',
      `UPDATE disbursement.payment_line SET state = 'paid' WHERE state = 'returned'`,
      ['LINES_DIFFER_FROM_LEDGER', 'LINE_CONTRADICTS_BATCH'],
    ],
    [
      'a paid line made payable again',
      `UPDATE disbursement.payment_line SET state = 'pending', batch = NULL WHERE state = 'paid'`,
      ['LINES_DIFFER_FROM_LEDGER', 'LINE_FORGETS_BATCH'],
    ],
    [
      'a line that is due less without a stop',
      `UPDATE disbursement.payment_line SET due_fen = due_fen - 1 WHERE state = 'paid'`,
      ['LINES_DIFFER_FROM_LEDGER', 'LINE_CONTRADICTS_BATCH', 'STOPPED_DIFFERS_FROM_LEDGER'],
    ],
    [
      'a line paid by two attempts',
      `DROP INDEX disbursement.batch_line_one_open_attempt;
       UPDATE disbursement.batch_line SET result = 'S'
        WHERE result = 'F' AND line IN (SELECT id FROM disbursement.payment_line WHERE state = 'paid')`,
      ['LINE_OUT_TWICE'],
    ],
    [
      'a paid line with another attempt at the bank',
      `DROP INDEX disbursement.batch_line_one_open_attempt;
       UPDATE disbursement.batch_line SET result = NULL
        WHERE result = 'F' AND line IN (SELECT id FROM disbursement.payment_line WHERE state = 'paid')`,
      ['LINE_OUT_TWICE'],
    ],
    [
      'a raised batch total',
      `UPDATE disbursement.batch SET total_fen = total_fen + 1`,
      ['BATCH_DIFFERS_FROM_LINES'],
    ],
    [
      'a lost attempt',
      `DELETE FROM disbursement.batch_line WHERE result = 'S'`,
      ['BATCH_DIFFERS_FROM_LINES', 'LINE_CONTRADICTS_BATCH'],
    ],
    [
      'an attempt of another amount',
      `UPDATE disbursement.batch_line SET amount_fen = amount_fen + 1 WHERE result = 'S'`,
      ['BATCH_DIFFERS_FROM_LINES', 'LINE_CONTRADICTS_BATCH'],
    ],
    [
      'a line beyond its basis',
      `INSERT INTO disbursement.payment_line (book, id, basis, source_id, ordinal, party, amount_fen, due_fen)
       SELECT book, gen_random_uuid(), basis, source_id, 99, party, 1, 1 FROM disbursement.payment_line LIMIT 1`,
      ['LINES_DIFFER_FROM_LEDGER', 'LINES_EXCEED_BASIS'],
    ],
    [
      'a lowered basis',
      `UPDATE disbursement.payment_basis SET total_fen = total_fen - 1, lines_fen = lines_fen - 1`,
      ['LINES_EXCEED_BASIS'],
    ],
    [
      'a lost line',
      `DELETE FROM disbursement.payment_line WHERE state = 'pending' AND batch IS NULL`,
      ['LINES_DIFFER_FROM_LEDGER', 'LINES_EXCEED_BASIS'],
    ],
    [
      'a payment the bank is said to have refused',
      `UPDATE disbursement.batch_line SET result = 'F' WHERE result = 'S'`,
      ['LINE_CONTRADICTS_BATCH'],
    ],
    [
      'a refusal the bank is said to doubt',
      `UPDATE disbursement.batch_line SET result = 'P' WHERE result = 'F'
          AND line IN (SELECT id FROM disbursement.payment_line WHERE state = 'returned')`,
      ['LINE_CONTRADICTS_BATCH'],
    ],
    [
      'doubts the bank is said to have settled',
      `UPDATE disbursement.batch_line SET result = 'S' WHERE result = 'P'`,
      ['LINE_CONTRADICTS_BATCH'],
    ],
    [
      'a word of the bank on lines that wait for it',
      `UPDATE disbursement.batch_line SET result = 'S' WHERE result IS NULL`,
      ['LINE_CONTRADICTS_BATCH'],
    ],
    [
      'a planned line that forgot its batch',
      `UPDATE disbursement.payment_line SET batch = NULL WHERE state = 'pending' AND batch IS NOT NULL`,
      ['LINE_FORGETS_BATCH'],
    ],
    [
      'a batch called back while its lines are out',
      `UPDATE disbursement.batch SET state = 'planned' WHERE state = 'submitted'`,
      ['LINE_CONTRADICTS_BATCH'],
    ],
    [
      'a batch called done while its lines are at home',
      `UPDATE disbursement.batch SET state = 'done', digest = 'x' WHERE state = 'planned'`,
      ['LINE_CONTRADICTS_BATCH'],
    ],
  ])('finds %s', async (_title, damage, codes) => {
    expect(codesOf(await findingsAfter(PaymentAudit, damaged, damage))).toEqual(codes);
    expect(await findingsAfter(PaymentAudit, { ...damaged, book: 99 }, damage)).toEqual([]);
  });
});
