import type { Finding } from './finding';

/** One connection's worth of reading. Several of them let checks run side by side. */
export type Ask = <Row>(sql: string, params: readonly unknown[]) => Promise<Row[]>;

/** One call of a function `ledger.check_…`: it reads one slice in one snapshot and answers with what is wrong there. */
export interface Check {
  /** Without the prefix: `entries`, `chain`, `seals`. */
  readonly name: string;
  readonly params: readonly (number | bigint)[];
}

/** Up to which number of each stream, and which seal. */
export interface Reach {
  readonly entry: bigint;
  readonly refusal: bigint;
  readonly event: bigint;
  readonly seal: bigint;
}

export const NOTHING: Reach = { entry: 0n, refusal: 0n, event: 0n, seal: 0n };

/** SQLSTATE class 22: a number beyond its type, a text that is no time. */
const DATA_EXCEPTION = /^22...$/;

export async function runCheck(ask: Ask, { name, params }: Check): Promise<Finding[]> {
  const places = params.map((_, i) => `$${i + 1}`).join(', ');
  try {
    return await ask<Finding>(
      `SELECT code, relation, key, columns, expected, found FROM ledger.check_${name}(${places})`,
      params.map(String),
    );
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!DATA_EXCEPTION.test(code)) throw error;
    // No door writes what cannot be reckoned with, and the other slices are still to be looked at.
    const key = { check: name, params: params.map(String) };
    const found = error instanceof Error ? error.message : code;
    return [{ code: 'VALUE_UNUSABLE', relation: '*', key, columns: ['*'], expected: null, found }];
  }
}

/** What is there now, by the tables themselves: a fence may have been moved. */
export async function readReach(ask: Ask, book: number): Promise<Reach> {
  const [row] = await ask<Record<keyof Reach, string>>(
    `SELECT (SELECT coalesce(max(e.seq), 0) FROM ledger.entry e WHERE e.book = $1) AS entry,
            (SELECT coalesce(max(r.no), 0) FROM ledger.refusal r WHERE r.book = $1) AS refusal,
            (SELECT coalesce(max(v.no), 0) FROM ledger.event v WHERE v.book = $1) AS event,
            (SELECT coalesce(max(s.no), 0) FROM ledger.seal s WHERE s.book = $1) AS seal`,
    [book],
  );
  if (!row) return NOTHING;
  return {
    entry: BigInt(row.entry),
    refusal: BigInt(row.refusal),
    event: BigInt(row.event),
    seal: BigInt(row.seal),
  };
}

export async function countPostings(ask: Ask, book: number, from: bigint, to: bigint): Promise<bigint> {
  const [row] = await ask<{ postings: string }>(
    'SELECT count(*) AS postings FROM ledger.posting p WHERE p.book = $1 AND p.seq BETWEEN $2 AND $3',
    [book, from, to],
  );
  return BigInt(row?.postings ?? 0);
}
