import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

import { Logger } from '@app/platform';
import { LogStore, type LogState } from './log.store';
import { SealBook } from './seal-book';
import { SignCheckpoint } from './sign-checkpoint';

/** A longer pause makes fewer and larger seals, a shorter one a smaller lag. */
const LOOK_EVERY_MS = 200;
/** Checkpoints of one book are at least this far apart: each is published. */
const SIGN_EVERY_MS = 1_000;
/** After a failure: whatever it is, it will not be gone at once. */
const REST_MS = 2_000;

/** Seals what was committed, after the commit and behind no request, as long as the worker runs. */
@Injectable()
export class Sealer {
  /** When a book was last signed, and until when one that failed is left alone; both in the process's own time. */
  readonly #signedAt = new Map<number, number>();
  readonly #restUntil = new Map<number, number>();
  readonly #stopping = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly logs: LogStore,
    private readonly sealBook: SealBook,
    private readonly signCheckpoint: SignCheckpoint,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.#loop = this.loop();
  }

  /** Lets the seal that is being made end. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  /** Seals all that was committed when it began, in every book. */
  async round(): Promise<void> {
    for (const log of await this.logs.states()) {
      if (this.isStopping || performance.now() < (this.#restUntil.get(log.book) ?? 0)) continue;
      try {
        await this.bringUpToDate(log);
      } catch (error) {
        // A book that was tampered with fails again and again; the others are sealed all the same.
        this.#restUntil.set(log.book, performance.now() + REST_MS);
        this.report(error);
      }
    }
  }

  private get isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  private async loop(): Promise<void> {
    while (!this.isStopping) {
      await this.round().catch((error: unknown) => this.report(error));
      await sleep(LOOK_EVERY_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }

  private async bringUpToDate(log: LogState): Promise<void> {
    let isUnsigned = log.seals > log.signed;
    for (let isBehind = log.isBehind; isBehind && !this.isStopping;) {
      const sealed = await this.sealBook.execute(log);
      isBehind = sealed.ok && sealed.value.more;
      isUnsigned ||= sealed.ok;
    }
    const signedAt = this.#signedAt.get(log.book) ?? -SIGN_EVERY_MS;
    if (!isUnsigned || performance.now() - signedAt < SIGN_EVERY_MS) return;
    this.#signedAt.set(log.book, performance.now());
    await this.signCheckpoint.execute(log.book);
  }

  private report(error: unknown): void {
    this.logger.error(error instanceof Error ? error : new Error('unknown'), undefined, 'ledger.sealer');
  }
}
