import { Injectable } from '@nestjs/common';

import { idOf, ok, refuse, type Result } from '@app/kernel';
import { Jobs, Signer, UnitOfWork } from '@app/platform';
import { checkpointText, keyIdOf, utf8, vkeyOf, writeNote } from '@app/proof';
import { LogStore, type LogHead } from './log.store';
import { PUBLISH_CHECKPOINT } from './publish/publish-checkpoint.job';
import { PublicationTargets } from './publish/publication-targets';

interface NothingToSign {
  readonly code: 'NOTHING_TO_SIGN';
}

/** Signs the log as it is and asks for the checkpoint to be published, in one transaction. */
@Injectable()
export class SignCheckpoint {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly logs: LogStore,
    private readonly signer: Signer,
    private readonly jobs: Jobs,
    private readonly targets: PublicationTargets,
  ) {}

  async execute(book: number): Promise<Result<LogHead, NothingToSign>> {
    const context = { book, actor: 'system/ledger.checkpoint', action: 'ledger.checkpoint' };
    return this.unitOfWork.run(context, async (tx) => {
      const head = await this.logs.unsigned(tx);
      // The door compares with the last checkpoint: a log whose past was changed gets no further signature.
      if (!head || !(await this.logs.addCheckpoint(tx, head, this.noteOf(head)))) {
        return refuse({ code: 'NOTHING_TO_SIGN' });
      }
      const size = head.size.toString();
      for (const target of this.targets.names) {
        const id = idOf('ledger.publish-checkpoint', String(book), size, target);
        await this.jobs.add(tx, PUBLISH_CHECKPOINT, { size, target }, { id });
      }
      tx.audit({ checkpoint: size, root: head.root.toString('hex') });
      return ok(head);
    });
  }

  /** What others need to check this installation's signatures on a log. */
  vkey(origin: string): string {
    return vkeyOf(origin, this.signer.algorithm, this.signer.publicKey);
  }

  private noteOf(head: LogHead): string {
    const text = checkpointText(head);
    const { algorithm, publicKey } = this.signer;
    return writeNote(
      text,
      head.origin,
      keyIdOf(head.origin, algorithm, publicKey),
      this.signer.sign(utf8(text)),
    );
  }
}
