import { FundsAudit, RegisterLien } from '@app/funds';
import { newId } from '@app/kernel';
import { codesOf, findingsAfter, type Damaged } from './audit-damage';
import { County } from './disbursement-county';
import { Treasury } from './funds-stage';

describe('the audit of funds', () => {
  let county: County;
  let damaged: Damaged;

  /** An indicator in use and adjusted, one carried over, one recovered, and a pledge. */
  beforeAll(async () => {
    county = await County.open();
    damaged = { adminUrl: county.database.adminUrl, book: county.book };
    const treasury = new Treasury(county);
    await treasury.advanceTo('2026-12-15');
    const [used, carried, recovered] = [
      await county.indicator(1_000n),
      await county.indicator(500n),
      await county.indicator(300n),
    ];
    await treasury.reserve(used, 400n);
    await treasury.adjust(used, -100n);
    await treasury.close(carried, 'carry-over');
    await treasury.close(recovered, 'recover');
    const [payee] = await county.payees(1);
    for (const programme of ['gyl', 'tgh']) {
      const draft = {
        ...{
          certificateNo: `证-${programme}`,
          party: payee!.party,
          programme,
          lender: '农商行',
          amountFen: 5n,
        },
        ...{ from: '2026-01-01', to: '2030-12-31', registrationNo: 'R', documentNo: 'D' },
        account: { bank: 'RCB', number: '6228480000012345678' },
      };
      await county.done((tx) => county.get(RegisterLien).execute(tx, draft, ['610924']), 'registrar');
    }
  });
  afterAll(() => county.close());

  it('finds nothing in a book that only the product has written, and looks with the rights of the app', async () => {
    expect(await county.get(FundsAudit).execute(county.book)).toEqual({ ok: true, findings: [] });
  });

  const moved = (kind: string) => `UPDATE ledger.account SET credits = credits + 1 WHERE id = (
    SELECT id FROM ledger.account WHERE path LIKE '${kind}/%' ORDER BY path LIMIT 1)`;

  it.each<[string, string, readonly string[]]>([
    [
      'a raised amount',
      `UPDATE funds.indicator SET amount_fen = amount_fen + 1 WHERE carried_from IS NULL`,
      ['INDICATOR_DIFFERS_FROM_LEDGER'],
    ],
    [
      'a lost indicator',
      `DELETE FROM funds.indicator WHERE carried_from IS NULL AND closed_at IS NULL`,
      ['INDICATOR_DIFFERS_FROM_LEDGER'],
    ],
    ['a lost adjustment', `DELETE FROM funds.adjustment`, ['INDICATOR_DIFFERS_FROM_LEDGER']],
    ['a fen too much in fund', moved('fund'), ['INDICATOR_DOES_NOT_ADD_UP']],
    ['a fen too much in reserved', moved('reserved'), ['INDICATOR_DOES_NOT_ADD_UP']],
    [
      'a fen recovered by nobody',
      moved('recovered'),
      ['INDICATOR_DOES_NOT_ADD_UP', 'RECOVERED_DIFFERS_FROM_DECISIONS'],
    ],
    [
      'a decision taken back',
      `ALTER TABLE funds.year_end DROP CONSTRAINT decision_is_whole;
       UPDATE funds.year_end SET state = 'rejected' WHERE action = 'recover'`,
      ['CLOSED_WITHOUT_DECISION', 'RECOVERED_DIFFERS_FROM_DECISIONS'],
    ],
    [
      'an indicator opened again',
      `UPDATE funds.indicator SET closed_at = NULL WHERE closed_at IS NOT NULL`,
      ['CARRY_OVER_BROKEN', 'CLOSED_WITHOUT_DECISION'],
    ],
    [
      'a carry-over of another source',
      `UPDATE funds.indicator SET fund_source = 'donation' WHERE carried_from IS NOT NULL`,
      ['CARRY_OVER_BROKEN'],
    ],
    [
      'a carry-over counted less often',
      `UPDATE funds.indicator SET year = year + 1 WHERE carried_from IS NOT NULL`,
      ['CARRY_OVER_BROKEN'],
    ],
    [
      'a year end decided by who proposed it',
      `ALTER TABLE funds.year_end DROP CONSTRAINT decided_by_another;
       UPDATE funds.year_end SET decided_by = proposed_by`,
      ['DECIDED_BY_ONE_PERSON'],
    ],
    [
      'an income pledged twice',
      `ALTER TABLE funds.lien DROP CONSTRAINT income_pledged_once;
      UPDATE funds.lien SET programme = 'gyl'`,
      ['INCOME_PLEDGED_TWICE'],
    ],
    [
      'a pledge that nobody checked',
      `ALTER TABLE funds.lien DROP CONSTRAINT decision_is_whole;
      UPDATE funds.lien SET state = 'live' WHERE programme = 'gyl'`,
      ['PLEDGE_UNCHECKED'],
    ],
    [
      'a file that has more rows',
      `INSERT INTO funds.indicator_import (book, id, sha256, rows, total_fen, imported_by,
        imported_at) VALUES (${'(SELECT min(book) FROM funds.indicator)'}, '${newId()}', repeat('a', 64), 1, 1, 'x', now())`,
      ['FILE_DIFFERS_FROM_ROWS'],
    ],
    [
      'a source with two names',
      `ALTER TABLE funds.fund_source_name DROP CONSTRAINT one_name_a_day;
      INSERT INTO funds.fund_source_name SELECT * FROM funds.fund_source_name WHERE source = 'county'`,
      ['SOURCE_NAMED_TWICE'],
    ],
  ])('finds %s', async (_title, damage, codes) => {
    expect(codesOf(await findingsAfter(FundsAudit, damaged, damage))).toEqual(codes);
    expect(await findingsAfter(FundsAudit, { ...damaged, book: 99 }, damage)).toEqual([]);
  });
});
