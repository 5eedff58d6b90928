import { beancountAccount, beancountCommodity, pathOfBeancount, pathOfColon } from '@app/ledger';
import { describeWithBeancount, describeWithHledger, describeWithLedger } from '../support';
import { LedgerBook } from './ledger-book';
import { journalOf, overJournal, tool } from './ledger-export';
import { ToldBook } from './ledger-told';
import { FARMS, WATER, WaterBook } from './ledger-water';

/** Debits minus credits by account and asset, as whole units: what every tool must come to. */
type Balances = Readonly<Record<string, string>>;

const scaled = (text: string, scale: number): string => {
  const [whole = '', decimals = ''] = text.split('.');
  return BigInt(whole + decimals.padEnd(scale, '0')).toString();
};

const BOOKS = ['the water bureau', 'random transfers, many of them late'] as const;

describe('A journal of a book', () => {
  const books = new Map<string, LedgerBook>();
  const scales = new Map<string, number>();

  beforeAll(async () => {
    const water = new WaterBook(await LedgerBook.open());
    books.set(BOOKS[0], water.book);
    await water.liveThrough();
    const told = await ToldBook.open();
    books.set(BOOKS[1], told.book);
    await told.grow(150, 41);
    for (const book of books.values()) {
      const { rows } = await book.admin.query<{ code: string; scale: number }>(
        'SELECT code, scale FROM ledger.asset',
      );
      for (const { code, scale } of rows) scales.set(code, scale);
    }
  }, 120_000);
  afterAll(async () => {
    for (const book of books.values()) await book.close();
  });

  /** Of our own trial balance, at full depth; zero balances of accounts that never moved are nobody's business. */
  const ours = async (book: LedgerBook, times: { effectiveAt?: string } = {}): Promise<Balances> => {
    const rows = await book.ledger.trialBalanceAt(book.id, { ...times, depth: 99 });
    return Object.fromEntries(
      rows
        .filter(({ debits, credits }) => debits !== credits)
        .map(({ path, asset, debits, credits }) => [`${path} ${asset}`, String(debits - credits)])
        .sort(),
    );
  };
  const theirs = (rows: readonly (readonly [path: string, asset: string, amount: string])[]): Balances =>
    Object.fromEntries(
      rows
        .map(([path, asset, amount]) => [`${path} ${asset}`, scaled(amount, scales.get(asset) ?? 0)] as const)
        .filter(([, amount]) => amount !== '0')
        .sort(),
    );
  /** A range in the middle of the book: what lies before it becomes opening balances. */
  const middle = async (book: LedgerBook): Promise<{ from: string; to: string }> => {
    const { rows } = await book.admin.query<{ from: string; to: string }>(
      `SELECT ledger.instant(percentile_disc(0.3) WITHIN GROUP (ORDER BY effective_at)) AS from,
              ledger.instant(percentile_disc(0.8) WITHIN GROUP (ORDER BY effective_at)) AS to FROM ledger.entry`,
    );
    return rows[0]!;
  };

  it('is the same bytes each time', async () => {
    for (const book of books.values())
      for (const format of ['hledger', 'ledger', 'beancount'] as const)
        expect(await journalOf(book, format)).toBe(await journalOf(book, format));
  });

  it('tells each entry once, in order of its effective time', async () => {
    for (const book of books.values()) {
      const { rows } = await book.admin.query<{ seq: string }>(
        'SELECT seq FROM ledger.entry ORDER BY effective_at, seq',
      );
      const told = (await journalOf(book, 'hledger')).matchAll(/^\d{4}-\d\d-\d\d \* \((\d+)\) /gm);
      expect([...told].map(([, seq]) => seq)).toEqual(rows.map(({ seq }) => seq));
    }
  });

  describeWithHledger('hledger', () => {
    const balances = async (file: string): Promise<Balances> => {
      await tool('hledger', '-f', file, '--strict', 'check');
      const text = await tool(
        'hledger',
        ...['-f', file, 'bal', '--flat', '-N', '-E', '-O', 'csv', '--layout', 'bare'],
      );
      const rows = text.trim().split('\n').slice(1);
      return theirs(
        rows.map((row) => {
          const [account = '', commodity = '', amount = ''] = row
            .split('","')
            .map((cell) => cell.replaceAll('"', ''));
          return [pathOfColon(account), commodity, amount] as const;
        }),
      );
    };

    it.each(BOOKS)('accepts %s and comes to our trial balance', async (name) => {
      const book = books.get(name)!;
      expect(await overJournal(await journalOf(book, 'hledger'), balances)).toEqual(await ours(book));
    });

    it.each(BOOKS)('accepts a range of %s and comes to our trial balance at its end', async (name) => {
      const book = books.get(name)!;
      const range = await middle(book);
      const found = await overJournal(await journalOf(book, 'hledger', range), balances);
      expect(found).toEqual(await ours(book, { effectiveAt: range.to }));
    });

    it('refuses a journal in which one amount is other by the smallest unit', async () => {
      const text = (await journalOf(books.get(BOOKS[0])!, 'hledger')).replace(' 5000.000 ', ' 5000.001 ');
      await expect(overJournal(text, balances)).rejects.toThrow(/could not balance/);
    });
  });

  describeWithLedger('ledger', () => {
    const balances = async (file: string): Promise<Balances> => {
      const text = await tool(
        ...([
          'ledger',
          '-f',
          file,
          '--pedantic',
          '--args-only',
          'bal',
          '--flat',
          '--no-total',
          '-E',
        ] as const),
        ...['--format', '%(account)|%(scrub(amount))\\n'],
      );
      const rows: [string, string, string][] = [];
      let account = '';
      for (const line of text.trimEnd().split('\n')) {
        const [before, after] = line.includes('|') ? line.split('|') : [account, line];
        account = before ?? '';
        const [, amount = '0', commodity = ''] = /^(-?[\d.]+) ?"?([^"]*)"?$/.exec(after ?? '') ?? [];
        rows.push([pathOfColon(account), commodity, amount]);
      }
      return theirs(rows);
    };

    it.each(BOOKS)('accepts %s and comes to our trial balance', async (name) => {
      const book = books.get(name)!;
      expect(await overJournal(await journalOf(book, 'ledger'), balances)).toEqual(await ours(book));
    });

    it.each(BOOKS)('accepts a range of %s and comes to our trial balance at its end', async (name) => {
      const book = books.get(name)!;
      const range = await middle(book);
      const found = await overJournal(await journalOf(book, 'ledger', range), balances);
      expect(found).toEqual(await ours(book, { effectiveAt: range.to }));
    });

    it('refuses a journal in which one asserted balance is other by the smallest unit', async () => {
      const text = (await journalOf(books.get(BOOKS[0])!, 'ledger')).replace('= 5000.000 ', '= 5000.001 ');
      await expect(overJournal(text, balances)).rejects.toThrow(/assertion off by/);
    });
  });

  describeWithBeancount('beancount', () => {
    const balances = async (file: string, book: LedgerBook): Promise<Balances> => {
      expect(await tool('bean-check', file)).toBe('');
      const query = 'SELECT account, currency, str(sum(number)) GROUP BY account, currency';
      const rows = (await tool('bean-query', '-f', 'csv', file, query)).trim().split('\n').slice(1);
      const { rows: assets } = await book.admin.query<{ code: string }>('SELECT code FROM ledger.asset');
      const codes = new Map(assets.map(({ code }) => [beancountCommodity(code), code]));
      return theirs(
        rows.map((row) => {
          const [account = '', commodity = '', amount = ''] = row.split(',').map((cell) => cell.trim());
          const [, number = ''] = /^Decimal\('(.*)'\)$/.exec(amount) ?? [];
          return [pathOfBeancount(account), codes.get(commodity)!, number.replace(/^-?0E.*/, '0')] as const;
        }),
      );
    };

    it.each(BOOKS)('accepts %s and comes to our trial balance', async (name) => {
      const book = books.get(name)!;
      const found = await overJournal(await journalOf(book, 'beancount'), (file) => balances(file, book));
      expect(found).toEqual(await ours(book));
    });

    it.each(BOOKS)('accepts a range of %s and comes to our trial balance at its end', async (name) => {
      const book = books.get(name)!;
      const range = await middle(book);
      const found = await overJournal(await journalOf(book, 'beancount', range), (file) =>
        balances(file, book),
      );
      expect(found).toEqual(await ours(book, { effectiveAt: range.to }));
    });

    it('refuses a journal in which one asserted balance is other by the smallest unit', async () => {
      const book = books.get(BOOKS[0])!;
      const farm = beancountAccount(FARMS[4], -1, false);
      const text = await journalOf(book, 'beancount');
      const other = text.replace(`${farm}  -1.004 ~ 0 ${beancountCommodity(WATER)}`, (line) =>
        line.replace('-1.004', '-1.003'),
      );
      expect(other).not.toBe(text);
      await expect(overJournal(other, (file) => balances(file, book))).rejects.toThrow(/Balance failed/);
    });
  });
});
