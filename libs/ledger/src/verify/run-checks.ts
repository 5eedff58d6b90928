import { runCheck, type Ask, type Check } from './check';
import type { Finding } from './finding';

export interface CheckDone {
  readonly check: Check;
  readonly findings: number;
}

/** What is told while checks run. Nothing is kept, so that memory does not grow with what is found. */
export interface Listener {
  found(finding: Finding): void;
  checked?(done: CheckDone): void;
}

/** Runs the checks of a plan, as many at a time as there are connections. The first failure ends all. */
export async function runChecks(
  asks: readonly Ask[],
  plan: AsyncIterable<Check>,
  listener: Listener,
): Promise<void> {
  const checks = plan[Symbol.asyncIterator]();
  const failed = new AbortController();
  const work = async (ask: Ask): Promise<void> => {
    while (!failed.signal.aborted) {
      // An async generator answers its callers one after the other.
      const next = await checks.next();
      if (next.done) return;
      const findings = await runCheck(ask, next.value);
      findings.forEach((finding) => listener.found(finding));
      listener.checked?.({ check: next.value, findings: findings.length });
    }
  };
  const works = asks.map((ask) =>
    work(ask).catch((error: unknown) => {
      failed.abort();
      throw error;
    }),
  );
  await Promise.allSettled(works);
  await Promise.all(works);
}
