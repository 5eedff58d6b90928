import pg from 'pg';

/** No row of the ledger ever has such numbers, so copies of copies never collide. */
const SEQ_STEP = 1_000_000_000;
const VERSION_STEP = 1_000_000;

/**
 * The floor under any ledger: INSERT of the very same rows into tables with the same columns and indexes, and nothing
 * else: no decision, no account, no check, no trigger. Rows are copied from the book beforehand into tables without
 * index or log; each insertion moves their numbers on, so that every one has fresh keys in the places that the
 * ledger's rows have.
 */
export class BareInsert {
  #copies = 0;

  constructor(stage, name) {
    this.stage = stage;
    this.schema = `bare_${name}`;
  }

  /** Copies the newest entries of a book, in batches of this many. */
  async copy({ book, entries, batch }) {
    this.client = new pg.Client({ connectionString: this.stage.adminUrl, application_name: 'tanhui-bench' });
    await this.client.connect();
    const at = this.schema;
    await this.client.query(`
      CREATE SCHEMA ${at};
      CREATE TABLE ${at}.entry (LIKE ledger.entry INCLUDING INDEXES);
      CREATE TABLE ${at}.posting (LIKE ledger.posting INCLUDING INDEXES);
      CREATE UNLOGGED TABLE ${at}.entry_rows AS
        SELECT e.*, (row_number() OVER (ORDER BY e.seq) - 1) / ${batch} AS batch FROM (
          SELECT * FROM ledger.entry WHERE book = ${book} ORDER BY seq DESC LIMIT ${entries}) e ORDER BY e.seq;
      CREATE UNLOGGED TABLE ${at}.posting_rows AS
        SELECT p.*, r.batch FROM ${at}.entry_rows r JOIN ledger.posting p ON p.book = r.book AND p.seq = r.seq
         ORDER BY p.seq, p.leg;
      CREATE INDEX ON ${at}.entry_rows (batch);
      CREATE INDEX ON ${at}.posting_rows (batch);
      ANALYZE ${at}.entry_rows; ANALYZE ${at}.posting_rows`);
    this.insertion = await this.#statement();
    this.batches = Math.ceil(entries / batch);
    this.entries = entries;
  }

  /** Inserts all copied batches, each in one statement and commit; the seconds that those took. */
  async insert() {
    this.#copies += 1;
    let spent = 0;
    for (let n = 0; n < this.batches; n += 1) {
      const began = process.hrtime.bigint();
      await this.client.query({ name: 'insert', text: this.insertion, values: [n, this.#copies] });
      spent += Number(process.hrtime.bigint() - began) / 1e9;
    }
    return spent;
  }

  async close() {
    await this.client.query(`DROP SCHEMA ${this.schema} CASCADE`);
    await this.client.end();
  }

  async #statement() {
    const seq = `r.seq + $2::bigint * ${SEQ_STEP}`;
    const entry = await this.#columns('entry', { seq, id: 'gen_random_uuid()' });
    const posting = await this.#columns('posting', {
      seq,
      version: `r.version + $2::bigint * ${VERSION_STEP}`,
    });
    return `WITH entries AS (INSERT INTO ${this.schema}.entry (${entry.names})
                             SELECT ${entry.values} FROM ${this.schema}.entry_rows r WHERE r.batch = $1)
            INSERT INTO ${this.schema}.posting (${posting.names})
            SELECT ${posting.values} FROM ${this.schema}.posting_rows r WHERE r.batch = $1`;
  }

  async #columns(table, instead) {
    const { rows } = await this.client.query(
      `SELECT column_name AS name FROM information_schema.columns
        WHERE table_schema = 'ledger' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
      [table],
    );
    const names = rows.map(({ name }) => name);
    return { names: names.join(', '), values: names.map((name) => instead[name] ?? `r.${name}`).join(', ') };
  }
}
