import { createHash } from 'node:crypto';

import { decide, WELL_BEHAVED, type Behaviour, type Outcome } from './outcomes.rules';
import { Journal } from './journal';

export interface BatchLine {
  readonly seq: number;
  readonly account: string;
  readonly holder: string;
  readonly amountFen: string;
  readonly key: string;
}

export interface BatchFile {
  readonly batchNo: string;
  readonly bank: string;
  readonly count: number;
  readonly totalFen: string;
  readonly digest: string;
  readonly lines: readonly BatchLine[];
}

/** What the bank keeps of a line: never the account itself. */
interface KeptLine {
  readonly seq: number;
  readonly key: string;
  readonly amountFen: string;
  readonly outcome: Outcome;
  readonly bankSerial: string;
}

interface KeptBatch {
  readonly batchNo: string;
  readonly digest: string;
  readonly settlesAt: number;
  readonly postedOn: string;
  readonly lines: readonly KeptLine[];
}

type Event =
  | { readonly type: 'batch'; readonly batch: KeptBatch }
  | { readonly type: 'behaviour'; readonly prefix: string; readonly behaviour: Behaviour };

export type Acceptance = 'accepted' | 'repeated' | 'other-digest' | 'count-or-total-wrong';

const RESULTS_PAGE = 2_000;

/** The simulator's own books: which batches it took, and what became of each line. */
export class BatchBook {
  readonly #batches = new Map<string, KeptBatch>();
  readonly #failedKeys = new Set<string>();
  readonly #behaviours = new Map<string, Behaviour>();
  readonly #journal: Journal<Event>;

  constructor(
    directory: string,
    private readonly now: () => number,
  ) {
    this.#journal = new Journal<Event>(directory, 'batches.jsonl');
    for (const event of this.#journal.replay()) this.apply(event);
  }

  /** How the bank treats batches whose number starts with the prefix; the longest prefix decides. */
  behave(prefix: string, change: Partial<Behaviour>): Behaviour {
    const behaviour = { ...WELL_BEHAVED, ...this.#behaviours.get(prefix), ...change };
    this.record({ type: 'behaviour', prefix, behaviour });
    return behaviour;
  }

  accept(file: BatchFile): Acceptance {
    const known = this.#batches.get(file.batchNo);
    if (known) return known.digest === file.digest ? 'repeated' : 'other-digest';
    const total = file.lines.reduce((sum, line) => sum + BigInt(line.amountFen), 0n);
    if (file.lines.length !== file.count || total.toString() !== file.totalFen) return 'count-or-total-wrong';
    const behaviour = this.behaviourOf(file.batchNo);
    const now = this.now();
    const lines = file.lines.map((line): KeptLine => ({
      seq: line.seq,
      key: line.key,
      amountFen: line.amountFen,
      outcome: decide(line, this.#failedKeys.has(line.key), behaviour),
      bankSerial: createHash('sha256')
        .update(`${file.batchNo}/${line.seq}`)
        .digest('hex')
        .slice(0, 20)
        .toUpperCase(),
    }));
    this.record({
      type: 'batch',
      batch: {
        batchNo: file.batchNo,
        digest: file.digest,
        settlesAt: now + behaviour.settleAfterMs,
        postedOn: new Date(now).toISOString().slice(0, 10),
        lines,
      },
    });
    return 'accepted';
  }

  /** A page of results after the cursor, or undefined when the batch never came. */
  results(batchNo: string, after: number): object | undefined {
    const batch = this.#batches.get(batchNo);
    if (!batch) return undefined;
    if (this.now() < batch.settlesAt) return { state: 'accepted', results: [], next: after };
    const page = batch.lines.slice(after, after + RESULTS_PAGE);
    const next = after + page.length;
    return {
      state: next === batch.lines.length ? 'settled' : 'settling',
      results: page.map(({ seq, key, amountFen, outcome, bankSerial }, index) => ({
        cursor: after + index + 1,
        seq,
        key,
        amountFen,
        result: outcome.result,
        reason: outcome.result === 'F' ? outcome.reason : null,
        bankSerial,
        postedOn: batch.postedOn,
      })),
      next,
    };
  }

  summary(batchNo: string): object | undefined {
    const batch = this.#batches.get(batchNo);
    if (!batch) return undefined;
    const count = (result: string) => batch.lines.filter((line) => line.outcome.result === result).length;
    return {
      batchNo,
      digest: batch.digest,
      count: batch.lines.length,
      S: count('S'),
      F: count('F'),
      P: count('P'),
    };
  }

  private behaviourOf(batchNo: string): Behaviour {
    const prefixes = [...this.#behaviours.keys()].filter((prefix) => batchNo.startsWith(prefix));
    const longest = prefixes.sort((a, b) => b.length - a.length)[0];
    return (longest === undefined ? undefined : this.#behaviours.get(longest)) ?? WELL_BEHAVED;
  }

  private record(event: Event): void {
    this.#journal.append(event);
    this.apply(event);
  }

  private apply(event: Event): void {
    if (event.type === 'behaviour') {
      this.#behaviours.set(event.prefix, event.behaviour);
      return;
    }
    this.#batches.set(event.batch.batchNo, event.batch);
    for (const { key, outcome } of event.batch.lines) if (outcome.result === 'F') this.#failedKeys.add(key);
  }
}
