import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGzip, gunzipSync, gzipSync } from 'node:zlib';

import { Test } from '@nestjs/testing';
import { Client } from 'pg';

import type { Result } from '@app/kernel';
import { ExportArchive, ImportArchive, Ledger, LedgerModule, Sealer, SealingModule } from '@app/ledger';
import { createDataSource, Metrics, PlatformModule, readEnvironment, UnitOfWork } from '@app/platform';
import { appEnvironment, createTestDatabase, type TestDatabase } from '../support';
import { codeOf, LedgerBook } from './ledger-book';
import { ToldBook } from './ledger-told';
import { done, WaterBook } from './ledger-water';

/** Seals all that a book has, as the worker does. */
async function seal(database: TestDatabase): Promise<void> {
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.forProcess('test', readEnvironment(appEnvironment(database))),
      LedgerModule,
      SealingModule,
    ],
  }).compile();
  await module.init();
  await module.get(Sealer).round();
  await module.close();
}

const archiveOf = (book: LedgerBook): Promise<Buffer> =>
  buffer(Readable.from(book.module.get(ExportArchive).execute(book.id)).pipe(createGzip()));

const importInto = async (database: TestDatabase, archive: Buffer): ReturnType<ImportArchive['execute']> => {
  const dataSource = createDataSource({ url: database.ownerUrl, poolMax: 1, applicationName: 'test-import' });
  await dataSource.initialize();
  try {
    return await new ImportArchive(new UnitOfWork(dataSource, new Metrics())).execute(
      Readable.from([archive]),
    );
  } finally {
    await dataSource.destroy();
  }
};

/** Everything of the schema ledger, without the numbers that are a database's own. */
const CHAIN = `
  SELECT 'seal' AS what, encode(s.hash, 'hex') || encode(s.root, 'hex') AS value FROM ledger.seal s
  UNION ALL SELECT 'checkpoint', c.note FROM ledger.checkpoint c
  UNION ALL SELECT 'entry', encode(sha256(f.form), 'hex') FROM platform.book b, ledger.entry_forms(b.id, 1, 1000000) f
  UNION ALL SELECT 'refusal', encode(sha256(f.form), 'hex') FROM platform.book b, ledger.refusal_forms(b.id, 1, 1000000) f
  UNION ALL SELECT 'event', encode(sha256(f.form), 'hex') FROM platform.book b, ledger.event_forms(b.id, 1, 1000000) f
  ORDER BY 1, 2`;

