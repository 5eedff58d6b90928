import 'reflect-metadata';

import { PassThrough, type Readable } from 'node:stream';

import { idOf, ok, refuse } from '@app/kernel';
import type { EntryDraft, PostEntry } from '@app/ledger';
import { Logger, type Book } from '@app/platform';
import '../ledger-http.module';
import { PostLines } from './post-lines';

const BOOK = { id: 1, code: 'county' } as Book;
const LINE = JSON.stringify({
  kind: 'transfer',
  postings: [
    { account: 'a', asset: 'CNY', debit: '1' },
    { account: 'b', asset: 'CNY', credit: '1' },
  ],
});
const posted = (draft: EntryDraft) =>
  ok({ id: draft.id, seq: 1n, recordedAtText: '', effectiveAtText: '', replayed: false, postings: [] });
const full = refuse({ code: 'LANE_FULL', retryAfterSeconds: 0.001 });

describe('a stream of entries', () => {
  const execute = jest.fn();
  const lines = new PostLines({ execute } as unknown as PostEntry, new Logger('test', 'silent'));
  const stream = (): PassThrough => new PassThrough();
  const begin = (input: Readable): Readable =>
    lines.execute({ book: BOOK, actor: 'x', id: idOf('k'), stream: input });
  const answersOf = async (output: Readable): Promise<Record<string, unknown>[]> => {
    const answers: Record<string, unknown>[] = [];
    for await (const text of output) answers.push(JSON.parse(String(text)) as Record<string, unknown>);
    return answers;
  };

  beforeEach(() => execute.mockReset());

  it('waits with a line until there is room for it, though the request has ended', async () => {
    let room = 0;
    execute.mockImplementation((_book, _actor, draft: EntryDraft) =>
      Promise.resolve((room += 1) < 5 ? full : posted(draft)),
    );
    const input = stream();
    input.end(`${LINE}\n`);
    expect(await answersOf(begin(input))).toMatchObject([{ line: 1, status: 201 }]);
    expect(execute).toHaveBeenCalledTimes(5);
  });

  it('answers a line that broke by itself and goes on', async () => {
    execute.mockImplementationOnce(() => Promise.reject(new Error('a bug')));
    execute.mockImplementation((_book, _actor, draft: EntryDraft) => Promise.resolve(posted(draft)));
    const input = stream();
    input.end(`${LINE}\n${LINE}`);
    expect(await answersOf(begin(input))).toMatchObject([
      { line: 1, status: 500, problem: { code: 'LINE_BROKE' } },
      { line: 2, status: 201 },
    ]);
  });

  it('is cut off when the process ends, and waits for no room any more', async () => {
    execute.mockImplementation(() => Promise.resolve(full));
    const input = stream();
    input.write(`${LINE}\n`);
    const answers = answersOf(begin(input));
    while (execute.mock.calls.length === 0) await new Promise(setImmediate);
    lines.onModuleDestroy();
    expect(input.destroyed).toBe(true);
    await answers.catch(() => undefined);
    const calls = execute.mock.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(execute).toHaveBeenCalledTimes(calls);
  });
});
