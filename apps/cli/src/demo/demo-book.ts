import { Client } from 'pg';

/** The demo role: it opens rehearsal books, moves their clocks and names their staff. It can do nothing in a live book. */
export class DemoBook {
  private constructor(
    private readonly client: Client,
    readonly id: number,
    readonly code: string,
  ) {}

  static async open(
    url: string,
    book: { code: string; name: string; region: string; clock: Date },
  ): Promise<DemoBook> {
    const client = new Client({ connectionString: url, application_name: 'tanhui-demo' });
    await client.connect();
    const { rows } = await client.query<{ id: number }>(
      'SELECT platform.open_rehearsal_book($1, $2, $3, $4) AS id',
      [book.code, book.name, book.region, book.clock],
    );
    return new DemoBook(client, rows[0]!.id, book.code);
  }

  async now(): Promise<Date> {
    const [row] = await this.query<{ now: Date }>('SELECT platform.book_now($1::int) AS now', [this.id]);
    return row!.now;
  }

  async advanceDays(days: number): Promise<Date> {
    const instant = new Date((await this.now()).getTime() + days * 86_400_000);
    await this.advanceTo(instant);
    return instant;
  }

  async advanceTo(instant: Date): Promise<void> {
    await this.client.query('SELECT platform.advance_clock($1, $2)', [this.id, instant]);
  }

  query<Row extends object>(sql: string, params: readonly unknown[]): Promise<Row[]> {
    return this.client.query<Row>(sql, [...params]).then(({ rows }) => rows);
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}
