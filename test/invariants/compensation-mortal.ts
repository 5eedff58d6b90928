import type { Refusal, Result } from '@app/kernel';
import { UnitOfWork, type Tx, type WorkContext } from '@app/platform';

/** A unit of work that may be killed: before the commit of its nth run, or right after it. */
export class MortalUnitOfWork extends UnitOfWork {
  #runs = 0;
  #dieAt: { run: number; committed: boolean } | undefined;

  dieAt(run: number, committed: boolean): void {
    this.#runs = 0;
    this.#dieAt = { run, committed };
  }

  live(): void {
    this.#dieAt = undefined;
  }

  override async run<T, R extends Refusal>(
    context: WorkContext,
    work: (tx: Tx) => Promise<Result<T, R>>,
  ): Promise<Result<T, R>> {
    this.#runs += 1;
    const death = this.#dieAt?.run === this.#runs ? this.#dieAt : undefined;
    const result = await super.run(context, async (tx) => {
      const done = await work(tx);
      if (death && !death.committed) throw new Error('killed before the commit');
      return done;
    });
    if (death) throw new Error('killed after the commit');
    return result;
  }
}
