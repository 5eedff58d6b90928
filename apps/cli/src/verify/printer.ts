import { performance } from 'node:perf_hooks';

import { lineOf, type CheckDone, type Finding, type Listener } from '@app/ledger';

const PROGRESS_EVERY_MS = 1_000;

/** Findings to stdout as they come, what is being looked at to stderr about once a second. */
export class Printer implements Listener {
  findings = 0;
  #checks = 0;
  #toldAt = 0;

  constructor(
    private readonly book: string,
    private readonly json: boolean,
  ) {}

  found(finding: Finding): void {
    this.findings += 1;
    const text = this.json
      ? JSON.stringify({ book: this.book, ...finding })
      : `${this.book} ${lineOf(finding)}`;
    process.stdout.write(`${text}\n`);
  }

  checked({ check }: CheckDone): void {
    this.#checks += 1;
    if (performance.now() - this.#toldAt < PROGRESS_EVERY_MS) return;
    this.#toldAt = performance.now();
    const [, ...range] = check.params;
    this.tell(`${this.#checks} checks, ${this.findings} findings; now ${check.name} ${range.join('–')}`);
  }

  tell(text: string): void {
    process.stderr.write(`${this.book}: ${text}\n`);
  }
}
