import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import { Environment, UnitOfWork } from '@app/platform';
import { logOrigin } from './log-origin.rules';
import { LogStore, type LogState, type SealMade } from './log.store';

interface NothingToSeal {
  readonly code: 'NOTHING_TO_SEAL';
}

/** Adds a book's next seal. The database holds the sequence: of two sealers at once, one gets nothing to do. */
@Injectable()
export class SealBook {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly logs: LogStore,
    private readonly environment: Environment,
  ) {}

  async execute({
    book,
    code,
    origin,
  }: Pick<LogState, 'book' | 'code' | 'origin'>): Promise<Result<SealMade, NothingToSeal>> {
    const context = { book, actor: 'system/ledger.seal', action: 'ledger.seal' };
    return this.unitOfWork.run(context, async (tx) => {
      if (origin === null) await this.logs.open(tx, this.nameOf(code));
      const made = await this.logs.sealNext(tx);
      if (!made) return refuse({ code: 'NOTHING_TO_SEAL' });
      tx.audit({ seal: made.no.toString(), records: made.records.toString() });
      return ok(made);
    });
  }

  private nameOf(code: string): string {
    const { CHECKPOINT_ORIGIN, PUBLIC_URL } = this.environment;
    return logOrigin({ configured: CHECKPOINT_ORIGIN, publicUrl: PUBLIC_URL }, code);
  }
}
