import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';

/** Rows that are fetched at a time: enough to forget the round trip, few enough to forget the memory. */
const ROWS_AT_A_TIME = 1_000;

/** One unchanging view of the database, however long it is read. */
export class Snapshot {
  readonly #runner: QueryRunner;
  #cursors = 0;

  constructor(runner: QueryRunner) {
    this.#runner = runner;
  }

  async query<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#runner.query(sql, [...params])) as Row[];
  }

  /** The rows of one query, some at a time: as many as there are, in little memory. */
  async *rows<Row>(sql: string, params: readonly unknown[] = []): AsyncGenerator<readonly Row[]> {
    this.#cursors += 1;
    const cursor = `rows_${this.#cursors}`;
    await this.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`, params);
    for (;;) {
      const rows = await this.query<Row>(`FETCH ${ROWS_AT_A_TIME} FROM ${cursor}`);
      if (rows.length > 0) yield rows;
      if (rows.length < ROWS_AT_A_TIME) break;
    }
    await this.query(`CLOSE ${cursor}`);
  }
}

/** For exports and reports: reads that take long, all of one moment, and hold nobody up. */
@Injectable()
export class Snapshots {
  constructor(private readonly dataSource: DataSource) {}

  async *read<Item>(work: (snapshot: Snapshot) => AsyncIterable<Item>): AsyncGenerator<Item> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction('REPEATABLE READ');
      await runner.query(`SET TRANSACTION READ ONLY`);
      // What is written out must not depend on who asks.
      await runner.query(
        `SET LOCAL TimeZone = 'UTC'; SET LOCAL bytea_output = 'hex'; SET LOCAL DateStyle = 'ISO'`,
      );
      yield* work(new Snapshot(runner));
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      await runner.release();
    }
  }
}
