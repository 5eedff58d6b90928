import {
  ApplyResults,
  Batches,
  PlanBatches,
  PollBatch,
  SubmitBatch,
  type BankResult,
  type ResultCode,
} from '@app/disbursement';
import { invariant } from '@app/kernel';
import { Ledger } from '@app/ledger';
import { DONE } from '@app/platform';
import { County } from './disbursement-county';
import { expectBookVerifies, expectIdentities } from './disbursement-identities';

const EACH_FEN = 19_373n;

describe('results of a batch', () => {
  let county: County;

  beforeAll(async () => {
    county = await County.open();
  });
  afterAll(() => county.close());
  afterEach(() => expectIdentities(county));

  /** A submitted batch that waits, and a way to say what the bank says. */
  const submitted = async (count: number) => {
    const fund = await county.indicator(EACH_FEN * BigInt(count));
    const roster = await county.roster(fund, await county.payees(count), EACH_FEN);
    const plan = await county.done((tx) => county.get(PlanBatches).execute(tx, { indicatorId: fund }));
    const [batch] = plan.batches;
    invariant(batch !== undefined, 'a batch was planned');
    const job = { book: county.book, payload: { batch: batch.id } };
    await county.get(SubmitBatch).execute(job);
    const lines = county.bank.accepted.get(batch.no)?.lines ?? [];
    const said = (seq: number, result: ResultCode, change: Partial<BankResult> = {}): BankResult => {
      const line = lines[seq - 1];
      invariant(line !== undefined, 'the batch has this line');
      const reason = result === 'F' ? '38' : null;
      return {
        seq,
        key: line.key,
        amountFen: line.amountFen,
        result,
        reason,
        bankSerial: `B${seq}`,
        ...change,
      };
    };
    const apply = async (...results: BankResult[]) => {
      const context = { book: county.book, actor: 'system/test', action: 'test' };
      const applied = await county.get(ApplyResults).execute(context, batch.id, results);
      invariant(applied.ok, 'the batch takes results');
      await expectIdentities(county);
      return applied.value;
    };
    const money = async () => {
      const heads = ['in-transit', 'paid', 'returned'].map((head) => `${head}/${fund}`);
      const sums = await county.get(Ledger).sums(county.book, heads);
      return heads.map((head) => (sums.get(head) ?? 0n) / EACH_FEN);
    };
    return { fund, roster, batch, job, said, apply, money };
  };
  const findings = async (batch: string) =>
    (await county.get(Batches).byId(county.book, batch))?.findings.map(({ code }) => code);

  it('move money by what the bank says: S to paid, F to returned, P nowhere', async () => {
    const { said, apply, money } = await submitted(3);
    expect(await apply(said(1, 'S'), said(2, 'F'), said(3, 'P'))).toEqual({
      paid: 1,
      returned: 1,
      unknown: 1,
      repeated: 0,
      refused: [],
    });
    expect(await money()).toEqual([1n, 1n, 1n]);
  });

  it('said twice count once', async () => {
    const { said, apply, money } = await submitted(2);
    await apply(said(1, 'S'), said(2, 'F'));
    expect(await apply(said(2, 'F'), said(1, 'S'), said(1, 'S'))).toMatchObject({
      paid: 0,
      returned: 0,
      repeated: 3,
    });
    expect(await money()).toEqual([0n, 1n, 1n]);
  });

  it('may come in any order, in parts, and from two readers at once', async () => {
    const { batch, said, apply, money } = await submitted(40);
    const all = Array.from({ length: 40 }, (_, n) => said(n + 1, n % 8 === 0 ? 'F' : 'S')).reverse();
    const applied = await Promise.all([
      apply(...all.slice(0, 25)),
      apply(...all.slice(10)),
      apply(...all.slice(20).reverse()),
    ]);
    const sum = (of: 'paid' | 'returned') => applied.reduce((total, each) => total + each[of], 0);
    expect([sum('paid'), sum('returned')]).toEqual([35, 5]);
    expect(await money()).toEqual([0n, 35n, 5n]);
    expect(await county.get(Batches).progress(county.book, batch.id)).toMatchObject({
      state: 'done',
      waiting: 0,
    });
  });

  it('with an amount one fen off, an unknown line or a wrong key are refused, and the rest is taken', async () => {
    const { batch, said, apply, money } = await submitted(4);
    const applied = await apply(
      said(1, 'S', { amountFen: EACH_FEN - 1n }),
      said(2, 'S', { seq: 99 }),
      said(3, 'S', { key: said(4, 'S').key }),
      said(4, 'S'),
    );
    expect(applied).toMatchObject({ paid: 1, returned: 0 });
    const codes = ['RESULT_AMOUNT_DIFFERS', 'RESULT_LINE_UNKNOWN', 'RESULT_KEY_DIFFERS'];
    expect(applied.refused.map(({ code }) => code)).toEqual(codes);
    expect(await findings(batch.id)).toEqual(codes);
    expect(await money()).toEqual([3n, 1n, 0n]);
  });

  it('that say F after S or S after F are findings, written once, and move nothing', async () => {
    const { batch, said, apply, money } = await submitted(2);
    await apply(said(1, 'S'), said(2, 'F'));
    const contrary = await apply(said(1, 'F'), said(2, 'S'));
    expect(contrary).toMatchObject({ paid: 0, returned: 0 });
    await apply(said(1, 'F'), said(2, 'S'));
    expect(await findings(batch.id)).toEqual(['RESULT_AFTER_SETTLEMENT', 'RESULT_AFTER_SETTLEMENT']);
    expect(await money()).toEqual([0n, 1n, 1n]);
  });

  it('of P let the line wait in transit: it is never sent again and settles when the bank knows', async () => {
    const { fund, roster, batch, job, said, apply, money } = await submitted(3);
    county.bank.pages.set(batch.no, [said(1, 'S'), said(2, 'P'), said(3, 'S')]);
    const poll = county.get(PollBatch);
    const paused = await poll.execute(job);
    expect(paused).toMatchObject({ kind: 'again' });
    expect(paused.kind === 'again' && paused.afterMs).toBeGreaterThanOrEqual(60_000);
    expect(await county.get(Batches).progress(county.book, batch.id)).toMatchObject({
      waiting: 0,
      unknown: 1,
    });

    const sendings = county.bank.sendings;
    expect(
      await county.run((tx) => county.get(PlanBatches).execute(tx, { indicatorId: fund })),
    ).toMatchObject({
      ok: false,
      reason: { code: 'NOTHING_TO_PAY' },
    });
    await county.get(SubmitBatch).execute(job);
    await poll.execute(job);
    expect(county.bank.sendings).toBe(sendings);
    expect(await money()).toEqual([1n, 2n, 0n]);

    await apply(said(2, 'S'));
    expect(await money()).toEqual([0n, 3n, 0n]);
    expect(await poll.execute(job)).toEqual(DONE);
    expect(roster.totalFen).toBe(3n * EACH_FEN);
  });

  it('of a batch the bank never got are refused', async () => {
    const fund = await county.indicator(EACH_FEN);
    await county.roster(fund, await county.payees(1), EACH_FEN);
    const plan = await county.done((tx) => county.get(PlanBatches).execute(tx, { indicatorId: fund }));
    const id = plan.batches[0]?.id ?? '';
    const result: BankResult = {
      seq: 1,
      key: 'x',
      amountFen: 1n,
      result: 'S',
      reason: null,
      bankSerial: null,
    };
    const context = { book: county.book, actor: 'system/test', action: 'test' };
    const apply = county.get(ApplyResults);
    expect(await apply.execute(context, id, [result])).toMatchObject({
      reason: { code: 'BATCH_NOT_SUBMITTED' },
    });
    expect(await apply.execute(context, fund, [result])).toMatchObject({ reason: { code: 'BATCH_UNKNOWN' } });
  });

  it('leave a book that verifies', async () => {
    await expectBookVerifies(county);
  });
});
