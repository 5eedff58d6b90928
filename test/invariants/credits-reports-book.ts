import { OneBook, Reports, type OneBookPage, type Report, type ReportKind } from '@app/credits';
import { invariant } from '@app/kernel';
import { Books, type Book } from '@app/platform';
import { CreditsCounty } from './credits-county';

/** Pages and reports of a county, for what tests say of them. */
export class ReportBook {
  private constructor(
    readonly county: CreditsCounty,
    readonly book: Book,
  ) {}

  static async open(): Promise<ReportBook> {
    const county = await CreditsCounty.open();
    const book = await county.get(Books).byCode('credits-test');
    invariant(book.ok, 'the book is open');
    return new ReportBook(county, book.value);
  }

  async page(query: Parameters<OneBook['of']>[1] = {}): Promise<OneBookPage> {
    const page = await this.county.get(OneBook).of(this.book, query);
    invariant(page.ok, `the page was refused: ${page.ok ? '' : page.reason.code}`);
    return page.value;
  }

  async report(kind: ReportKind, query: Parameters<Reports['of']>[2] = {}): Promise<Report> {
    const report = await this.county.get(Reports).of(this.book, kind, query, 'staff');
    invariant(report.ok, `the report was refused: ${report.ok ? '' : report.reason.code}`);
    return report.value;
  }

  /** The rows of a table, words in English. */
  async rows(
    kind: ReportKind,
    table: string,
    query: Parameters<Reports['of']>[2] = {},
  ): Promise<unknown[][]> {
    const found = (await this.report(kind, query)).tables.find(({ name }) => name === table);
    invariant(found !== undefined, `the report has a table ${table}`);
    return found.rows.map((row) =>
      row.map((cell) => (typeof cell === 'object' && cell !== null ? cell.en : cell)),
    );
  }
}
