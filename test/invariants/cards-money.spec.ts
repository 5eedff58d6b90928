import {
  CloseSettlements,
  IssueCertificate,
  MyCards,
  RecordRides,
  RefundOrder,
  SplitOrders,
  VerifyCertificate,
  type VerifiedCertificate,
} from '@app/cards';
import { CardCounty, CHANNEL, DAY_MS } from './cards-county';
import { expectBookVerifies, expectMarketIdentities } from './cards-identities';

describe('card money', () => {
  let county: CardCounty;

  beforeAll(async () => {
    county = await CardCounty.open(4);
  });
  afterAll(() => expectBookVerifies(county).finally(() => county.close()));
  afterEach(() => expectMarketIdentities(county));

  const split = () => county.run((tx) => county.get(SplitOrders).execute(tx));
  const close = () => county.run((tx) => county.get(CloseSettlements).execute(tx));
  const settlements = () =>
    county.query<{
      id: string;
      no: string;
      channel: string;
      state: string;
      total_fen: string;
      suppliers_fen: string;
    }>('SELECT * FROM cards.settlement WHERE book = $1 ORDER BY no', [county.book]);
  const verified = async (number: string): Promise<VerifiedCertificate> => {
    const result = await county.get(VerifyCertificate).execute(number);
    if (!result.ok) throw new Error(result.reason.code);
    return result.value;
  };
  const ride = async (cardNumber: string, rideNo: string, metres: bigint) => {
    const at = await county.now();
    await county.done((tx) => county.get(RecordRides).execute(tx, [{ rideNo, cardNumber, at, metres }]));
    await county.work();
  };
  const certify = (cardId: string, buyerUser: string) =>
    county
      .get(IssueCertificate)
      .execute({ book: county.book, actor: 'buyer', action: 'test' }, cardId, buyerUser);

  it('is split when the window is over, not before, and once', async () => {
    const { order } = await county.card(100_000n);
    expect(order.amountFen).toBe(10_000n);
    await county.pass(7 * DAY_MS);
    await county.work();
    expect(await county.balance(`unsplit/${order.id}`)).toBe(10_000n);
    await county.pass(DAY_MS);
    const runs = await Promise.all(Array.from({ length: 5 }, split));
    expect(runs.map((run) => (run.ok ? run.value.orders : -1)).sort()).toEqual([0, 0, 0, 0, 1]);
    await expectMarketIdentities(county);
    expect(await county.figures()).toMatchObject({
      proceeds: 10_000n,
      unsplit: 0n,
      afforestation: 4_000n,
      suppliers: 4_500n,
      nontax: 0n,
      fee: 900n,
      tax: 540n,
      channel: 60n,
      custody: 10_000n,
    });
    expect(await county.balance('fee/2026')).toBe(810n);
    expect(await county.balance('refund-reserve/2026')).toBe(90n);
    const closings = await Promise.all([close(), close()]);
    expect(closings.every(({ ok }) => ok)).toBe(true);
    const [settlement] = await settlements();
    expect(settlement).toMatchObject({
      state: 'closed',
      channel: CHANNEL,
      total_fen: '10000',
      suppliers_fen: '4500',
    });
    await county.work();
    expect(await settlements()).toHaveLength(1);
  });

  it('of a settlement is the basis of its payout, line by line', async () => {
    const [settlement] = await settlements();
    const lines = await county.query<{ party: string; amount_fen: string; state: string }>(
      `SELECT party, amount_fen, state FROM disbursement.payment_line WHERE book = $1 AND source_id = $2`,
      [county.book, settlement!.id],
    );
    const sum = lines.reduce((total, line) => total + BigInt(line.amount_fen), 0n);
    expect(sum).toBe(4_500n);
    for (const line of lines) {
      expect(await county.balance(`payable-market/${line.party}/${settlement!.id}`)).toBe(
        BigInt(line.amount_fen),
      );
    }
    await county.payOut(settlement!.id);
    expect(await county.figures()).toMatchObject({ proceeds: 10_000n, suppliers: 4_500n, custody: 5_500n });
  });

  it('of many orders is split to the fen by the grams that stay, refunds left out', async () => {
    const orders = await Promise.all([333n, 1_049n, 77_777n, 500_001n].map((grams) => county.card(grams)));
    const back = orders[2]!;
    await ride(back.draft.cardNumber, 'money-1', 1_000_000n / 35n);
    const refunded = await county.done((tx) => county.get(RefundOrder).execute(tx, back.order.id));
    expect(refunded.keptGrams).toBe(1_000n);
    await county.pass(8 * DAY_MS);
    await county.work();
    const rows = await county.query<Record<string, string>>(
      `SELECT s.*, o.amount_fen - o.refunded_fen AS kept_fen,
              (SELECT sum(amount_fen) FROM cards.order_split_part p WHERE p.book = s.book AND p.order_id = s.order_id) AS parts,
              (SELECT sum(grams) FROM cards.order_split_part p WHERE p.book = s.book AND p.order_id = s.order_id) AS grams
         FROM cards.order_split s JOIN cards.card_order o ON o.book = s.book AND o.id = s.order_id
        WHERE s.book = $1 AND s.order_id = ANY ($2)`,
      [county.book, orders.map(({ order }) => order.id)],
    );
    expect(rows).toHaveLength(4);
    for (const row of rows) {
      expect(row.amount_fen).toBe(row.kept_fen);
      expect(row.parts).toBe(row.suppliers_fen);
      expect(await county.balance(`unsplit/${row.order_id}`)).toBe(0n);
    }
    expect(rows.find((row) => row.order_id === back.order.id)?.grams).toBe('1000');
  });

  it('of two channels is settled apart, each out of its own account', async () => {
    const other = await county.order(50_000n);
    expect((await county.pay(other, { channel: 'second-bank' })).ok).toBe(true);
    await county.card(50_000n);
    await county.pass(8 * DAY_MS);
    await county.work();
    const latest = (await settlements()).slice(-2);
    expect(latest.map(({ channel }) => channel).sort()).toEqual([CHANNEL, 'second-bank']);
    const second = latest.find(({ channel }) => channel === 'second-bank')!;
    await county.payOut(second.id);
    expect(await county.balance('custody/second-bank')).toBe(5_000n - 2_250n);
  });

  it('of a certificate is told as it is: to come first, arrived when the bank has said so', async () => {
    const { order, draft, cardId } = await county.card(100_000n);
    await ride(draft.cardNumber, 'money-2', 100_000n);
    const result = await certify(cardId, order.buyerUser);
    if (!result.ok) throw new Error(result.reason.code);
    const { number } = result.value;
    const before = await verified(number);
    expect(before.mustSay[4]).toBe('⑤款项：供给方1.58元（待付），造林1.40元，服务费、税费0.52元。');
    await county.pass(8 * DAY_MS);
    await county.work();
    expect((await verified(number)).mustSay[4]).toBe(before.mustSay[4]);
    const settlement = (await settlements()).at(-1)!;
    await county.payOut(settlement.id);
    expect((await verified(number)).mustSay[4]).toBe(
      '⑤款项：供给方1.58元（已到账），造林1.40元，服务费、税费0.52元。',
    );
    const [mine] = await county.get(MyCards).list(county.book, order.buyerUser);
    expect(mine).toMatchObject({
      state: 'split',
      buyerName: '王小雨',
      money: { split: true, suppliersFen: 4_500n, suppliersPaidFen: 4_500n },
      card: { rides: 1, gauge: '出行估算排放 3.500 kg｜已注销登记的认购碳汇 3.500 kg' },
    });
    expect(mine!.card!.certificates.map((certificate) => certificate.number)).toEqual([number]);
  });

  it('and carbon of a certificate are what was retired, told once, to its buyer only', async () => {
    const { order, draft, cardId } = await county.card(10_000n);
    expect(await certify(cardId, order.buyerUser)).toMatchObject({ reason: { code: 'NOTHING_TO_CERTIFY' } });
    await ride(draft.cardNumber, 'money-3', 40_000n);
    expect(await certify(cardId, county.newBuyer())).toMatchObject({ reason: { code: 'CARD_UNKNOWN' } });
    const results = await Promise.all(Array.from({ length: 5 }, () => certify(cardId, order.buyerUser)));
    const issued = results.flatMap((result) => (result.ok ? [result.value] : []));
    expect(issued).toHaveLength(1);
    const { certificate, intact, mustSay, product } = await verified(issued[0]!.number);
    expect(intact).toBe(true);
    expect(product).toBe('零碳公交卡');
    expect(certificate.grams).toBe(1_400n);
    expect(certificate.statement.record).toMatch(
      /^本证明记载：认购人支持紫阳县.+2025年度经计量的林业碳汇1400克二氧化碳当量，编号610924100-2025-G1-\d+-\d+/,
    );
    expect(certificate.statement.record).toContain('（示例系数，非核定值）；县级复核，非独立第三方核证。');
    expect(mustSay).toHaveLength(5);
    await ride(draft.cardNumber, 'money-4', 40_000n);
    const second = await certify(cardId, order.buyerUser);
    expect(second).toMatchObject({ ok: true, value: { grams: 1_400n } });
    const [rows] = await county.query<{ certified: string; retired: string }>(
      'SELECT certified_grams AS certified, retired_grams AS retired FROM cards.card WHERE book = $1 AND id = $2',
      [county.book, cardId],
    );
    expect(rows).toEqual({ certified: '2800', retired: '2800' });
  });

  it('of a state forest unit is due to the treasury and in nobody’s payout', async () => {
    await county.owner(`UPDATE registry.party SET kind = 'state-forest-farm' WHERE external_no = 'HH00002'`);
    const before = await county.figures();
    const { order } = await county.card(4_990_000n);
    await county.pass(8 * DAY_MS);
    await county.work();
    const [farm] = await county.query<{ id: string }>(
      `SELECT id FROM registry.party WHERE book = $1 AND external_no = 'HH00002'`,
      [county.book],
    );
    const [part] = await county.query<{ amount_fen: string; nontax: boolean }>(
      'SELECT amount_fen, nontax FROM cards.order_split_part WHERE book = $1 AND order_id = $2 AND party = $3',
      [county.book, order.id, farm!.id],
    );
    expect(part?.nontax).toBe(true);
    // An earlier order whose window ends now may have drawn on the farm too: which supplier serves is not its choice.
    const [due] = await county.query<{ fen: string }>(
      'SELECT sum(amount_fen)::text AS fen FROM cards.order_split_part WHERE book = $1 AND party = $2 AND nontax',
      [county.book, farm!.id],
    );
    const after = await county.figures();
    expect(after.nontax - before.nontax).toBe(BigInt(due!.fen));
    expect(await county.balance(`nontax-due/${farm!.id}`)).toBe(BigInt(due!.fen));
    const settlement = (await settlements()).at(-1)!;
    const lines = await county.query<{ party: string }>(
      'SELECT party FROM disbursement.payment_line WHERE book = $1 AND source_id = $2',
      [county.book, settlement.id],
    );
    expect(lines.map(({ party }) => party)).not.toContain(farm!.id);
    expect(BigInt(settlement.suppliers_fen)).toBe(after.suppliers - before.suppliers);
  });

  it('of sixty orders is split and settled in one go', async () => {
    const drafts = Array.from({ length: 60 }, () => county.draft(1_001n));
    for (let from = 0; from < drafts.length; from += 10) {
      await Promise.all(drafts.slice(from, from + 10).map((draft) => county.card(draft.grams, draft)));
    }
    await county.pass(8 * DAY_MS);
    await county.work();
    const settlement = (await settlements()).at(-1)!;
    expect(settlement).toMatchObject({ state: 'closed', orders: 60, total_fen: String(60 * 100) });
  });

  it('certificates that were tampered with say so, and unknown ones do not exist', async () => {
    const [row] = await county.query<{ number: string }>(
      'SELECT number FROM cards.certificate WHERE book = $1 LIMIT 1',
      [county.book],
    );
    const number = row!.number;
    await county.owner('UPDATE cards.certificate SET grams = grams + 1 WHERE number = $1', [number]);
    expect((await verified(number)).intact).toBe(false);
    await county.owner('UPDATE cards.certificate SET grams = grams - 1 WHERE number = $1', [number]);
    expect((await verified(number)).intact).toBe(true);
    const wrong = number.slice(0, -1) + (number.endsWith('A') ? 'B' : 'A');
    expect(await county.get(VerifyCertificate).execute(wrong)).toEqual({
      ok: false,
      reason: { code: 'CERTIFICATE_UNKNOWN', number: wrong, mistyped: true },
    });
    await expect(county.query('UPDATE cards.certificate SET grams = 1')).rejects.toThrow('permission denied');
  });
});
