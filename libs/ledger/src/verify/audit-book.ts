import { performance } from 'node:perf_hooks';

import { Injectable, type OnModuleInit } from '@nestjs/common';

import { again, JobHandlers, Logger, Metrics, type JobOutcome } from '@app/platform';
import { AUDIT_NEW, AUDIT_WHOLE } from './audit-book.job';
import { AuditRunStore, type AuditKind } from './audit-run.store';
import { VerifyBook, type Verified } from './verify-book';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** In one run; when more came, the next run follows at once. */
const ENTRIES_AT_ONCE = 500_000n;

/** The background auditor: every minute what is new, every day the whole book. */
@Injectable()
export class AuditBook implements OnModuleInit {
  readonly #findings;
  readonly #verified;
  readonly #seconds;

  constructor(
    private readonly handlers: JobHandlers,
    private readonly verifier: VerifyBook,
    private readonly runs: AuditRunStore,
    private readonly logger: Logger,
    metrics: Metrics,
  ) {
    this.#findings = metrics.counter({
      name: 'tanhui_audit_findings_total',
      help: 'What the auditor found wrong in a book. Anything but zero needs a person.',
      labels: ['book', 'kind'],
    });
    this.#verified = metrics.gauge({
      name: 'tanhui_audit_verified_entry',
      help: 'The number of the last entry that the auditor has verified.',
      labels: ['book'],
    });
    this.#seconds = metrics.histogram({
      name: 'tanhui_audit_seconds',
      help: 'How long a run of the auditor took.',
      labels: ['kind'],
    });
  }

  onModuleInit(): void {
    this.handlers.on(AUDIT_NEW, ({ book }) => this.auditNew(book));
    this.handlers.on(AUDIT_WHOLE, ({ book }) => this.auditWhole(book));
  }

  async auditNew(book: number): Promise<JobOutcome> {
    const { reach: before } = await this.runs.standing(book);
    if (!(await this.verifier.hasNew(book, before))) return again(MINUTE_MS);
    const { reach } = await this.run(book, 'new', () => this.verifier.since(book, before, ENTRIES_AT_ONCE));
    return again(reach.entry - before.entry === ENTRIES_AT_ONCE ? 0 : MINUTE_MS);
  }

  async auditWhole(book: number): Promise<JobOutcome> {
    await this.run(book, 'whole', () => this.verifier.whole(book));
    return again(DAY_MS);
  }

  private async run(book: number, kind: AuditKind, verify: () => Promise<Verified>): Promise<Verified> {
    const began = performance.now();
    const verified = await verify();
    const tookMs = performance.now() - began;
    await this.runs.record(book, { kind, ...verified, tookMs });
    this.#seconds.observe({ kind }, tookMs / 1_000);
    this.#verified.set({ book }, Number(verified.reach.entry));
    this.#findings.inc({ book, kind }, verified.findings);
    if (verified.findings > 0) {
      const [example = ''] = verified.examples;
      const code = example.slice(0, example.indexOf(':'));
      this.logger.fatal(`book ${book} does not verify: ${verified.findings} findings, ${code} first`);
    }
    return verified;
  }
}
