import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { AuditRunStore } from './audit-run.store';
import { countPostings, NOTHING, readReach, type Ask, type Check, type Reach } from './check';
import { lineOf, type Finding } from './finding';
import { planNew, planWhole } from './plans';
import { runChecks } from './run-checks';

export interface Verification {
  readonly ok: boolean;
  /** How many of them were verified: of a large book perhaps not the newest. */
  readonly entries: bigint;
  readonly postings: bigint;
  /** One line each, at most some examples of each code; empty when all holds. */
  readonly findings: readonly string[];
}

export interface Verified {
  readonly reach: Reach;
  /** How many postings were verified now. */
  readonly postings: bigint;
  readonly findings: number;
  readonly examples: readonly string[];
}

const EXAMPLES_OF_A_CODE = 20;
/** Up to here a book is verified whole whenever somebody asks: it takes seconds. */
const WHOLE_UP_TO = 500_000n;
/** Beyond, the auditor's runs answer, and of what came since so many entries at most are looked at in one request. */
const NEW_AT_ONCE = 100_000n;

/** Recomputes a book from its postings and compares. */
@Injectable()
export class VerifyBook {
  readonly #ask: Ask = (sql, params) => this.database.query(sql, params);

  constructor(
    private readonly database: Database,
    private readonly runs: AuditRunStore,
  ) {}

  /** As much as an answer to a request may take. The rest is the auditor's. */
  async execute(book: number): Promise<Verification> {
    if ((await this.postingsOfAccounts(book)) <= WHOLE_UP_TO) {
      const { reach, postings, examples } = await this.whole(book);
      return { ok: examples.length === 0, entries: reach.entry, postings, findings: examples };
    }
    const audited = await this.runs.standing(book);
    const { reach, postings, examples } = await this.since(book, audited.reach, NEW_AT_ONCE);
    const findings = [...audited.examples, ...examples];
    return {
      ok: findings.length === 0,
      entries: reach.entry,
      postings: audited.postings + postings,
      findings,
    };
  }

  async whole(book: number): Promise<Verified> {
    const reach = await readReach(this.#ask, book);
    return this.run(book, planWhole(this.#ask, book, reach), NOTHING, reach);
  }

  /** What came after a state that was verified, up to so many entries. */
  async since(book: number, before: Reach, entriesMax: bigint): Promise<Verified> {
    const reach = await this.bounded(book, before, await readReach(this.#ask, book), entriesMax);
    return this.run(book, planNew(this.#ask, book, before, reach), before, reach);
  }

  /** Whether anything came after it. */
  async hasNew(book: number, before: Reach): Promise<boolean> {
    const reach = await readReach(this.#ask, book);
    return (Object.keys(reach) as (keyof Reach)[]).some((stream) => reach[stream] > before[stream]);
  }

  private async run(
    book: number,
    plan: AsyncIterable<Check>,
    before: Reach,
    reach: Reach,
  ): Promise<Verified> {
    const examples = new Map<string, string[]>();
    let findings = 0;
    const found = (finding: Finding): void => {
      findings += 1;
      const lines = examples.get(finding.code) ?? [];
      if (lines.length < EXAMPLES_OF_A_CODE) examples.set(finding.code, [...lines, lineOf(finding)]);
    };
    await runChecks([this.#ask], plan, { found });
    const postings = await countPostings(this.#ask, book, before.entry + 1n, reach.entry);
    return { reach, postings, findings, examples: [...examples.values()].flat() };
  }

  private async bounded(book: number, before: Reach, reach: Reach, entriesMax: bigint): Promise<Reach> {
    if (reach.entry - before.entry <= entriesMax) return reach;
    const entry = before.entry + entriesMax;
    const [row] = await this.#ask<{ seal: string }>(
      `SELECT coalesce(max(s.no), 0) AS seal FROM ledger.seal s WHERE s.book = $1 AND s.next_entry <= $2`,
      [book, entry + 1n],
    );
    return { ...reach, entry, seal: BigInt(row?.seal ?? 0) };
  }

  private async postingsOfAccounts(book: number): Promise<bigint> {
    const [row] = await this.#ask<{ postings: string }>(
      'SELECT coalesce(sum(a.version), 0) AS postings FROM ledger.account a WHERE a.book = $1',
      [book],
    );
    return BigInt(row?.postings ?? 0);
  }
}
