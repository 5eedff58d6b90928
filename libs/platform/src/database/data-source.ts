import { DataSource } from 'typeorm';

export interface DataSourceSettings {
  readonly url: string;
  readonly poolMax: number;
  readonly applicationName: string;
}

/** The one way a process reaches PostgreSQL. No entities: SQL is written by hand, in the stores. */
export function createDataSource({ url, poolMax, applicationName }: DataSourceSettings): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    applicationName,
    entities: [],
    synchronize: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    extra: { max: poolMax, idleTimeoutMillis: 10_000 },
  });
}
