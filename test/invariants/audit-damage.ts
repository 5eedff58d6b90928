import { Client } from 'pg';

import type { Database } from '@app/platform';

interface Audit {
  execute(book: number): Promise<{ readonly findings: readonly string[] }>;
}

export interface Damaged {
  readonly adminUrl: string;
  readonly book: number;
}

/**
 * What an audit finds after damage that only somebody with the server in his hands can do: the guards are switched
 * off, rows are changed, the audit looks through the same connection, and all of it is rolled back.
 */
export async function findingsAfter(
  audit: new (database: Database) => Audit,
  { adminUrl, book }: Damaged,
  damage: string,
): Promise<readonly string[]> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query('BEGIN');
    await admin.query('SET LOCAL session_replication_role = replica');
    const [last] = [await admin.query(damage)].flat().slice(-1);
    if (!last?.rowCount) throw new Error(`This damages nothing: ${damage}`);
    const seen = {
      query: async (sql: string, params: readonly unknown[] = []) =>
        (await admin.query(sql, [...params])).rows as unknown[],
    } as Database;
    return (await new audit(seen).execute(book)).findings;
  } finally {
    await admin.end();
  }
}

export const codesOf = (findings: readonly string[]): string[] =>
  [...new Set(findings.map((finding) => finding.split(':')[0] ?? ''))].sort();
