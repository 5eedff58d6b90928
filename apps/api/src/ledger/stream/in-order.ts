export interface Room {
  readonly items: number;
  /** Of all items under way together; one alone may be larger. */
  readonly size: number;
}

/**
 * Works on a stream's items, as many at once as there is room for, begins them in their order and yields their results
 * in that order, each as soon as it and all before it are there. Whoever stops listening waits for those begun, and
 * begins no more. `work` answers for its own failures.
 */
export async function* inOrder<In extends { readonly size: number }, Out>(
  source: AsyncIterable<In>,
  room: Room,
  work: (item: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const items = source[Symbol.asyncIterator]();
  const begun: { readonly result: Promise<Out>; readonly size: number }[] = [];
  let size = 0;
  try {
    let coming: Promise<IteratorResult<In>> | undefined = items.next();
    while (coming || begun.length > 0) {
      const isRoom = begun.length < room.items && size < room.size;
      if (coming && isRoom && (await comesFirst(coming, begun[0]?.result))) {
        const item: IteratorResult<In> = await coming;
        coming = item.done ? undefined : items.next();
        if (item.done) continue;
        begun.push({ result: work(item.value), size: item.value.size });
        size += item.value.size;
      } else {
        const head = begun.shift();
        if (!head) continue;
        size -= head.size;
        yield await head.result;
      }
    }
  } finally {
    await Promise.all(begun.map(({ result }) => result));
  }
}

const comesFirst = async (one: Promise<unknown>, other: Promise<unknown> | undefined): Promise<boolean> =>
  other === undefined || Promise.race([one.then(() => true), other.then(() => false)]);
