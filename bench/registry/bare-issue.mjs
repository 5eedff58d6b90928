/** No book of the bench has such numbers, so copies of copies never collide: every key begins with the book. */
const BOOK_STEP = 1_000_000;
const SCHEMA = 'bare_issue';

/**
 * The floor under any issuance: INSERT of the very same rows, measurements, claims, serial blocks, accounts, entries and
 * postings, into tables with the same columns and indexes, one statement a table in one commit, and nothing else.
 */
export class BareIssue {
  #copies = 0;

  constructor(stage) {
    this.stage = stage;
  }

  /** Copies what a book has after its issuance. */
  async copy(book) {
    this.book = book;
    await this.stage.admin(async (admin) => {
      await admin.query(`CREATE SCHEMA ${SCHEMA}`);
      const { rows } = await admin.query(`
        SELECT c.table_schema AS schema, c.table_name AS name FROM information_schema.columns c
          JOIN information_schema.tables t USING (table_schema, table_name)
         WHERE c.table_schema IN ('credits', 'ledger') AND c.column_name = 'book' AND t.table_type = 'BASE TABLE'
         ORDER BY 1, 2`);
      this.tables = [];
      for (const { schema, name } of rows) {
        const copy = `${SCHEMA}.${schema}_${name}`;
        await admin.query(
          `CREATE UNLOGGED TABLE ${copy}_rows AS SELECT * FROM ${schema}.${name} WHERE book = ${book}`,
        );
        const [{ n }] = (await admin.query(`SELECT count(*)::int AS n FROM ${copy}_rows`)).rows;
        if (n === 0) continue;
        await admin.query(
          `CREATE TABLE ${copy} (LIKE ${schema}.${name} INCLUDING INDEXES); ANALYZE ${copy}_rows`,
        );
        this.tables.push({ copy, rows: n, columns: await columnsOf(admin, schema, name) });
      }
    });
    const counted = this.tables.filter(({ rows }) => rows > 100).map(({ copy, rows }) => `${copy} ${rows}`);
    this.stage.log(`  bare rows: ${counted.join(', ')}`);
  }

  /** Inserts all of it once more; the seconds that it took. */
  async insert() {
    this.#copies += 1;
    const book = this.book + this.#copies * BOOK_STEP;
    return this.stage.admin(async (admin) => {
      const began = process.hrtime.bigint();
      await admin.query('BEGIN');
      for (const { copy, columns } of this.tables) {
        const values = columns.map((name) => (name === 'book' ? String(book) : `r.${name}`));
        await admin.query(
          `INSERT INTO ${copy} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${copy}_rows r`,
        );
      }
      await admin.query('COMMIT');
      return Number(process.hrtime.bigint() - began) / 1e9;
    });
  }

  async close() {
    await this.stage.rows(`DROP SCHEMA ${SCHEMA} CASCADE`);
  }
}

async function columnsOf(admin, schema, name) {
  const { rows } = await admin.query(
    `SELECT quote_ident(column_name) AS name FROM information_schema.columns
      WHERE table_schema = $1 AND table_name = $2 ORDER BY ordinal_position`,
    [schema, name],
  );
  return rows.map(({ name: column }) => column);
}
