/** What runs the statements of a transaction: a query runner of the pool, or a connection somebody keeps. */
export interface Executor {
  /** A statement with a name is parsed once in the life of a connection, where connections are kept. */
  run(sql: string, params: readonly unknown[], name?: string): Promise<Executed>;
}

export interface Executed {
  readonly rows: readonly unknown[];
  /** How many rows the statement touched. */
  readonly affected: number;
}