describe('An archive of a book', () => {
  let book: LedgerBook;
  let archive: Buffer;
  const databases: TestDatabase[] = [];

  const fresh = async (): Promise<TestDatabase> => {
    const database = await createTestDatabase();
    databases.push(database);
    return database;
  };
  const asked = async <Row extends object>(url: string, sql: string): Promise<Row[]> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    const water = new WaterBook(await LedgerBook.open());
    book = water.book;
    await water.liveThrough();
    await seal(book.database);
    await water.give('farm', 'HEADS', 3n);
    await seal(book.database);
    // And something that no seal covers yet.
    await water.give('farm', 'HEADS', 4n);
    archive = await archiveOf(book);
  }, 120_000);
  afterAll(async () => {
    await book.close();
    for (const database of databases) await database.drop();
  });

  /** Another process of the product on the database that took the archive in. */
  const seen = async <T>(
    database: TestDatabase,
    look: (ledger: Ledger, id: number, other: LedgerBook) => Promise<T>,
  ): Promise<T> => {
    const other = await LedgerBook.on(database, book.code);
    try {
      return await look(other.ledger, other.id, other);
    } finally {
      await other.release();
    }
  };

  it('is the same bytes each time', async () => {
    expect((await archiveOf(book)).equals(archive)).toBe(true);
  });

  it('gives a fresh database the same book: trial balance, entries, chain and archive', async () => {
    const database = await fresh();
    const imported = done(await importInto(database, archive));
    const [counted] = await asked<{ entries: string; postings: string }>(
      book.database.adminUrl,
      'SELECT (SELECT count(*) FROM ledger.entry) AS entries, (SELECT count(*) FROM ledger.posting) AS postings',
    );
    expect([imported.entries, imported.postings]).toEqual([
      BigInt(counted!.entries),
      BigInt(counted!.postings),
    ]);
    const chain = await asked(book.database.adminUrl, CHAIN);
    expect(chain.length).toBeGreaterThan(100);
    expect(await asked(database.adminUrl, CHAIN)).toEqual(chain);
    await seen(database, async (ledger, id, other) => {
      expect(await ledger.trialBalance(id)).toEqual(await book.ledger.trialBalance(book.id));
      const deep = { depth: 99, effectiveAt: new Date(Date.now() - 86_400_000).toISOString() };
      expect(await ledger.trialBalanceAt(id, deep)).toEqual(await book.ledger.trialBalanceAt(book.id, deep));
      expect((await archiveOf(other)).equals(archive)).toBe(true);
    });
  });

  it('gives a book that goes on: it posts, seals and verifies', async () => {
    const database = await fresh();
    done(await importInto(database, archive));
    await seen(database, async (ledger, id, other) => {
      const before = await ledger.balance(id, 'farm', 'HEADS');
      await new WaterBook(other).give('farm', 'HEADS', 5n);
      await seal(database);
      expect(await ledger.balance(id, 'farm', 'HEADS')).toBe(before + 5n);
      expect((await ledger.verify(id)).findings).toEqual([]);
    });
  });

  it('is taken into an empty book of its name, and not into one that was used', async () => {
    const database = await fresh();
    await asked(database.adminUrl, `SELECT platform.open_live_book('county', '县', '610924')`);
    done(await importInto(database, archive));
    expect(await asked(database.adminUrl, CHAIN)).toEqual(await asked(book.database.adminUrl, CHAIN));
    expect(await importInto(database, archive)).toEqual({
      ok: false,
      reason: { code: 'BOOK_NOT_EMPTY', book: 'county' },
    });
  });

  it('is not taken in by the connection of the application', async () => {
    const database = await fresh();
    const dataSource = createDataSource({ url: database.appUrl, poolMax: 1, applicationName: 'test-import' });
    await dataSource.initialize();
    const importing = new ImportArchive(new UnitOfWork(dataSource, new Metrics())).execute(
      Readable.from([archive]),
    );
    await expect(importing).rejects.toThrow(/permission denied|must be owner/);
    await dataSource.destroy();
  });

  describe('that was changed', () => {
    let database: TestDatabase;
    let lines: string[];

    beforeAll(async () => {
      database = await fresh();
      lines = gunzipSync(archive).toString().trimEnd().split('\n');
    });
    afterEach(async () => {
      expect(await asked(database.adminUrl, 'SELECT FROM platform.book')).toEqual([]);
    });

    const pack = (text: readonly string[]): Buffer => gzipSync(`${text.join('\n')}\n`);
    const lineOf = (start: string, offset = 0): number =>
      lines.findIndex((line) => line.startsWith(start)) + offset;
    /** Who changes an archive may well write the checks anew. */
    const checkedAgain = (text: readonly string[]): string[] => {
      let hash = createHash('sha256');
      return text.map((line) => {
        if (!line.startsWith('{"check"') && !line.startsWith('{"end"')) {
          hash.update(line).update('\n');
          return line;
        }
        const check = hash.digest('hex');
        hash = createHash('sha256').update(check);
        return JSON.stringify(line.startsWith('{"end"') ? { end: check } : { check });
      });
    };
    const refusal = async (bytes: Buffer): Promise<unknown> => {
      const result: Result<unknown> = await importInto(database, bytes);
      expect(codeOf(result)).not.toBe('ok');
      return result.ok ? undefined : result.reason;
    };

    it('is refused with the lines in which it was changed', async () => {
      const at = lineOf('{"section":"entries"}', 4);
      const changed = lines.map((line, n) => (n === at ? line.replace('transfer', 'reversal') : line));
      expect(await refusal(pack(changed))).toEqual({
        code: 'ARCHIVE_CHANGED',
        section: 'entries',
        fromLine: at - 3,
        toLine: lineOf('{"section":"refusals"}'),
      });
    });

    it.each([
      ['a line left out', (text: string[], at: number) => text.filter((_, n) => n !== at)],
      [
        'a line twice',
        (text: string[], at: number) => text.flatMap((line, n) => (n === at ? [line, line] : [line])),
      ],
      [
        'two lines changed over',
        (text: string[], at: number) => [
          ...text.slice(0, at),
          text[at + 1]!,
          text[at]!,
          ...text.slice(at + 2),
        ],
      ],
    ])('is refused with %s', async (_, change) => {
      const at = lineOf('{"section":"entries"}', 3);
      expect(await refusal(pack(change([...lines], at)))).toMatchObject({
        code: 'ARCHIVE_CHANGED',
        section: 'entries',
      });
    });

    it('is refused when it ends too early, or its compression is broken', async () => {
      expect(await refusal(pack(lines.slice(0, -1)))).toMatchObject({ code: 'ARCHIVE_UNREADABLE' });
      expect(await refusal(pack(lines.slice(0, 40)))).toMatchObject({ code: 'ARCHIVE_UNREADABLE', line: 40 });
      expect(await refusal(archive.subarray(0, archive.length >> 1))).toMatchObject({
        code: 'ARCHIVE_UNREADABLE',
      });
      const flipped = Buffer.from(archive);
      flipped[archive.length >> 1]! ^= 4;
      expect(['ARCHIVE_UNREADABLE', 'ARCHIVE_CHANGED']).toContain(
        ((await refusal(flipped)) as { code: string }).code,
      );
      expect(await refusal(gzipSync('hello\n'))).toMatchObject({ code: 'ARCHIVE_UNREADABLE', line: 1 });
    });

    it('is refused with what is wrong when its checks were written anew: an amount, a floor, a seal', async () => {
      const amounts = lines.map((line) =>
        line.replace(/, 5000000, 5000000, null\]/, ', 5000001, 5000000, null]'),
      );
      expect(amounts).not.toEqual(lines);
      // The trigger of the postings has the last word before verification does.
      expect(await refusal(pack(checkedAgain(amounts)))).toMatchObject({
        code: 'ARCHIVE_REJECTED',
        section: 'entries',
      });
      const memo = lines.map((line) => line.replace('"issue.a"', '"issue.b"'));
      expect(await refusal(pack(checkedAgain(memo)))).toMatchObject({
        code: 'ARCHIVE_WRONG',
        findings: [expect.stringContaining('SEAL')],
      });
      const account = lineOf('["farm", "WATER');
      const version = lines.map((line, n) =>
        n === account ? line.replace(/, (\d+), "(?=20)/, ', 99, "') : line,
      );
      expect(version).not.toEqual(lines);
      expect(await refusal(pack(checkedAgain(version)))).toMatchObject({ code: 'ARCHIVE_WRONG' });
    });

    it('is refused when a kind of this product has other terms', async () => {
      const kinds = lines.map((line) =>
        line.replace(/^\["held", "ledger", -1, 0\]$/, '["held", "ledger", 1, 0]'),
      );
      expect(kinds).not.toEqual(lines);
      expect(await refusal(pack(checkedAgain(kinds)))).toMatchObject({
        code: 'ARCHIVE_REJECTED',
        section: 'account kinds',
      });
    });
  });

  it('carries a book larger than one check', async () => {
    const told = await ToldBook.open();
    await told.grow(1_100, 5);
    const large = await archiveOf(told.book);
    const [, entries = ''] = /"entries"}([^]*){"section":"refusals"/.exec(gunzipSync(large).toString()) ?? [];
    expect(entries.match(/"check"/g)).toHaveLength(2);
    const database = await fresh();
    done(await importInto(database, large));
    await seen(database, async (_, __, other) => {
      expect((await archiveOf(other)).equals(large)).toBe(true);
    });
    await told.book.close();
  });
});
