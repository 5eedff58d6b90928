import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Reads outside a unit of work. Whatever writes takes a Tx. */
@Injectable()
export class Database {
  constructor(private readonly dataSource: DataSource) {}

  async query<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    const rows: unknown = await this.dataSource.query(sql, [...params]);
    return rows as Row[];
  }
}
