import { createHash } from 'node:crypto';

import { newId } from '@app/kernel';
import { AskReopening, ClosePeriod, move, Periods, ReopenPeriod, type EntryDraft } from '@app/ledger';
import { codeOf, LedgerBook, posted } from './ledger-book';

const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));

describe('periods', () => {
  let book: LedgerBook;
  const context = (actor: string) => ({ book: book.id, actor, action: 'test.period' });
  const close = (endsAt: Date, actor = 'anna') =>
    book.module.get(ClosePeriod).execute(context(actor), { endsAt });
  const ask = (no: bigint, actor = 'anna') => book.module.get(AskReopening).execute(context(actor), { no });
  const reopen = (no: bigint, actor = 'bert') =>
    book.module.get(ReopenPeriod).execute(context(actor), { no });
  const dig = (amount: bigint, effectiveAt?: Date, to = 'purse/1') => {
    const draft: EntryDraft = { id: newId(), kind: 'test.dig', legs: move('mine/1', to, 'CNY', amount) };
    return book.post(effectiveAt ? { ...draft, effectiveAt } : draft);
  };

  beforeEach(async () => {
    book = await LedgerBook.open('rehearsal');
  });
  afterEach(async () => {
    expect((await book.ledger.verify(book.id)).findings).toEqual([]);
    await book.close();
  });

  it('refuse what would be effective in them, to the last moment, and take what comes after', async () => {
    posted(await dig(5n, day(10)));
    expect(codeOf(await close(day(31)))).toBe('ok');
    expect(await dig(5n, day(31))).toEqual({
      ok: false,
      reason: {
        code: 'PERIOD_CLOSED',
        effectiveAt: '2026-01-31T00:00:00.000000Z',
        closedUntil: '2026-01-31T00:00:00.000000Z',
      },
    });
    posted(await dig(5n, new Date(day(31).getTime() + 1)));
    posted(await dig(5n));
  });

  it('seal the turnover of each account that was effective by their end, whatever was recorded when', async () => {
    posted(await dig(5n, day(10)));
    posted(await dig(7n, day(40)));
    posted(await dig(11n, day(20), 'purse/2'));
    const closed = await close(day(31));
    expect(closed.ok && closed.value).toMatchObject({
      period: { no: 1n, state: 'closed', closedBy: 'anna', endsAt: '2026-01-31T00:00:00.000000Z' },
      replayed: false,
    });
    const lines = 'mine/1 CNY 16 0\npurse/1 CNY 0 5\npurse/2 CNY 0 11\n';
    expect(closed.ok && closed.value.period.trialBalance).toBe(
      createHash('sha256').update(lines).digest('hex'),
    );
    // The next one goes on from the balances of the last.
    posted(await dig(2n, day(35), 'purse/2'));
    const next = await close(day(45));
    const more = 'mine/1 CNY 25 0\npurse/1 CNY 0 12\npurse/2 CNY 0 13\n';
    expect(next.ok && next.value.period.trialBalance).toBe(createHash('sha256').update(more).digest('hex'));
  });

  it('close one after the other, not before their end, and the same again changes nothing', async () => {
    expect(codeOf(await close(day(31)))).toBe('ok');
    expect(await close(day(31), 'bert')).toMatchObject({
      ok: true,
      value: { replayed: true, period: { no: 1n } },
    });
    expect(await close(day(30))).toEqual({
      ok: false,
      reason: { code: 'PERIOD_ENDS_TOO_EARLY', closedUntil: '2026-01-31T00:00:00.000000Z' },
    });
    expect(await close(new Date('2026-03-01T00:00:00.001Z'))).toEqual({
      ok: false,
      reason: {
        code: 'PERIOD_ENDS_TOO_LATE',
        endsAt: '2026-03-01T00:00:00.001000Z',
        now: '2026-03-01T00:00:00.000000Z',
      },
    });
    expect(codeOf(await close(new Date('2026-03-01T00:00:00.000Z')))).toBe('ok');
    posted(await dig(1n));
  });

  it('are reopened by another person than the one who asked, and only when somebody asked', async () => {
    await close(day(31));
    expect(await reopen(1n)).toEqual({ ok: false, reason: { code: 'REOPENING_NOT_ASKED', period: '1' } });
    expect(await ask(1n)).toMatchObject({
      ok: true,
      value: { replayed: false, period: { state: 'reopening-asked' } },
    });
    expect(await ask(1n)).toMatchObject({ ok: true, value: { replayed: true } });
    expect(await reopen(1n, 'anna')).toEqual({
      ok: false,
      reason: { code: 'SAME_PERSON', period: '1', askedBy: 'anna' },
    });
    expect(codeOf(await dig(1n, day(10)))).toBe('PERIOD_CLOSED');
    expect(await reopen(1n)).toMatchObject({
      ok: true,
      value: { period: { state: 'reopened', askedBy: 'anna', reopenedBy: 'bert' } },
    });
    posted(await dig(1n, day(10)));
    expect(codeOf(await reopen(1n, 'carl'))).toBe('PERIOD_REOPENED');
    expect(codeOf(await ask(1n))).toBe('PERIOD_REOPENED');
    expect(codeOf(await ask(9n))).toBe('PERIOD_UNKNOWN');
  });

  it('reopen from the last one back, and close again under a new number with what has changed', async () => {
    posted(await dig(5n, day(5)));
    await close(day(10));
    await close(day(20));
    expect(await ask(1n)).toEqual({ ok: false, reason: { code: 'PERIOD_NOT_LAST', period: '1', last: '2' } });
    await ask(2n);
    await reopen(2n);
    expect(codeOf(await dig(5n, day(10)))).toBe('PERIOD_CLOSED');
    posted(await dig(3n, day(15)));
    await ask(1n);
    await reopen(1n);
    posted(await dig(4n, day(9)));
    await close(day(20));
    const periods = await book.module.get(Periods).list(book.id);
    expect(periods.map(({ no, state }) => [no, state])).toEqual([
      [3n, 'closed'],
      [2n, 'reopened'],
      [1n, 'reopened'],
    ]);
    const lines = 'mine/1 CNY 12 0\npurse/1 CNY 0 12\n';
    expect(periods[0]!.trialBalance).toBe(createHash('sha256').update(lines).digest('hex'));
  });

  it('and each step on them are events of the book, with who took it', async () => {
    await close(day(31));
    await ask(1n);
    await reopen(1n);
    const { rows } = await book.admin.query<{ actor: string; type: string; facts: object }>(
      `SELECT actor, type, facts FROM ledger.event WHERE book = $1 AND type LIKE 'period%' ORDER BY no`,
      [book.id],
    );
    const period = await book.module.get(Periods).byNo(book.id, 1n);
    expect(rows).toEqual([
      {
        actor: 'anna',
        type: 'period-closed',
        facts: { period: '1', endsAt: '2026-01-31T00:00:00.000000Z', trialBalance: period!.trialBalance },
      },
      { actor: 'anna', type: 'period-reopening-asked', facts: { period: '1' } },
      { actor: 'bert', type: 'period-reopened', facts: { period: '1', askedBy: 'anna' } },
    ]);
  });
});
