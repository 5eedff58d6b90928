import { setTimeout as sleep } from 'node:timers/promises';

import { newId } from '@app/kernel';
import type { PaymentSource } from '../invariants/disbursement-county';
import { expectBookVerifies, expectIdentities } from '../invariants/disbursement-identities';
import { PayoutEdge } from './disbursement-edge';

const LINES = 120;
const EACH_FEN = 81_600n;
const TOTAL_FEN = EACH_FEN * BigInt(LINES);

const INDICATOR = {
  docNo: '安财农〔2026〕18号',
  year: 2026,
  sourceKind: 'advance',
  fundSource: 'central',
  projectCode: '610924-SL-2026',
  functionItem: '2110602',
  economicItem: '30310',
  fundNature: '一般公共预算资金',
  budgetUnit: '县林业局',
  direct: true,
  amountFen: TOTAL_FEN.toString(),
  arrivedOn: '2026-01-15',
};

describe('paying a roster over HTTP, through the queue and the bank', () => {
  let edge: PayoutEdge;
  let keeper: string;
  let payer: string;
  let indicatorId: string;
  let roster: PaymentSource;
  let batchId: string;

  beforeAll(async () => {
    edge = await PayoutEdge.start();
    keeper = await edge.staff('indicator-keeper');
    payer = await edge.staff('payout-centre');
    edge.bank.behave('ziyang-test', {
      seed: '7',
      failPerMille: 120,
      unknownPerMille: 30,
      settleAfterMs: 300,
    });
  });
  afterAll(() => edge.stop());

  const batch = async (id: string) => (await edge.call('GET', `batches/${id}`, payer)).body;
  const answered = async (id: string) => {
    for (let turn = 0; turn < 150; turn += 1) {
      const view = await batch(id);
      if (view.state !== 'planned' && view.state !== 'submitting' && view.waiting === 0) return view;
      await sleep(100);
    }
    throw new Error('the bank never answered');
  };

  it('begins with an indicator, entered by its keeper only, and once', async () => {
    const entered = await edge.call('POST', 'indicators', keeper, INDICATOR);
    expect(entered).toMatchObject({
      status: 201,
      body: { docNo: INDICATOR.docNo, amountFen: INDICATOR.amountFen },
    });
    indicatorId = entered.body.id;
    expect(await edge.call('POST', 'indicators', keeper, INDICATOR)).toMatchObject({
      status: 409,
      body: { code: 'INDICATOR_EXISTS', docNo: INDICATOR.docNo },
    });
    expect(await edge.call('POST', 'indicators', payer, INDICATOR)).toMatchObject({
      status: 403,
      body: { code: 'POST_REQUIRED' },
    });
    expect((await edge.call('POST', 'indicators', undefined, INDICATOR)).status).toBe(401);
    expect(await edge.call('GET', 'indicators', payer)).toMatchObject({
      status: 200,
      body: { items: [{ id: indicatorId, availableFen: INDICATOR.amountFen, paidFen: '0' }] },
    });
  });

  it.each([
    ['an amount below zero', { amountFen: '-1' }, 'FIELDS_INVALID'],
    ['an amount of zero', { amountFen: '0' }, 'FIELDS_INVALID'],
    ['an amount that is a number', { amountFen: 8160.5 }, 'FIELDS_INVALID'],
    ['an amount of yuan with decimals', { amountFen: '10.005' }, 'FIELDS_INVALID'],
    ['a day that does not exist', { arrivedOn: '2026-02-30' }, 'INDICATOR_FIELD_WRONG'],
    ['a project code that is a formula', { projectCode: '=cmd()' }, 'INDICATOR_FIELD_WRONG'],
    ['a source nobody knows', { sourceKind: 'gift' }, 'FIELDS_INVALID'],
    ['a field nobody knows', { bonus: '1' }, 'FIELDS_INVALID'],
  ])('refuses an indicator with %s', async (_, change, code) => {
    const answer = await edge.call('POST', 'indicators', keeper, { ...INDICATOR, docNo: 'other', ...change });
    expect(answer).toMatchObject({ status: 422, body: { code } });
  });

  it('plans all that is pending, for the payout centre, once', async () => {
    const payees = await edge.county.payees(LINES);
    roster = await edge.county.roster(indicatorId, payees, EACH_FEN);
    const forester = await edge.staff('forestry-handler');
    expect(await edge.call('POST', 'batches', forester, { indicatorId })).toMatchObject({ status: 403 });
    const town = await edge.staff('payout-centre', '610924100');
    expect(await edge.call('POST', 'batches', town, { indicatorId })).toMatchObject({ status: 403 });

    const planned = await edge.call('POST', 'batches', payer, { indicatorId });
    expect(planned).toMatchObject({
      status: 201,
      body: { withoutAccount: 0, batches: [{ bank: 'PSBC', lines: LINES, totalFen: TOTAL_FEN.toString() }] },
    });
    batchId = planned.body.batches[0].id;
    expect(planned.body.batches[0].no).toMatch(/^ziyang-test-f20260601-\d{5}$/);
    expect(await edge.call('POST', 'batches', payer, { indicatorId })).toMatchObject({
      status: 409,
      body: { code: 'NOTHING_TO_PAY' },
    });
  });

  it.each([
    ['neither', {}],
    ['both', { indicatorId: newId(), settlementId: newId() }],
    ['no uuid', { indicatorId: 'x' }],
  ])('refuses to plan for %s', async (_, body) => {
    const answer = await edge.call('POST', 'batches', payer, body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'FIELDS_INVALID' } });
  });

  it('shows the progress live until the bank has said something about every line', async () => {
    const events = await edge.events(batchId, payer);
    const last = events.at(-1);
    expect(last).toMatchObject({ state: 'submitted', waiting: 0 });
    const view = await answered(batchId);
    await expectIdentities(edge.county);
    expect(view.paid + view.failed + view.unknown).toBe(LINES);
    expect(view).toMatchObject({ indicatorId, rail: 'fiscal', reissue: false, findings: [] });
    expect([view.paid, view.failed, view.unknown].every((count) => count > 0)).toBe(true);
    const { body } = await edge.call('GET', `batches?of=${indicatorId}`, payer);
    expect(body.items).toMatchObject([
      { id: batchId, paid: view.paid, paidFen: (EACH_FEN * BigInt(view.paid)).toString() },
    ]);
  });

  it('tells 404 for a batch that does not exist', async () => {
    for (const id of [newId(), 'x', roster.id]) {
      const answer = await edge.call('GET', `batches/${id}`, payer);
      expect(answer).toMatchObject({ status: 404, body: { code: 'BATCH_UNKNOWN' } });
    }
  });

  it('lists what came back with the reason and what to do in Chinese, to those in charge of the place', async () => {
    const { failed } = await batch(batchId);
    const { body } = await edge.call('GET', 'returned-lines?limit=500', payer);
    expect(body.items).toHaveLength(failed);
    for (const line of body.items) {
      expect(line).toMatchObject({
        region: '610924100001',
        amountFen: EACH_FEN.toString(),
        corrected: false,
      });
      expect([line.reason, line.whatToDo].every((text) => /[\u4e00-\u9fff]{3}/.test(text))).toBe(true);
      expect(line.village).not.toBe(line.region);
      expect(JSON.stringify(line)).not.toMatch(/6217990/);
    }
    const [elsewhere, here] = [
      await edge.staff('town-finance', '610924101'),
      await edge.staff('town-finance', '610924100'),
    ];
    expect((await edge.call('GET', 'returned-lines', elsewhere)).body.items).toEqual([]);
    const page = await edge.call('GET', 'returned-lines?limit=2', here);
    expect(page.body.items).toHaveLength(2);
    const rest = await edge.call('GET', `returned-lines?limit=500&cursor=${page.body.next}`, here);
    expect(rest.body.items).toHaveLength(failed - 2);
  });

  it('pays returned lines again after their accounts were corrected, and nobody twice', async () => {
    const clerk = await edge.staff('town-finance', '610924');
    const { items } = (await edge.call('GET', 'returned-lines?limit=500', payer)).body;
    const lineIds: string[] = items.map(({ lineId }: { lineId: string }) => lineId);
    const uncorrected = items.find(({ reissuable }: { reissuable: boolean }) => !reissuable);
    expect(await edge.call('POST', 'reissues', payer, { lineIds: [uncorrected.lineId] })).toMatchObject({
      status: 409,
      body: { code: 'REISSUE_NEEDS_CORRECTION', lineId: uncorrected.lineId },
    });
    for (const [n, { partyId }] of items.entries()) {
      const account = {
        bank: 'ABC',
        number: `62284800000${10_000 + n}`,
        holderName: '户主',
        evidence: '存折复印件',
      };
      expect((await edge.call('PUT', `parties/${partyId}/bank-account`, clerk, account)).status).toBeLessThan(
        300,
      );
    }
    const reissued = await edge.call('POST', 'reissues', payer, { lineIds });
    expect(reissued).toMatchObject({
      status: 201,
      body: { batches: [{ bank: 'ABC', lines: lineIds.length }] },
    });
    expect(await edge.call('POST', 'reissues', payer, { lineIds })).toMatchObject({
      status: 409,
      body: { code: 'LINE_STATE_WRONG' },
    });
    const view = await answered(reissued.body.batches[0].id);
    await expectIdentities(edge.county);
    expect(view).toMatchObject({ state: 'done', reissue: true, paid: lineIds.length });
    expect((await edge.call('GET', 'returned-lines', payer)).body.items).toEqual([]);
  });

  it('ends with every fen of the indicator paid, but for the lines the bank does not know', async () => {
    const { unknown } = await batch(batchId);
    const inTransit = EACH_FEN * BigInt(unknown);
    const { items } = (await edge.call('GET', 'indicators', keeper)).body;
    expect(items).toMatchObject([
      {
        allottedFen: TOTAL_FEN.toString(),
        availableFen: '0',
        reservedFen: '0',
        pendingFen: '0',
        returnedFen: '0',
        inTransitFen: inTransit.toString(),
        paidFen: (TOTAL_FEN - inTransit).toString(),
      },
    ]);
    await expectBookVerifies(edge.county);
  });
});
