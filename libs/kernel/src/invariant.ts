/** A broken promise inside our own code. Never caught, never mapped to a 4xx. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';
}

export function invariant(holds: boolean, claim: string): asserts holds {
  if (!holds) throw new InvariantViolation(claim);
}

/** The value, or a bug: for look-ups that our own code guarantees. */
export function present<T>(value: T | null | undefined, claim: string): T {
  invariant(value !== null && value !== undefined, claim);
  return value;
}
