/** Something recomputed that is not what is recorded: what it is called, where it stands, what should stand there. */
export interface Finding {
  /** Explained in docs/runbooks/verify-findings.md. */
  readonly code: string;
  /** A table of the schema `ledger`, or `copy` for a checkpoint that was published elsewhere. */
  readonly relation: string;
  readonly key: Readonly<Record<string, unknown>>;
  /** The columns that may have been changed; `*` for any of them. */
  readonly columns: readonly string[];
  readonly expected: unknown;
  readonly found: unknown;
}

export const lineOf = ({ code, relation, key, columns, expected, found }: Finding): string =>
  `${code}: ${relation} ${JSON.stringify(key)} ${columns.join(',')} expected ${JSON.stringify(expected)} ` +
  `found ${JSON.stringify(found)}`;
