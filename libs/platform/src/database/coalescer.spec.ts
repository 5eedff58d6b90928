import { Coalescer } from './coalescer';

/** Questions that are answered by hand. */
function desk() {
  const questions: {
    keys: readonly string[];
    answer: (values: Record<string, number>) => void;
    fail: (e: Error) => void;
  }[] = [];
  const coalescer = new Coalescer<string, number>(
    (keys) =>
      new Promise((resolve, reject) => {
        questions.push({ keys, answer: (values) => resolve(new Map(Object.entries(values))), fail: reject });
      }),
  );
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
  return { questions, coalescer, nextTurn };
}

describe('one question for all who ask at the same time', () => {
  it('names each key once and gives everybody theirs', async () => {
    const { questions, coalescer, nextTurn } = desk();
    const answers = Promise.all(['a', 'b', 'a', 'c'].map((key) => coalescer.get(key)));
    await nextTurn();
    expect(questions.map(({ keys }) => keys)).toEqual([['a', 'b', 'c']]);
    questions[0]!.answer({ a: 1, b: 2 });
    expect(await answers).toEqual([1, 2, 1, undefined]);
  });

  it('never gives an answer to a question that was asked before its asker came', async () => {
    const { questions, coalescer, nextTurn } = desk();
    const early = coalescer.get('a');
    await nextTurn();
    const late = coalescer.get('a');
    questions[0]!.answer({ a: 1 });
    expect(await early).toBe(1);
    await nextTurn();
    expect(questions).toHaveLength(2);
    questions[1]!.answer({ a: 2 });
    expect(await late).toBe(2);
  });

  it('has one question under way, however many come meanwhile, and forgets every answer', async () => {
    const { questions, coalescer, nextTurn } = desk();
    void coalescer.get('a');
    await nextTurn();
    const meanwhile = ['b', 'c', 'b'].map((key) => coalescer.get(key));
    await nextTurn();
    expect(questions).toHaveLength(1);
    questions[0]!.answer({});
    await nextTurn();
    expect(questions[1]!.keys).toEqual(['b', 'c']);
    questions[1]!.answer({ b: 1, c: 2 });
    await Promise.all(meanwhile);
    void coalescer.get('b');
    await nextTurn();
    expect(questions[2]!.keys).toEqual(['b']);
  });

  it('fails those who shared the question that failed, and nobody else', async () => {
    const { questions, coalescer, nextTurn } = desk();
    const unlucky = coalescer.get('a');
    await nextTurn();
    const next = coalescer.get('a');
    questions[0]!.fail(new Error('away'));
    await expect(unlucky).rejects.toThrow('away');
    await nextTurn();
    questions[1]!.answer({ a: 3 });
    expect(await next).toBe(3);
  });
});
