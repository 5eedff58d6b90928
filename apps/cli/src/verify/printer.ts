import { performance } from 'node:perf_hooks';

import { lineOf, type CheckDone, type Finding, type Listener } from '@app/ledger';
import { lineOfFinding, type CheckFinding } from '@app/platform';

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

  /** What a lib's own check found. */
  foundByLib(finding: CheckFinding): void {
    this.findings += 1;
    const text = this.json
      ? JSON.stringify({ book: this.book, ...finding })
      : `${this.book} ${lineOfFinding(finding)}`;
    process.stdout.write(`${text}\n`);
  }

  checked({ check }: CheckDone): void {
    const [, ...range] = check.params;
    this.looked(`${check.name} ${range.join('–')}`);
  }

  looked(at: string): void {
    this.#checks += 1;
    if (performance.now() - this.#toldAt < PROGRESS_EVERY_MS) return;
    this.#toldAt = performance.now();
    this.tell(`${this.#checks} checks, ${this.findings} findings; now ${at}`);
  }

  tell(text: string): void {
    process.stderr.write(`${this.book}: ${text}\n`);
  }
}
