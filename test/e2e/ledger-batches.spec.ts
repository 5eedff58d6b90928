import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';

import { LedgerEdge, linesOf, transfer, type LineAnswer } from './ledger-edge';

interface Item {
  readonly status: number;
  readonly replayed?: true;
  readonly entry?: { readonly id: string };
  readonly problem?: Record<string, unknown>;
}

describe('many entries in one request', () => {
  let edge: LedgerEdge;
  let serial = 0;
  const key = () => `many/${(serial += 1)}`;
  const batch = (body: object, k = key()) => edge.post('entries/batch', body, k);
  const balance = async (path: string): Promise<unknown> =>
    (await edge.get(`accounts/${path}/balance?asset=CNY`)).body.balance;
  const open = async (path: string, floor: string | null = '0'): Promise<string> => {
    await edge.post('accounts', { path, asset: 'CNY', side: 'credit', floor });
    return path;
  };
  const to = (path: string, amount: string, rest: object = {}) => transfer('till', path, amount, rest);
  const itemsOf = (body: Record<string, unknown>): Item[] => body.items as Item[];

  beforeAll(async () => {
    edge = await LedgerEdge.start();
    await edge.post('accounts', { path: 'till', asset: 'CNY', side: 'debit', floor: null });
  });
  afterAll(() => edge.stop());

  describe('as an atomic batch', () => {
    it('are all posted, in their order, and replayed as one', async () => {
      const path = await open('atomic/1');
      const body = { mode: 'atomic', entries: [to(path, '5'), transfer(path, 'till', '3')] };
      const k = key();
      const first = await batch(body, k);
      expect([first.status, itemsOf(first.body).map(({ status }) => status)]).toEqual([200, [201, 201]]);
      expect(first.headers.get('idempotency-replayed')).toBeNull();
      const again = await batch(body, k);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect(itemsOf(again.body)).toEqual(
        itemsOf(first.body).map(({ entry }) => ({ status: 200, replayed: true, entry })),
      );
      expect(await balance('atomic%2F1')).toBe('2');
    });

    it('are none when one is refused, which is named, and the refusal stays with the key', async () => {
      const path = await open('atomic/2');
      const body = { mode: 'atomic', entries: [to(path, '5'), transfer(path, 'till', '9')] };
      const k = key();
      const before = await edge.fingerprint({ refusals: false });
      const refused = await batch(body, k);
      expect(refused.body).toMatchObject({
        ...{ status: 409, code: 'BALANCE_INSUFFICIENT', item: 1, account: path, missing: '4' },
        pointer: '/entries/1/postings/0/account',
      });
      expect(await edge.fingerprint({ refusals: false })).toBe(before);
      await edge.post('entries', to(path, '4'), key());
      expect((await batch(body, k)).body).toEqual(refused.body);
      expect((await batch(body)).status).toBe(200);
    });

    it('are refused for the one that does not balance, before the book is asked', async () => {
      const before = await edge.fingerprint();
      const wrong = { kind: 'transfer', postings: [to('x', '2').postings[0], to('x', '1').postings[1]] };
      const { body } = await batch({ mode: 'atomic', entries: [to('x', '1'), wrong] });
      expect(body).toMatchObject({
        ...{ status: 422, code: 'ENTRY_UNBALANCED', item: 1, asset: 'CNY', difference: '1' },
        pointer: '/entries/1/postings',
      });
      expect(await edge.fingerprint()).toBe(before);
    });
  });

  describe('as a batch that continues', () => {
    it('stand each for itself, with an answer for each', async () => {
      const path = await open('each/1');
      const body = {
        mode: 'continue',
        entries: [to(path, '5'), transfer(path, 'till', '9'), to(path, '1'), to('nowhere', '1')],
      };
      const k = key();
      const first = await batch(body, k);
      expect(itemsOf(first.body)).toMatchObject([
        { status: 201 },
        { status: 409, problem: { code: 'BALANCE_INSUFFICIENT', missing: '4' } },
        { status: 201 },
        { status: 404, problem: { code: 'ACCOUNT_UNKNOWN', pointer: '/entries/3/postings/1/account' } },
      ]);
      expect(await balance('each%2F1')).toBe('6');
      const again = await batch(body, k);
      expect(itemsOf(again.body).map(({ status }) => status)).toEqual([200, 409, 200, 404]);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
    });

    it('are another request when one of them is changed or added', async () => {
      const path = await open('each/2');
      const k = key();
      await batch({ mode: 'continue', entries: [to(path, '5')] }, k);
      for (const body of [
        { mode: 'continue', entries: [to(path, '6')] },
        { mode: 'continue', entries: [to(path, '5'), to(path, '1')] },
        { mode: 'atomic', entries: [to(path, '5')] },
      ]) {
        const { body: answer } = await batch(body, k);
        const codes =
          answer.code === undefined ? itemsOf(answer).map(({ problem }) => problem?.code) : [answer.code];
        expect(new Set(codes)).toEqual(new Set(['KEY_REUSED']));
      }
      expect(await balance('each%2F2')).toBe('5');
    });
  });

  it.each(['atomic', 'continue'])('are tried without a trace when a dry run of %s is asked', async (mode) => {
    const path = await open(`dry/${mode}`);
    const good = { mode, dryRun: true, entries: [to(path, '5'), transfer(path, 'till', '3')] };
    const bad = { mode, dryRun: true, entries: [to(path, '5'), transfer(path, 'till', '9')] };
    const before = await edge.fingerprint();
    const k = key();
    expect(itemsOf((await batch(good, k)).body).map(({ status }) => status)).toEqual([201, 201]);
    const refused = (await batch(bad, k)).body;
    const code = mode === 'atomic' ? refused.code : itemsOf(refused)[1]?.problem?.code;
    expect(code).toBe('BALANCE_INSUFFICIENT');
    expect(await edge.fingerprint()).toBe(before);
    const real = await batch({ ...good, dryRun: false }, k);
    expect(itemsOf(real.body).map(({ status }) => status)).toEqual([201, 201]);
  });

  describe('as lines', () => {
    it('are each answered in their order, by number, whatever they are', async () => {
      const path = await open('lines/1');
      const answers = await edge.lines(
        [
          to(path, '5'),
          '{"kind":',
          '',
          { ...transfer(path, 'till', '9'), key: key() },
          '[]',
          { ...to(path, '1'), key: 'a b' },
          { ...to(path, '1'), note: 1 },
          to(path, '0'),
          `{"kind":"transfer","reference":"${'x'.repeat(600_000)}"}`,
          to(path, '2'),
        ],
        key(),
      );
      expect(answers.map(({ line, status, problem }) => [line, status, problem?.code])).toEqual([
        [1, 201, undefined],
        [2, 400, 'BODY_NOT_JSON'],
        [4, 409, 'BALANCE_INSUFFICIENT'],
        [5, 422, 'BODY_NOT_OBJECT'],
        [6, 400, 'KEY_MALFORMED'],
        [7, 422, 'FIELD_UNKNOWN'],
        [8, 422, 'AMOUNT_NOT_POSITIVE'],
        [9, 422, 'LINE_TOO_LONG'],
        [10, 201, undefined],
      ]);
      expect(answers[6]?.problem?.pointer).toBe('/postings/0/debit');
      expect(await balance('lines%2F1')).toBe('7');
    });

    it('have keys of their own, or the request has one', async () => {
      const path = await open('lines/2');
      const own = key();
      const line = to(path, '1');
      expect(
        (await edge.lines([line, { ...line, key: own }])).map(
          ({ problem, status }) => problem?.code ?? status,
        ),
      ).toEqual(['KEY_MISSING', 201]);
      const single = await edge.post('entries', line, own);
      expect([single.status, single.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
      const k = key();
      const once = await edge.lines([line, { ...line, key: own }, line], k);
      expect(once.map(({ status }) => status)).toEqual([201, 200, 201]);
      const again = await edge.lines([line, { ...line, key: own }, line], k);
      expect(again).toEqual(
        once.map(({ line: no, entry }) => ({ line: no, status: 200, replayed: true, entry })),
      );
      expect(await balance('lines%2F2')).toBe('3');
    });

    it('are decided in their order: a line may spend what the line before brought', async () => {
      const [one, other] = [await open('order/1'), await open('order/2')];
      const lines = Array.from({ length: 1_000 }, (_, n) =>
        n % 2 === 0 ? to(one, '7') : transfer(one, other, '7'),
      );
      const answers = await edge.lines(lines, key());
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      const seqs = answers.map(({ entry }) => BigInt(entry?.seq ?? 0));
      expect(seqs).toEqual([...seqs].sort((a, b) => (a < b ? -1 : 1)));
      expect([await balance('order%2F1'), await balance('order%2F2')]).toEqual(['0', '3500']);
    });

    it('are answered while the request is still being sent', async () => {
      const path = await open('lines/3');
      const sending = streaming(key());
      sending.write(`${JSON.stringify(to(path, '1'))}\n`);
      const [answer] = (await once(sending, 'response')) as [IncomingMessage];
      const answers = answer[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
      const next = async (): Promise<LineAnswer[]> => linesOf(String((await answers.next()).value));
      expect(await next()).toMatchObject([{ line: 1, status: 201 }]);
      sending.write(`${JSON.stringify(to(path, '1'))}\n`);
      expect(await next()).toMatchObject([{ line: 2, status: 201 }]);
      sending.end();
      expect((await answers.next()).done).toBe(true);
    });

    it('that a broken connection cuts off leave whole entries, and the same request goes on from there', async () => {
      const path = await open('lines/4');
      const k = key();
      const line = JSON.stringify(to(path, '1'));
      const sending = streaming(k);
      sending.on('error', () => undefined);
      for (let n = 0; n < 300; n += 1) sending.write(`${line}\n`);
      sending.write(line.slice(0, 40));
      const [answer] = (await once(sending, 'response')) as [IncomingMessage];
      await once(answer, 'data');
      answer.on('error', () => undefined);
      sending.destroy();
      const again = await edge.lines(Array<string>(1_000).fill(line), k);
      const fresh = again.filter(({ status }) => status === 201).length;
      expect(again.filter(({ status }) => status === 200).length + fresh).toBe(1_000);
      expect(fresh).toBeLessThan(1_000);
      expect(fresh).toBeGreaterThanOrEqual(700);
      expect(await balance('lines%2F4')).toBe('1000');
    });

    it('are taken by this route only, and from those who may post', async () => {
      const body = JSON.stringify(to('x', '1'));
      const type = 'application/x-ndjson';
      const elsewhere = await edge.call('POST', 'books/county/entries', { body, type, key: key() });
      expect([elsewhere.status, elsewhere.text]).toEqual([
        415,
        expect.stringContaining('MEDIA_TYPE_UNSUPPORTED'),
      ]);
      for (const [as, status] of [
        ['nobody', 401],
        ['auditor', 403],
      ] as const) {
        const answer = await edge.call('POST', 'books/county/entries/batch', { body, type, key: key(), as });
        expect(answer.status).toBe(status);
      }
    });
  });

  function streaming(k: string): ClientRequest {
    return request(`${edge.url}/api/v1/books/county/entries/batch`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${edge.tokens.get('administrator')}`,
        ...{ 'content-type': 'application/x-ndjson', 'idempotency-key': k },
      },
    });
  }
});
