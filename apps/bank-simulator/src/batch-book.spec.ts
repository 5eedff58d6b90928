import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { BatchBook, type BatchFile } from './batch-book';

const ACCOUNT = '6217991234567890123';
const file = (digest = 'd1'): BatchFile => ({
  batchNo: 'b-1',
  bank: 'PSBC',
  count: 2,
  totalFen: '300',
  digest,
  lines: [
    { seq: 1, account: ACCOUNT, holder: '甲', amountFen: '100', key: 'k1' },
    { seq: 2, account: '6217991234567890124', holder: '乙', amountFen: '200', key: 'k2' },
  ],
});

describe("the simulated bank's books", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'bank-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('takes a batch once, knows it again, and refuses its number for another content', () => {
    const books = new BatchBook(directory, () => 0);
    expect(books.accept(file())).toBe('accepted');
    expect(books.accept(file())).toBe('repeated');
    expect(books.accept(file('d2'))).toBe('other-digest');
    expect(books.accept({ ...file(), batchNo: 'b-2', totalFen: '301' })).toBe('count-or-total-wrong');
  });

  it('settles later, not at once', () => {
    let now = 0;
    const books = new BatchBook(directory, () => now);
    books.accept(file());
    expect(books.results('b-1', 0)).toMatchObject({ state: 'accepted', results: [] });
    now = 5_000;
    expect(books.results('b-1', 0)).toMatchObject({ state: 'settled', next: 2 });
    expect(books.results('b-0', 0)).toBeUndefined();
  });

  it('remembers everything after it was killed, and keeps no account number', () => {
    new BatchBook(directory, () => 0).accept(file());
    const again = new BatchBook(directory, () => 9_999);
    expect(again.accept(file())).toBe('repeated');
    expect(again.results('b-1', 1)).toMatchObject({ results: [{ seq: 2, key: 'k2', amountFen: '200' }] });
    expect(readFileSync(join(directory, 'batches.jsonl'), 'utf8')).not.toContain(ACCOUNT);
  });
});
