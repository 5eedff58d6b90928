import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** The planner's picture of the tables. */
@Injectable()
export class Statistics {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Looks at every table of a lib's schema again. Call it after the commit of a bulk load, outside any transaction:
   * a book that was just filled is otherwise believed empty until autovacuum comes by.
   */
  async refresh(schema: string): Promise<void> {
    await this.dataSource.query('SELECT platform.refresh_statistics($1)', [schema]);
  }
}
