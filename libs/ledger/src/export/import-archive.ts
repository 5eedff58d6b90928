import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { ok, refuse, type Result } from '@app/kernel';
import { HOUSE_BOOK, type Tx, type UnitOfWork } from '@app/platform';
import { verifyLedger } from '../verify/verify-ledger';
import { lineOf } from '../verify/finding';
import { ARCHIVE, CHECK_EVERY, Checks, type ArchivedBook, type ArchiveLine } from './archive-lines.rules';
import { SECTIONS } from './archive-sections';
import { linesOf } from './lines';
import { openFor } from './open-archived-book';

/** Lines are counted from 1. */
export type ArchiveRefusal =
  /** Not an archive, cut off, or not text at all from this line on. */
  | { readonly code: 'ARCHIVE_UNREADABLE'; readonly line: number; readonly detail: string }
  /** These lines are not those that were written. */
  | {
      readonly code: 'ARCHIVE_CHANGED';
      readonly section: string;
      readonly fromLine: number;
      readonly toLine: number;
    }
  /** The database would not have these lines. */
  | {
      readonly code: 'ARCHIVE_REJECTED';
      readonly section: string;
      readonly fromLine: number;
      readonly toLine: number;
      readonly detail: string;
    }
  /** All lines are as they were written, but they are not a right book. */
  | { readonly code: 'ARCHIVE_WRONG'; readonly findings: readonly string[] }
  | { readonly code: 'BOOK_NOT_EMPTY'; readonly book: string };

export interface Imported {
  readonly book: number;
  readonly code: string;
  readonly entries: bigint;
  readonly postings: bigint;
}

const EXAMPLES_MAX = 20;

/**
 * Takes an archive into a database that has no such book, or has it still empty: all of it in one transaction that
 * ends with the whole book verified, or nothing. It writes the ledger's tables past the ledger's doors, so only the
 * owner's connection can do it.
 */
export class ImportArchive {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @param source the bytes of the archive as it was written, compressed */
  async execute(source: Readable): Promise<Result<Imported, ArchiveRefusal>> {
    const gunzip = createGunzip();
    source.once('error', (error) => gunzip.destroy(error)).pipe(gunzip);
    // It may fail before anybody reads it; who reads then is told.
    gunzip.on('error', () => undefined);
    try {
      return await this.unitOfWork.run<Imported, ArchiveRefusal>(
        { book: HOUSE_BOOK, actor: 'system/import', action: 'ledger.import-archive' },
        (tx) => new Intake(tx).take(linesOf(gunzip)),
      );
    } finally {
      source.destroy();
      gunzip.destroy();
    }
  }
}

/** One archive on its way into one transaction. */
class Intake {
  readonly #checks = new Checks();
  #line = 0;
  #section = 'head';
  /** Lists that wait for their check. */
  #waiting: string[] = [];
  #since = 1;
  #book: { readonly id: number; readonly code: string } | undefined;
  #next = 0;

  constructor(private readonly tx: Tx) {}

  async take(lines: AsyncIterable<Buffer>): Promise<Result<Imported, ArchiveRefusal>> {
    try {
      for await (const bytes of lines) {
        this.#line += 1;
        const done = await this.takeLine(bytes);
        if (done) return done;
      }
      return this.unreadable('it ends before its end');
    } catch (error) {
      const detail = String(error);
      if (isOfArchive(error)) return this.unreadable(detail);
      if (isOfData(error)) return refuse({ code: 'ARCHIVE_REJECTED', ...this.place(), detail });
      throw error;
    }
  }

  private async takeLine(bytes: Buffer): Promise<Result<Imported, ArchiveRefusal> | undefined> {
    const line = JSON.parse(bytes.toString()) as ArchiveLine | null;
    if (line === null || typeof line !== 'object') return this.unreadable('neither a list nor a record');
    if ('check' in line) return this.check(line.check);
    if ('end' in line) return (await this.check(line.end)) ?? this.finish();
    this.#checks.add(bytes);
    if (Array.isArray(line)) {
      if (this.#waiting.push(bytes.toString()) > CHECK_EVERY) return this.unreadable('a check is missing');
      return undefined;
    }
    if ('section' in line) return this.begin(line.section);
    if ('archive' in line) return this.open(line);
    return this.unreadable('an unknown record');
  }

  private async open({
    archive,
    version,
    book,
  }: ArchiveHead): Promise<Result<Imported, ArchiveRefusal> | undefined> {
    if (archive !== ARCHIVE.archive || version !== ARCHIVE.version || this.#line !== 1) {
      return this.unreadable(`not version ${ARCHIVE.version} of ${ARCHIVE.archive}`);
    }
    const id = await openFor(this.tx, book);
    if (id === undefined) return refuse({ code: 'BOOK_NOT_EMPTY', book: book.code });
    this.#book = { id, code: book.code };
    return undefined;
  }

  private begin(name: string): Result<Imported, ArchiveRefusal> | undefined {
    if (!this.#book || name !== SECTIONS[this.#next]?.name || this.#waiting.length > 0) {
      return this.unreadable(`section "${name}" is not the next`);
    }
    this.#section = name;
    this.#next += 1;
    return undefined;
  }

  /** What a check covers is believed, and taken in, only when it is what was written. */
  private async check(check: string): Promise<Result<Imported, ArchiveRefusal> | undefined> {
    if (this.#checks.next() !== check) return refuse({ code: 'ARCHIVE_CHANGED', ...this.place() });
    const section = SECTIONS[this.#next - 1];
    if (this.#waiting.length > 0 && section && this.#book) {
      await this.tx.query(section.insert, [this.#book.id, this.#waiting]);
    }
    this.#waiting = [];
    this.#since = this.#line + 1;
    return undefined;
  }

  private async finish(): Promise<Result<Imported, ArchiveRefusal>> {
    if (!this.#book || this.#next !== SECTIONS.length) return this.unreadable('sections are missing');
    const { id, code } = this.#book;
    // The planner believes the tables as empty as they were.
    await this.tx.query('ANALYZE ledger.account, ledger.entry, ledger.posting, ledger.refusal, ledger.event');
    // What this product knows beyond the one that wrote the archive is told to the book now.
    await this.tx.query('SELECT ledger.note_kinds($1)', [id]);
    const findings: string[] = [];
    const found = (line: string): void => void (findings.length < EXAMPLES_MAX && findings.push(line));
    const { reach, postings } = await verifyLedger(
      [(sql, params) => this.tx.query(sql, params)],
      id,
      {},
      { found: (finding) => found(lineOf(finding)) },
    );
    if (findings.length > 0) return refuse({ code: 'ARCHIVE_WRONG', findings });
    this.tx.audit({ book: code, entries: reach.entry.toString(), postings: postings.toString() });
    return ok({ book: id, code, entries: reach.entry, postings });
  }

  private place(): { section: string; fromLine: number; toLine: number } {
    return { section: this.#section, fromLine: this.#since, toLine: this.#line };
  }

  private unreadable(detail: string): Result<Imported, ArchiveRefusal> {
    return refuse({ code: 'ARCHIVE_UNREADABLE', line: this.#line, detail });
  }
}

type ArchiveHead = Extract<ArchiveLine, { readonly archive: string }> & { readonly book: ArchivedBook };

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** Broken text, or broken compression. */
const isOfArchive = (error: unknown): boolean =>
  error instanceof SyntaxError || codeOf(error).startsWith('Z_');

/** SQLSTATE classes of values and of constraints: the lines are at fault, not the database. */
const isOfData = (error: unknown): boolean => /^2[23][0-9A-Z]{3}$/.test(codeOf(error));
