/** A job's whole contract in one value: where it runs, what it carries, how long and how often it may try. */
export interface JobDefinition<Payload> {
  readonly queue: string;
  /** `<lib>.<verb>`, unique in the product. */
  readonly name: string;
  readonly attemptsMax: number;
  /** After this long without an answer another worker may take the job over. */
  readonly leaseSeconds: number;
  /** Reads the stored payload: ids only, never personal data. */
  readonly parse: (json: unknown) => Payload;
}

export const defineJob = <Payload>(definition: JobDefinition<Payload>): JobDefinition<Payload> => definition;

export interface RunningJob<Payload> {
  readonly book: number;
  readonly id: string;
  readonly attempt: number;
  readonly payload: Payload;
}

/** `again` asks for another run without counting a failure: for polling what takes its time elsewhere. */
export type JobOutcome = { readonly kind: 'done' } | { readonly kind: 'again'; readonly afterMs: number };

export const DONE: JobOutcome = { kind: 'done' };
export const again = (afterMs: number): JobOutcome => ({ kind: 'again', afterMs });
