import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { appEnvironment, createTestDatabase, type TestDatabase } from '../support';
import { LedgerBook } from './ledger-book';
import { journalOf } from './ledger-export';
import { WaterBook } from './ledger-water';

const PROGRAM = join(__dirname, '../../dist/apps/cli/src/main.js');

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

describe('The commands export and import', () => {
  let book: LedgerBook;
  let elsewhere: TestDatabase;
  let folder: string;

  beforeAll(async () => {
    const water = new WaterBook(await LedgerBook.open());
    book = water.book;
    await water.liveThrough();
    elsewhere = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), 'tanhui-export-'));
  }, 60_000);
  afterAll(async () => {
    await book.close();
    await elsewhere.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const cli = (environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const env = { PATH: process.env.PATH ?? '', ...environment };
      const child = execFile(
        process.execPath,
        [PROGRAM, ...args],
        { env, maxBuffer: 2 ** 26 },
        (_, out, errors) => resolve({ code: child.exitCode ?? -1, out, errors }),
      );
    });
  const read = (...args: readonly string[]): Promise<Ended> =>
    cli({ DATABASE_URL: appEnvironment(book.database).AUDITOR_DATABASE_URL! }, 'export', ...args);
  const inFolder = (name: string): string => join(folder, name);

  it('write a journal with the right of an auditor, to a file or to standard output', async () => {
    const text = await journalOf(book, 'hledger');
    const out = inFolder('county.hledger');
    const asked = ['--book', 'county', '--format', 'hledger'];
    expect(await read(...asked, '--out', out)).toEqual({ code: 0, out: '', errors: '' });
    expect(await readFile(out, 'utf8')).toBe(text);
    expect(await read(...asked)).toEqual({ code: 0, out: text, errors: '' });
  });

  it('write a range of days in China, the last one included', async () => {
    const range = { from: '2026-01-31T16:00:00.000Z', to: '2026-02-28T16:00:00.000Z' };
    const days = ['--from', '2026-02-01', '--to', '2026-02-28'];
    const { out } = await read('--book', 'county', '--format', 'beancount', ...days);
    expect(out).toBe(await journalOf(book, 'beancount', range));
  });

  it('carry a book to another database and back into the same bytes', async () => {
    const [first, second] = [inFolder('first.gz'), inFolder('second.gz')];
    const archive = ['--book', 'county', '--format', 'archive', '--out'];
    expect(await read(...archive, first)).toMatchObject({ code: 0 });
    const owner = { MIGRATE_DATABASE_URL: elsewhere.ownerUrl };
    const imported = await cli(owner, 'import', '--file', first);
    expect(imported).toEqual({
      code: 0,
      out: expect.stringMatching(/^Book "county": \d+ entries, \d+ postings, verified\.\n$/) as string,
      errors: '',
    });
    expect(await cli({ DATABASE_URL: elsewhere.auditorUrl }, 'export', ...archive, second)).toMatchObject({
      code: 0,
    });
    expect((await readFile(second)).equals(await readFile(first))).toBe(true);
    expect(await cli(owner, 'import', '--file', first)).toEqual({
      code: 1,
      out: '',
      errors: 'The archive was refused. Book "county" is there and has been used.\n',
    });
  });

  it('refuse what is no archive with the line, and end with 1', async () => {
    await writeFile(inFolder('text'), 'no archive');
    const { code, errors } = await cli(
      { MIGRATE_DATABASE_URL: elsewhere.ownerUrl },
      'import',
      '--file',
      inFolder('text'),
    );
    expect(code).toBe(1);
    expect(errors).toMatch(/^The archive was refused\. It cannot be read from line 0 on: /);
  });

  it.each([
    [['--format', 'hledger'], '--book is missing'],
    [['--book', 'county', '--format', 'gnucash'], '--format is one of hledger, ledger, beancount, archive'],
    [['--book', 'county', '--format', 'archive', '--to', '2026-01-01'], 'an archive is of the whole book'],
    [
      ['--book', 'county', '--format', 'ledger', '--from', '2026-13-01'],
      '"2026-13-01" is neither a day nor an instant',
    ],
    [['--wide'], "Unknown option '--wide'"],
  ])('say what is wrong with %j and end with 2', async (args, problem) => {
    const { code, out, errors } = await read(...args);
    expect([code, out]).toEqual([2, '']);
    expect(errors).toContain(problem);
  });

  it('leave no file when a book is not there', async () => {
    const before = await readdir(folder);
    const { code, errors } = await read(
      '--book',
      'nowhere',
      '--format',
      'ledger',
      '--out',
      inFolder('nowhere'),
    );
    expect([code, errors]).toEqual([1, 'There is no book "nowhere".\n']);
    expect(await readdir(folder)).toEqual(before);
  });
});
