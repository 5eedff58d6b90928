/**
 * The outcome of an operation the business may refuse.
 *
 * A refusal is an expected answer and is returned. A bug or an outage is neither
 * expected nor answerable by the caller, and is thrown.
 */
export type Result<T, R extends Refusal = Refusal> = Ok<T> | Refused<R>;

/** Why an operation was refused: a stable code and the facts a person needs to act on it. */
export interface Refusal {
  readonly code: string;
}

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Refused<R extends Refusal> {
  readonly ok: false;
  readonly reason: R;
}

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

export const refuse = <const R extends Refusal>(reason: R): Refused<R> => ({ ok: false, reason });
