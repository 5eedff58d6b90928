import { Test } from '@nestjs/testing';

import { LedgerModule, Sealer, SealingModule } from '@app/ledger';
import { PlatformModule, readEnvironment } from '@app/platform';
import { appEnvironment } from '../support';
import { codeOf, LedgerBook } from './ledger-book';
import { journalOf } from './ledger-export';
import { FARMS, HEADS, WATER, WaterBook } from './ledger-water';

/** Water rights are an asset like any other: opened by data, and no line of the product mentions them. */
describe('A book of water rights', () => {
  let water: WaterBook;
  let book: LedgerBook;

  beforeAll(async () => {
    water = new WaterBook(await LedgerBook.open());
    book = water.book;
    await water.liveThrough();
  }, 60_000);
  afterAll(() => book.close());

  it('counts each right once: what the river gave is what farms and holds have', async () => {
    const rows = await book.ledger.trialBalance(book.id);
    const ofWater = rows.filter(({ asset }) => asset === WATER);
    expect(ofWater.map(({ kind }) => kind).sort()).toEqual(['held', 'open']);
    expect(ofWater.reduce((sum, { debits, credits }) => sum + debits - credits, 0n)).toBe(0n);
    const tree = await book.ledger.accountTree(book.id, { depth: 1, asset: WATER });
    const [river, ...others] = [...tree.items].sort((one) => (one.path === 'river' ? -1 : 1));
    expect(others.reduce((sum, { balance }) => sum + balance, 0n)).toBe(river!.balance);
    expect(river!.balance).toBeGreaterThan(5_000_000n);
  });

  it('does not let a farm have less than its floor, late or now', async () => {
    const back = (hours: number | null, amount: bigint): ReturnType<LedgerBook['transfer']> =>
      book.transfer(
        crypto.randomUUID(),
        [
          { path: FARMS[4], asset: HEADS, amount },
          { path: 'river', asset: HEADS, amount: -amount },
        ],
        hours === null ? {} : { effectiveAt: water.ago(hours) },
      );
    expect(codeOf(await back(null, 12n))).toBe('BALANCE_INSUFFICIENT');
    expect(codeOf(await back(10, 12n))).toMatch(/BALANCE_INSUFFICIENT/);
    expect(codeOf(await back(49, 1n))).toBe('PERIOD_CLOSED');
  });

  it('says what was known when: a late correction moves the past, not what was known of it', async () => {
    const effectiveAt = water.ago(21).toISOString();
    const [now] = await book.ledger.balanceAt(book.id, { path: 'farm/north', asset: WATER, effectiveAt });
    const late = await water.give('farm/north', WATER, 1_000n, { effectiveAt: water.ago(22) });
    const before = new Date(late.recordedAt.getTime() - 1).toISOString();
    const [after] = await book.ledger.balanceAt(book.id, { path: 'farm/north', asset: WATER, effectiveAt });
    const [known] = await book.ledger.balanceAt(book.id, {
      ...{ path: 'farm/north', asset: WATER, effectiveAt },
      recordedAt: before,
    });
    expect(after!.balance).toBe(now!.balance + 1_000n);
    expect(known!.balance).toBe(now!.balance);
  });

  it('is sealed, verified and exported like every other', async () => {
    const environment = readEnvironment(appEnvironment(book.database));
    const module = await Test.createTestingModule({
      imports: [PlatformModule.forProcess('test', environment), LedgerModule, SealingModule],
    }).compile();
    await module.init();
    await module.get(Sealer).round();
    await module.close();
    const { rows } = await book.admin.query<{ behind: string }>(
      `SELECT f.next_seq - s.next_entry AS behind FROM ledger.fence f JOIN ledger.seal s ON s.book = f.book
        ORDER BY s.no DESC LIMIT 1`,
    );
    expect(rows).toEqual([{ behind: '0' }]);
    expect(await book.ledger.verify(book.id)).toMatchObject({ ok: true, findings: [] });
    expect(await journalOf(book, 'hledger')).toContain(`commodity 1000.000 "${WATER}"  ; unit: m3\n`);
  });
});
