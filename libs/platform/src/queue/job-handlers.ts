import { Injectable } from '@nestjs/common';

import { invariant, present } from '@app/kernel';
import type { JobDefinition, JobOutcome, RunningJob } from './define-job';

type StoredJob = RunningJob<unknown>;
type Handler = (job: StoredJob) => Promise<JobOutcome>;

/** Which function runs which job. Complete before the first job is fetched, or the worker does not start. */
@Injectable()
export class JobHandlers {
  readonly #handlers = new Map<string, { definition: JobDefinition<unknown>; handle: Handler }>();

  on<Payload>(
    definition: JobDefinition<Payload>,
    handle: (job: RunningJob<Payload>) => Promise<JobOutcome>,
  ): void {
    invariant(!this.#handlers.has(definition.name), `job ${definition.name} has one handler`);
    this.#handlers.set(definition.name, {
      definition,
      handle: (job) => handle({ ...job, payload: definition.parse(job.payload) }),
    });
  }

  /** Boot-time check: every job the product defines has its handler, and no handler is left over. */
  assertComplete(jobs: readonly JobDefinition<unknown>[]): void {
    for (const { name } of jobs) invariant(this.#handlers.has(name), `job ${name} has a handler`);
    invariant(this.#handlers.size === jobs.length, 'every handler serves a job of the list');
  }

  get queues(): string[] {
    return [...new Set([...this.#handlers.values()].map(({ definition }) => definition.queue))];
  }

  leaseSeconds(name: string): number {
    return this.of(name).definition.leaseSeconds;
  }

  run(name: string, job: StoredJob): Promise<JobOutcome> {
    return this.of(name).handle(job);
  }

  private of(name: string): { definition: JobDefinition<unknown>; handle: Handler } {
    return present(this.#handlers.get(name), `job ${name} has a handler`);
  }
}
