/** A signed checkpoint as everybody may have it. */
export interface Published {
  /** The book's code. */
  readonly book: string;
  readonly origin: string;
  readonly size: bigint;
  /** The signed note, byte by byte. */
  readonly note: string;
}

/** On its way out, with the key that checks it. */
export interface Publication extends Published {
  readonly vkey: string;
}

export type TargetName = 'folder' | 'store' | 'webhook';

/**
 * A place the operator cannot quietly change. Publishing the same checkpoint again changes nothing; a failure throws
 * and is tried again.
 */
export interface PublicationTarget {
  readonly name: TargetName;
  publish(checkpoint: Publication): Promise<void>;
}

/** The place already has another checkpoint of this size: the log was forked, or somebody wrote there. */
export class CheckpointForked extends Error {
  override readonly name = 'CheckpointForked';
}

/** In steps of a thousand, so that no folder grows without bound. */
export function placeOf({ book, size }: Pick<Published, 'book' | 'size'>): readonly string[] {
  const digits = (number: bigint): string => number.toString().padStart(12, '0');
  return [book, digits(size / 1_000n), `${digits(size)}.checkpoint`];
}

/** How long a place may keep us waiting. */
export const PATIENCE_MS = 5_000;
