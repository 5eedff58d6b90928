/** By code, a statement over the book $1 that gives a row with `facts` for each place where something does not hold. */
export type Checks = Readonly<Record<string, string>>;

export interface CheckFinding {
  readonly code: string;
  readonly facts: string;
}

/** A Database, a Tx, or whoever else may read. */
export interface CheckReader {
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
}

/** Of each code: who wrote past the doors wrote more than one row, and all of them are found from these. */
const EXAMPLES = 10;

/**
 * Each check is one statement, so that a book in use is compared with itself at one instant. Planned for all rows and
 * not for the first few: a check that finds nothing reads to the end, where a plan that hopes to stop early compares each
 * row with each.
 */
export async function findingsOf(
  reader: CheckReader,
  book: number,
  checks: Checks,
  done?: (code: string, findings: readonly CheckFinding[]) => void,
): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = [];
  for (const [code, sql] of Object.entries(checks)) {
    const rows = await reader.query<{ facts: string }>(
      `WITH finding AS MATERIALIZED (${sql}) SELECT facts FROM finding LIMIT ${EXAMPLES}`,
      [book],
    );
    const found = rows.map(({ facts }) => ({ code, facts }));
    findings.push(...found);
    done?.(code, found);
  }
  return findings;
}

/** `CODE: facts`. */
export const lineOfFinding = ({ code, facts }: CheckFinding): string => `${code}: ${facts}`;
