import { BAD_ENTRIES } from './ledger-bad-entries';
import { BAD_BATCHES, BAD_REQUESTS } from './ledger-bad-requests';
import { BAD_TERMS } from './ledger-bad-terms';
import { LedgerEdge, transfer, type Answer } from './ledger-edge';

/** Decided under the fence: the refusal is stored with its key, and nothing else is. */
const FROZEN = new Set([
  ...['ACCOUNT_CLOSED', 'ACCOUNT_KIND_NOT_ALLOWED', 'ACCOUNT_UNKNOWN', 'ASSET_UNKNOWN'],
  ...['BALANCE_INSUFFICIENT', 'BALANCE_TOO_LARGE', 'CONDITION_FAILED', 'EFFECTIVE_IN_FUTURE'],
  ...['KIND_NOT_ALLOWED', 'KIND_UNKNOWN', 'PERIOD_CLOSED'],
]);

describe('bad input to the ledger', () => {
  let edge: LedgerEdge;
  let serial = 0;
  const key = () => `bad/${(serial += 1)}`;
  const entry = (body: object | string, idempotencyKey?: string) =>
    edge.post('entries', body, idempotencyKey);

  beforeAll(async () => {
    edge = await LedgerEdge.start();
    for (const [path, side, floor] of [
      ['till', 'debit', null],
      ['a', 'credit', '0'],
      ['b', 'credit', '0'],
      ['shut', 'credit', '0'],
      ['full', 'debit', null],
    ]) {
      await edge.post('accounts', { path, asset: 'CNY', side, floor });
    }
    await edge.admin.query(
      `SELECT ledger.open_asset((SELECT id FROM platform.book WHERE code = 'county'), 'WATER', 'm3', 3)`,
    );
    await edge.post('accounts', { path: 'well', asset: 'WATER', side: 'credit', floor: null });
    await edge.post('accounts/shut/closings', { asset: 'CNY' });
    await entry(transfer('till', 'a', '1000', { effectiveAt: '2026-01-31T00:00:00Z' }), key());
    await edge.post('periods', { endsAt: '2026-01-31T16:00:00Z' });
  });
  afterAll(() => edge.stop());

  const changesNothing = async (
    send: () => Promise<Answer>,
    [status, code]: readonly [number, string],
  ): Promise<Answer> => {
    const scope = { refusals: !FROZEN.has(code) };
    const before = await edge.fingerprint(scope);
    const answer = await send();
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await edge.fingerprint(scope)).toBe(before);
    return answer;
  };

  // Two columns: jest takes a parameter without a column for its old `done` callback and would wait for it.
  it.each([...BAD_ENTRIES, ...BAD_TERMS].map(([title, ...wanted]) => [title, wanted] as const))(
    '%s is refused by a code of its own and changes nothing',
    async (_title, [body, status, code, pointer]) => {
      const answer = await changesNothing(() => entry(body, key()), [status, code]);
      if (pointer !== undefined) expect(answer.body.pointer).toBe(pointer);
    },
  );

  it('is told apart from good input by the fingerprint of the book', async () => {
    const before = await edge.fingerprint({ refusals: false });
    expect((await entry(transfer('till', 'b', '1'), key())).status).toBe(201);
    expect(await edge.fingerprint({ refusals: false })).not.toBe(before);
  });

  it('tells by how much which asset does not balance, and how much is missing', async () => {
    const unbalanced = await entry(
      {
        kind: 'transfer',
        postings: [...transfer('a', 'b', '9').postings].map((one, n) => ({
          ...one,
          ...(n === 0 ? { debit: '2' } : {}),
        })),
      },
      key(),
    );
    expect(unbalanced.body).toMatchObject({ code: 'ENTRY_UNBALANCED', asset: 'CNY', difference: '-7' });
    expect((await entry(transfer('a', 'b', '1001'), key())).body).toMatchObject({
      account: 'a',
      missing: '1',
    });
  });

  it('refuses every domain kind through every door, whatever lib brought it', async () => {
    const { rows } = await edge.admin.query<{ kind: string }>(
      'SELECT kind FROM ledger.entry_kind WHERE NOT open ORDER BY kind',
    );
    const kinds = rows.map(({ kind }) => kind);
    expect(kinds.length).toBeGreaterThan(20);
    const wanted = kinds.map((kind) => [kind, 403, 'KIND_NOT_ALLOWED']);
    const bodies = kinds.map((kind) => ({ ...transfer('till', 'a', '1'), kind }));
    const before = await edge.fingerprint({ refusals: false });
    const alone = await Promise.all(bodies.map((body) => entry(body, key())));
    expect(alone.map(({ status, body }, n) => [kinds[n], status, body.code])).toEqual(wanted);
    const { body } = await edge.post('entries/batch', { mode: 'continue', entries: bodies }, key());
    const items = body.items as { status: number; problem?: { code: string } }[];
    expect(items.map(({ status, problem }, n) => [kinds[n], status, problem?.code])).toEqual(wanted);
    const lines = await edge.lines(bodies, key());
    expect(lines.map(({ status, problem }, n) => [kinds[n], status, problem?.code])).toEqual(wanted);
    for (const one of bodies) {
      const atomic = await edge.post(
        'entries/batch',
        { mode: 'atomic', entries: [transfer('till', 'a', '1'), one] },
        key(),
      );
      expect([atomic.status, atomic.body.code]).toEqual([403, 'KIND_NOT_ALLOWED']);
    }
    expect(await edge.fingerprint({ refusals: false })).toBe(before);
  });

  it('refuses every domain account through the open kinds', async () => {
    const { rows } = await edge.admin.query<{ kind: string }>(
      "SELECT kind FROM ledger.account_kind WHERE kind <> 'open' ORDER BY kind",
    );
    const before = await edge.fingerprint({ refusals: false });
    for (const { kind } of rows) {
      const answer = await entry(transfer('till', `${kind}/1`, '1'), key());
      expect([kind, answer.status]).toEqual([kind, 404]);
    }
    expect(await edge.fingerprint({ refusals: false })).toBe(before);
  });

  it.each(BAD_BATCHES)(
    'a batch with %s is refused by the field and changes nothing',
    async (_title, body, status, code, pointer) => {
      const answer = await changesNothing(() => edge.post('entries/batch', body, key()), [status, code]);
      expect(answer.body.pointer).toBe(pointer);
    },
  );

  it.each(BAD_REQUESTS)(
    '%s at %s is refused with %j and changes nothing',
    async (_what, path, body, status, code) => {
      await changesNothing(() => edge.post(path, body, key()), [status, code]);
    },
  );

  it.each<[string, string | undefined, string]>([
    ['no key', undefined, 'KEY_MISSING'],
    ['a key of 201 characters', 'k'.repeat(201), 'KEY_MALFORMED'],
    ['a key with a space', 'a b', 'KEY_MALFORMED'],
    ['a key with a comma, as two headers make one', 'a, b', 'KEY_MALFORMED'],
  ])('%s is refused', async (_title, k, code) => {
    const answer = await entry(transfer('a', 'b', '1'), k);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it.each([
    'entries/0',
    'entries/nothing',
    'entries/99999999999999999999',
    'entries/00000000-0000-4000-8000-000000000000',
  ])('GET %s finds no entry', async (path) => {
    expect((await edge.get(path)).body).toMatchObject({ status: 404, code: 'ENTRY_UNKNOWN' });
  });

  it.each<[string, number, string]>([
    ['accounts/a/statement?asset=USD', 404, 'ACCOUNT_UNKNOWN'],
    ['accounts/a/statement?asset=CNY&limit=0', 422, 'FIELD_MALFORMED'],
    ['accounts/a/statement?asset=CNY&limit=501', 422, 'FIELD_MALFORMED'],
    ['accounts/a/statement?asset=CNY&cursor=-1', 422, 'FIELD_MALFORMED'],
    ['accounts/a/statement?asset=CNY&asset=CNY', 422, 'FIELD_NOT_TEXT'],
    ['accounts/a/statement?asset=CNY&page=2', 422, 'FIELD_UNKNOWN'],
    ['accounts?cursor=x', 422, 'FIELD_MALFORMED'],
  ])('GET %s is refused', async (path, status, code) => {
    const answer = await edge.get(path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});
