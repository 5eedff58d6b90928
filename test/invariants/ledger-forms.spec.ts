import fc from 'fast-check';

import { EntryRecordStore } from '@app/ledger';
import {
  entryForm,
  eventForm,
  refusalForm,
  saltedLeafHash,
  saltOf,
  toHex,
  type EventRecord,
  type RefusalRecord,
} from '@app/proof';
import { pastTheDoors, SealingBook } from './sealing-book';

const hex = (bytes: number) => fc.uint8Array({ minLength: bytes, maxLength: bytes }).map(toHex);
/** Whatever PostgreSQL stores as text: no NUL, no halves of characters. */
const words = (min: number, max: number) =>
  fc.string({ unit: 'grapheme', minLength: min, maxLength: max }).filter((text) => {
    const points = [...text].length;
    return !text.includes('\0') && !/\p{Cs}/u.test(text) && points >= min && points <= max;
  });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const positive = fc.bigInt({ min: 1n, max: 2n ** 62n });
/** Years that are written with four digits, to the microsecond. */
const instant = fc
  .tuple(
    fc.date({ min: new Date('1971-01-01'), max: new Date('9998-12-31'), noInvalidDate: true }),
    fc.nat(999),
  )
  .map(([date, micros]) => date.toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`));
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const facts = fc.dictionary(
  words(0, 5),
  fc.oneof(words(0, 9), fc.boolean(), fc.integer(), fc.constant(null)),
);

const ENTRY = fc.record({
  id: fc.uuid(),
  kind: fc.constantFrom('transfer', 'test.dig', 'ledger.hold'),
  body: hex(32),
  recordedAt: instant,
  effectiveAt: instant,
  actor: words(0, 30),
  reference: optional(words(1, 30)),
  memo: optional(fc.stringMatching(/^[a-z0-9.-]{1,64}$/)),
  reverses: optional(int64),
  hold: optional(fc.tuple(fc.uuid(), fc.constantFrom('commit', 'release', 'expire'))),
  made: optional(fc.record({ seq: positive, owner: words(0, 9), expiresAt: instant })),
  postings: fc.array(
    fc.record({
      account: fc.nat(5),
      amount: fc.bigInt({ min: 1n, max: 10n ** 15n }),
      version: fc.oneof(fc.constant(1n), positive),
      balanceAfter: int64,
      effectiveAt: instant,
      effectiveHigh: optional(instant),
    }),
    { minLength: 2, maxLength: 4 },
  ),
});
const REFUSAL = fc.record({
  id: fc.uuid(),
  body: hex(32),
  code: words(0, 20),
  facts,
  actor: words(0, 20),
  decidedAt: instant,
});
const EVENT = fc.record({ at: instant, actor: words(0, 20), type: words(0, 20), facts });

type Drawn<A> = A extends fc.Arbitrary<infer T> ? T : never;

describe('canonical forms', () => {
  let sealing: SealingBook;
  let accounts: string[];
  let no = 1_000n;
  let version = 2n ** 62n;

  beforeAll(async () => {
    sealing = await SealingBook.open();
    const { book } = sealing;
    await book.openAccount('a/1', null, 1);
    await book.openAccount('b', -500n);
    await book.admin.query(
      `INSERT INTO ledger.account (book, path, asset, kind, side, floor, opened_at)
       SELECT $1, k.kind || '/x', a.id, k.id, k.side, k.floor, '2026-01-02T03:04:05.678901Z'
         FROM ledger.account_kind k, ledger.asset a WHERE a.book = $1 AND k.side IS NOT NULL AND k.owner = 'test'`,
      [book.id],
    );
    const { rows } = await book.admin.query<{ id: string }>('SELECT id FROM ledger.account ORDER BY id');
    accounts = rows.map(({ id }) => id);
    expect(accounts.length).toBeGreaterThanOrEqual(5);
  });
  afterAll(() => sealing.close());

  const query = (sql: string, params: readonly unknown[]) => sealing.book.admin.query(sql, [...params]);

  async function insertEntry(seq: bigint, { postings, made, hold, ...entry }: Drawn<typeof ENTRY>) {
    const { id: book } = sealing.book;
    const { id, kind, body, recordedAt, effectiveAt, actor, reference, memo, reverses } = entry;
    await query(
      `INSERT INTO ledger.entry (book, seq, id, kind, legs, body, recorded_at, effective_at, actor, reference, memo,
                                 reverses, hold, hold_as)
       SELECT $1, $2, $3, k.id, $4, decode($5, 'hex'), $6, $7, $8, $9, $10, $11, $12, $13
         FROM ledger.entry_kind k WHERE k.kind = $14`,
      [
        book,
        seq,
        id,
        postings.length,
        body,
        recordedAt,
        effectiveAt,
        actor,
        reference,
        memo,
        reverses,
      ].concat(hold?.[0] ?? null, hold?.[1] ?? null, kind),
    );
    if (made) {
      await query('INSERT INTO ledger.hold (book, id, seq, owner, expires_at) VALUES ($1, $2, $3, $4, $5)', [
        ...[book, id, made.seq, made.owner, made.expiresAt],
      ]);
    }
    for (const [at, leg] of postings.entries()) {
      const account = accounts[leg.account % accounts.length];
      // Each account has one first posting in all the runs; the others keep out of each other's way.
      const isFirst = leg.version === 1n && !(await isThere(account!));
      await query(
        `INSERT INTO ledger.posting (book, account, version, seq, leg, asset, amount, balance_after, effective_at,
                                     effective_high)
         SELECT $1, a.id, $3, $4, $5, a.asset, $6, $7, $8, $9 FROM ledger.account a WHERE a.book = $1 AND a.id = $2`,
        [
          book,
          account,
          isFirst ? 1n : (version += 1n),
          seq,
          at + 1,
          at % 2 ? -leg.amount : leg.amount,
        ].concat(leg.balanceAfter, leg.effectiveAt as never, leg.effectiveHigh as never),
      );
    }
  }

  const isThere = async (account: string): Promise<boolean> =>
    (await query('SELECT FROM ledger.posting WHERE account = $1 AND version = 1', [account])).rowCount === 1;

  async function formOf(forms: string, at: bigint): Promise<string> {
    const { rows } = await query(`SELECT encode(f.form, 'hex') AS form FROM ledger.${forms}($1, $2, $3) f`, [
      ...[sealing.book.id, at, at + 1n],
    ]);
    expect(rows).toHaveLength(1);
    return (rows[0] as { form: string }).form;
  }

  it('of entries are the same bytes in SQL and in TypeScript', async () => {
    const store = sealing.get(EntryRecordStore);
    await fc.assert(
      fc.asyncProperty(ENTRY, async (entry) => {
        no += 1n;
        await pastTheDoors(sealing.book.admin, () => insertEntry(no, entry));
        const record = (await store.bySeq(sealing.book.id, no))!;
        expect(record).toMatchObject({
          actor: entry.actor,
          reference: entry.reference,
          effectiveAt: entry.effectiveAt,
        });
        expect(toHex(entryForm(record))).toBe(await formOf('entry_forms', no));
      }),
      { numRuns: 60 },
    );
  });

  it('of refusals are the same bytes in SQL and in TypeScript', async () => {
    await fc.assert(
      fc.asyncProperty(REFUSAL, async (refusal) => {
        no += 1n;
        const { id, body, code, actor, decidedAt } = refusal;
        await pastTheDoors(sealing.book.admin, () =>
          query(
            `INSERT INTO ledger.refusal (book, no, id, body, code, facts, actor, decided_at)
             VALUES ($1, $2, $3, decode($4, 'hex'), $5, $6, $7, $8)`,
            [sealing.book.id, no, id, body, code, JSON.stringify(refusal.facts), actor, decidedAt],
          ),
        );
        const record = await sealing.one<Omit<RefusalRecord, 'no'>>(
          `SELECT id, encode(body, 'hex') AS body, code, facts::text AS facts, actor,
                  ledger.instant(decided_at) AS "decidedAt" FROM ledger.refusal WHERE no = $1`,
          [no],
        );
        expect(toHex(refusalForm({ ...record, no }))).toBe(await formOf('refusal_forms', no));
      }),
      { numRuns: 40 },
    );
  });

  it('of events are the same bytes in SQL and in TypeScript, and so are salts and leaves', async () => {
    await fc.assert(
      fc.asyncProperty(EVENT, fc.uint8Array({ minLength: 32, maxLength: 32 }), async (event, seed) => {
        no += 1n;
        await pastTheDoors(sealing.book.admin, () =>
          query(
            'INSERT INTO ledger.event (book, no, at, actor, type, facts) VALUES ($1, $2, $3, $4, $5, $6)',
            [...[sealing.book.id, no, event.at, event.actor, event.type, JSON.stringify(event.facts)]],
          ),
        );
        const record = await sealing.one<Omit<EventRecord, 'no'>>(
          `SELECT ledger.instant(at) AS at, actor, type, facts::text AS facts FROM ledger.event WHERE no = $1`,
          [no],
        );
        const form = eventForm({ ...record, no });
        expect(toHex(form)).toBe(await formOf('event_forms', no));
        const { leaf } = await sealing.one<{ leaf: Buffer }>(
          `SELECT ledger.leaf_hash($1, '\\x03', $2, $3) AS leaf`,
          [Buffer.from(seed), no, Buffer.from(form)],
        );
        expect(toHex(leaf)).toBe(toHex(saltedLeafHash(saltOf(seed, 'event', no), form)));
      }),
      { numRuns: 40 },
    );
  });

  it('do not depend on the encoding of whoever asks', async () => {
    no += 1n;
    const entry = fc.sample(ENTRY, 1)[0]!;
    await pastTheDoors(sealing.book.admin, () =>
      insertEntry(no, { ...entry, actor: '林业局', reference: '榆林' }),
    );
    const before = await formOf('entry_forms', no);
    await query(`SET client_encoding = 'GB18030'`, []);
    try {
      expect(await formOf('entry_forms', no)).toBe(before);
    } finally {
      await query(`SET client_encoding = 'UTF8'`, []);
    }
  });
});
