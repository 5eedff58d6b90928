import { invariant, type Refusal, type Result } from '@app/kernel';
import { problem, type Problem } from './problem';

/** Carries a refusal from a controller to the problem filter. Never thrown below the edge. */
export class RefusalException extends Error {
  override readonly name = 'RefusalException';

  constructor(readonly reason: Refusal) {
    super(reason.code);
  }
}

/** The value, or the refusal on its way to problem+json. */
export function unwrap<T, R extends Refusal>(result: Result<T, R>): T {
  if (result.ok) return result.value;
  throw new RefusalException(result.reason);
}

/** How a refusal looks over HTTP: its status and a sentence that says what to do. */
export interface RefusalPresentation {
  readonly status: number;
  /** One English sentence; the web translates by code. */
  readonly detail: string;
}

const presentations = new Map<string, RefusalPresentation>();

/**
 * Each http module registers the refusals it can meet. The table is a Record over the refusal's own code type,
 * so a new refusal does not compile until it has a status.
 */
export function registerRefusals(table: Readonly<Record<string, RefusalPresentation | number>>): void {
  for (const [code, entry] of Object.entries(table)) {
    const presentation = typeof entry === 'number' ? { status: entry, detail: code } : entry;
    const known = presentations.get(code);
    invariant(known === undefined || known.status === presentation.status, `refusal ${code} has one status`);
    if (!known || known.detail === code) presentations.set(code, presentation);
  }
}

export function presentationOf(code: string): RefusalPresentation | undefined {
  return presentations.get(code);
}

/** A refusal as problem+json: the code's own status and sentence, with the facts beside them. */
export function problemOfRefusal({ code, ...facts }: Refusal): Problem {
  const { status, detail } = presentationOf(code) ?? { status: 422, detail: code };
  return problem(status, code, detail, facts);
}
