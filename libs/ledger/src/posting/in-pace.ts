/** What one transaction posted: nothing when somebody else had done its slices. */
export interface Posted {
  /** Number of its first entry; the others follow without gaps. */
  readonly firstSeq: bigint;
  readonly posted: number;
}

export interface PaceLimits {
  /** The most slices of one transaction while nobody else posts to the book. */
  readonly most: number;
}

/** The next transaction is made ready while the one before it holds the fence. */
const AT_ONCE = 2;
/** Transactions without a stranger in between before we believe to be alone: who posts now and then is company too. */
const ALONE_AFTER = 8;

/**
 * Posts slices as fast as the book's other users allow. Whoever posts in between shows in the numbers: then each slice
 * is a transaction of its own, one after the other, and a stranger waits for one slice at most. Alone, several slices
 * share a transaction and two transactions are on their way. The first failure is thrown when what runs has ended.
 */
export async function inPace<Slice>(
  slices: readonly Slice[],
  { most }: PaceLimits,
  post: (slices: readonly Slice[]) => Promise<Posted | undefined>,
): Promise<void> {
  const company = new Company();
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const begin = (some: readonly Slice[]): void => {
    const run = post(some)
      .then((posted) => posted && company.saw(posted))
      .catch((error: unknown) => void failures.push(error))
      .then(() => void running.delete(run));
    running.add(run);
  };
  for (let next = 0; next < slices.length && failures.length === 0;) {
    if (running.size >= (company.isAbsent ? AT_ONCE : 1)) {
      await Promise.race(running);
      continue;
    }
    const count = company.isAbsent ? most : 1;
    begin(slices.slice(next, next + count));
    next += count;
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}

/** Whether others post to the book: its numbers have no gaps, so theirs are those that are not ours. */
class Company {
  #first: bigint | undefined;
  #ours = 0n;
  #theirs = 0n;
  #quiet = 0;

  get isAbsent(): boolean {
    return this.#quiet >= ALONE_AFTER;
  }

  saw({ firstSeq, posted }: Posted): void {
    this.#first ??= firstSeq;
    this.#ours += BigInt(posted);
    const theirs = firstSeq + BigInt(posted) - this.#first - this.#ours;
    this.#quiet = theirs > this.#theirs ? 0 : this.#quiet + 1;
    if (theirs > this.#theirs) this.#theirs = theirs;
  }
}
