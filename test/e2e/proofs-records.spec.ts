import { readBundle, verifyBundle, type EventRecord, type RefusalRecord } from '@app/proof';
import { ProofsStage } from './proofs-stage';

const KEY = 'order-17/payment';

describe('proofs of what else is recorded', () => {
  let stage: ProofsStage;
  beforeAll(async () => {
    stage = await ProofsStage.open();
  });
  afterAll(() => stage.close());

  /** From an account that has nothing. */
  async function refuse(key: string): Promise<void> {
    const postings = [
      { account: 'poor', asset: 'CNY', debit: '500' },
      { account: 'b', asset: 'CNY', credit: '500' },
    ];
    const answer = await stage.send('books/county/entries', { kind: 'transfer', postings }, key);
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ code: 'BALANCE_INSUFFICIENT' });
  }
  const refusalIn = (bundle: string): RefusalRecord => {
    const { stream, record } = readBundle(bundle);
    expect(stream).toBe('refusal');
    return record as RefusalRecord;
  };
  const byKey = (key: string): string => `refusals/${encodeURIComponent(`key:${key}`)}`;

  it('shows that something was asked for and refused, to whoever knows its key, id or number', async () => {
    await refuse(KEY);
    const bundle = await stage.proofOf(byKey(KEY));
    const { vkey } = await stage.log();
    expect(verifyBundle(bundle, vkey)).toMatchObject({
      ok: true,
      proven: { stream: 'refusal', record: { no: 1n, code: 'BALANCE_INSUFFICIENT' } },
    });
    const { id, no, facts } = refusalIn(bundle);
    expect(JSON.parse(facts)).toMatchObject({ account: 'poor', missing: '500' });
    for (const name of [id, no.toString()]) {
      expect(refusalIn(await stage.proofOf(`refusals/${name}`))).toEqual(refusalIn(bundle));
    }
  });

  it('shows what else happened to the book, by the number of the event', async () => {
    const { vkey } = await stage.log();
    const events: EventRecord[] = [];
    for (let no = 1; (await stage.call(`books/county/events/${no}/proof`)).status !== 404; no += 1) {
      const verdict = verifyBundle(await stage.proofOf(`events/${no}`), vkey);
      expect(verdict).toMatchObject({ ok: true, proven: { stream: 'event', record: { no: BigInt(no) } } });
      events.push((verdict as { proven: { record: EventRecord } }).proven.record);
    }
    const opened = events.filter(({ type }) => type === 'account-opened');
    expect(opened.map(({ facts }) => (JSON.parse(facts) as { account: string }).account)).toEqual([
      ...['a', 'b', 'poor'],
    ]);
  });

  it('is checked on the command line as an entry is, and not believed when a word of it is another', async () => {
    const { vkey } = await stage.log();
    const verify = (text: string) =>
      stage.cli(['proof', 'verify', stage.file('bundle.json', text), '--key', vkey]);
    const refusal = await stage.proofOf(byKey(KEY));
    expect(await verify(refusal)).toMatch(/^PROVEN\n(.*\n)*refusal {5}1, id .*\n {12}BALANCE_INSUFFICIENT /);
    expect(await verify(refusal.replace('BALANCE_INSUFFICIENT', 'ACCOUNT_CLOSED'))).toMatch(
      /^NOT PROVEN {2}RECORD/,
    );
    const event = await stage.proofOf('events/2');
    expect(await verify(event)).toMatch(/^PROVEN\n(.*\n)*event {7}2, at /);
    expect(await verify(event.replace('"stream": "event"', '"stream": "entry"'))).toMatch(
      /^NOT PROVEN {2}FORMAT/,
    );
  });

  it.each([
    ['refusals/99/proof', 'REFUSAL_UNKNOWN', { refusal: '99' }],
    ['refusals/0/proof', 'REFUSAL_UNKNOWN', { refusal: '0' }],
    ['refusals/order-17/proof', 'REFUSAL_UNKNOWN', { refusal: 'order-17' }],
    ['refusals/key%3A/proof', 'REFUSAL_UNKNOWN', { refusal: 'key:' }],
    ['refusals/key%3Anobody/proof', 'REFUSAL_UNKNOWN', {}],
    ['refusals/0b0a6a52-0000-8000-8000-000000000303/proof', 'REFUSAL_UNKNOWN', {}],
    ['events/99/proof', 'EVENT_UNKNOWN', { event: '99' }],
    ['events/-1/proof', 'EVENT_UNKNOWN', { event: '-1' }],
    ['events/999999999999999999/proof', 'EVENT_UNKNOWN', {}],
  ])('knows no %s', async (path, code, facts) => {
    const answer = await stage.call(`books/county/${path}`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code, ...facts });
  });

  it('takes no address that is no text', async () => {
    for (const path of ['refusals/key%3A%00/proof', 'events/%00/proof', 'entries/%00/proof']) {
      const answer = await stage.call(`books/county/${path}`);
      expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'FIELDS_INVALID' }]);
    }
  });

  it('is for readers of the book, and no key of an entry that was posted is a refusal', async () => {
    for (const path of ['refusals/1/proof', 'events/1/proof']) {
      const answer = await stage.call(`books/county/${path}`, {}, '');
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain('salt');
    }
    await stage.transfer();
    expect((await stage.call(`books/county/${byKey('proofs/1')}/proof`)).status).toBe(404);
  });

  it('is described: what was asked here, the audit and the metrics', async () => {
    const verified = await stage.call('books/county/verify');
    expect(await verified.json()).toMatchObject({ ok: true, findings: [] });
    expect((await stage.metrics({ 'x-forwarded-for': '203.0.113.7' })).status).toBe(404);
    expect((await stage.metrics()).status).toBe(200);
    const log = await stage.log();
    const consistency = await stage.call(`public/books/county/consistency?from=1&to=${log.size}`, {}, '');
    expect(consistency.status).toBe(200);
    for (const seen of [
      ...['proveRefusal 200', 'proveRefusal 404 REFUSAL_UNKNOWN', 'proveRefusal 401 SIGN_IN_REQUIRED'],
      ...['proveEvent 200', 'proveEvent 404 EVENT_UNKNOWN', 'getLatestCheckpoint 200'],
      ...['getConsistency 200', 'verifyBook 200', 'getMetrics 200', 'getMetrics 404 ROUTE_UNKNOWN'],
    ]) {
      expect(stage.contract.seen).toContain(seen);
    }
  });
});
