/** What is left to hear of a batch. */
export interface OpenLines {
  /** The bank said nothing yet. */
  readonly waiting: number;
  /** The bank said P: it does not know. */
  readonly unknown: number;
}

export type Pace =
  | { readonly kind: 'finished' }
  /** Ask again at once, while the job is at it: many banks answer within a second. */
  | { readonly kind: 'soon'; readonly afterMs: number }
  /** Give the worker back and come again. */
  | { readonly kind: 'later'; readonly afterMs: number };

const SOON_MS = 200;
const TURNS_AT_ONCE = 10;
const WAITING_MS = 2_000;
/** P is cleared by people at the bank, in hours or days. */
const UNKNOWN_MS = 10 * 60_000;

/** How to go on after the `turn`th asking (from 1) of one run of the job. */
export function paceOf({ waiting, unknown }: OpenLines, turn: number): Pace {
  if (waiting === 0 && unknown === 0) return { kind: 'finished' };
  if (waiting === 0) return { kind: 'later', afterMs: UNKNOWN_MS };
  if (turn < TURNS_AT_ONCE) return { kind: 'soon', afterMs: SOON_MS };
  return { kind: 'later', afterMs: WAITING_MS };
}
