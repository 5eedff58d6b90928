import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Client } from 'pg';

import { FileAudit, StoreFile } from '@app/platform';
import { findingsAfter } from './audit-damage';
import { RegistryBook } from './registry-book';

const BYTES = Buffer.from('%PDF-1.7 the decision');
const SHA256 = createHash('sha256').update(BYTES).digest('hex');

describe('stored files', () => {
  let book: RegistryBook;
  beforeAll(async () => {
    book = await RegistryBook.open();
  });
  afterAll(() => book.close());

  const store = (name: string) =>
    book.work.run(book.context('platform.store-file'), (tx) =>
      book.module.get(StoreFile).execute(tx, { bytes: BYTES, name }),
    );
  const as = async (url: string, sql: string): Promise<string> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(sql);
      return 'done';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      await client.end();
    }
  };

  it('are one row however many send the same at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_none, n) => store(`${n}.pdf`)));
    const values = answers.map((answer) => answer.ok && answer.value);
    expect(values.filter((value) => value && value.isNew)).toHaveLength(1);
    expect(new Set(values.map((value) => value && value.name)).size).toBe(1);
    expect(await book.query('SELECT sha256 FROM platform.stored_file')).toEqual([{ sha256: SHA256 }]);
  });

  it('are neither changed nor taken away, and what is in them is not for the auditor', async () => {
    const { appUrl, auditorUrl } = book.database;
    for (const sql of [
      `UPDATE platform.stored_file SET name = 'x'`,
      `DELETE FROM platform.stored_file`,
      `TRUNCATE platform.stored_file`,
    ])
      expect(await as(appUrl, sql)).toMatch(/permission denied/);
    expect(await as(auditorUrl, 'SELECT bytes FROM platform.stored_file')).toMatch(/permission denied/);
    expect(await as(auditorUrl, 'SELECT name FROM platform.stored_file')).toMatch(/permission denied/);
    expect(await as(auditorUrl, `SELECT * FROM platform.stored_files_that_differ(${book.book})`)).toBe(
      'done',
    );
  });

  it('are under no other key than their hash, whoever writes', async () => {
    const forged = `INSERT INTO platform.stored_file (book, sha256, media_type, bytes, size, name, stored_by, stored_at)
      VALUES (${book.book}, repeat('a', 64), 'text/plain', 'x', 1, 'x', 'x', now())`;
    expect(await as(book.database.ownerUrl, forged)).toMatch(/key_is_the_hash_of_the_bytes/);
  });

  it('are found by verify when their bytes are not what the key says, and by nothing else', async () => {
    const damaged = { adminUrl: book.database.adminUrl, book: book.book };
    expect((await book.module.get(FileAudit).execute(book.book)).findings).toEqual([]);
    const damage = `ALTER TABLE platform.stored_file DROP CONSTRAINT key_is_the_hash_of_the_bytes;
      UPDATE platform.stored_file SET bytes = overlay(bytes PLACING 'X' FROM 12)`;
    expect(await findingsAfter(FileAudit, damaged, damage)).toEqual([
      expect.stringMatching(
        new RegExp(`^FILE_DIFFERS_FROM_ITS_HASH: file ${SHA256} hashes to [0-9a-f]{64}$`),
      ),
    ]);
  });

  it('have their finding told in the runbook', () => {
    const runbook = readFileSync(join(__dirname, '../../docs/runbooks/verify-findings.md'), 'utf8');
    for (const code of Object.keys(FileAudit.checks)) expect(runbook).toContain(`| \`${code}\``);
  });
});
