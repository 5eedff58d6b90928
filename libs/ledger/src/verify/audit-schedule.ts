import { Injectable } from '@nestjs/common';

import { idOf, ok } from '@app/kernel';
import { Books, Database, Jobs, Logger, UnitOfWork } from '@app/platform';
import { AUDIT_NEW, AUDIT_WHOLE } from './audit-book.job';

const LOOK_EVERY_MS = 60_000;

/** Sees to it that every book has its auditor, also a book that was opened just now. */
@Injectable()
export class AuditSchedule {
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly books: Books,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly logger: Logger,
  ) {}

  start(): void {
    const look = (): void => {
      this.#looking = this.look().catch((error: unknown) => {
        this.logger.error(error instanceof Error ? error : new Error('unknown'), undefined, 'ledger.audit');
      });
    };
    look();
    this.#timer = setInterval(look, LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  private async look(): Promise<void> {
    const audited = await this.database.query<{ book: number }>(
      `SELECT j.book FROM platform.job j WHERE j.name = $1 AND j.state <> 'done'`,
      [AUDIT_WHOLE.name],
    );
    const known = new Set(audited.map(({ book }) => book));
    for (const { id } of await this.books.list()) if (!known.has(id)) await this.schedule(id);
  }

  /** The same ids whoever schedules them, so several workers make one auditor. */
  private async schedule(book: number): Promise<void> {
    const context = { book, actor: 'system/ledger.audit', action: 'ledger.schedule-audit' };
    await this.unitOfWork.run(context, async (tx) => {
      for (const job of [AUDIT_NEW, AUDIT_WHOLE]) {
        await this.jobs.add(tx, job, {}, { id: idOf(job.name, String(book)) });
      }
      return ok(undefined);
    });
  }
}
