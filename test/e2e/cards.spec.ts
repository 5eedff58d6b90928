import { BOOK, CardsEdge } from './cards-edge';

const ORDER = { product: 'bus-1', grams: '20000', cardNumber: '7256 0001 1234 5678', buyerName: '王小雨' };

describe('cards over HTTP', () => {
  let edge: CardsEdge;
  let buyer: string;
  let other: string;
  let operator: string;

  beforeAll(async () => {
    edge = await CardsEdge.start();
    buyer = await edge.person('13900001111');
    other = await edge.person('13900002222');
    operator = await edge.staff('card-operator');
  });
  afterAll(() => edge.stop());

  const order = (body: object = ORDER, headers?: Record<string, string>, token = buyer) =>
    edge.post(`books/${BOOK}/card-orders`, body, token, headers);
  const noticeOf = ({ no, amountFen }: Record<string, unknown>) => ({
    noticeNo: `n-${String(no)}`,
    channel: 'agent-bank',
    orderNo: no,
    amountFen,
    paidAt: '2026-03-02T01:00:00.000Z',
  });
  const mine = async () => {
    const { body } = await edge.get(`books/${BOOK}/my/cards`, buyer);
    return body.items as Record<string, Record<string, unknown>>[];
  };

  it('shows everybody what is sold, by which rules, and what the name does not mean', async () => {
    const { status, body } = await edge.get(`public/books/${BOOK}/card-products`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      items: [
        { code: 'bus-1', name: '零碳公交卡', nameNote: '产品名称，不表示乘车零排放', priceFenPerKg: '100' },
      ],
      splitRule: { version: 1, suppliersPpm: '450000', source: '示例' },
      rideFactor: { gramsPerKm: '35' },
    });
  });

  it('quotes to whoever is signed in', async () => {
    const path = `books/${BOOK}/card-quotes`;
    expect((await edge.post(path, { product: 'bus-1', grams: '20000' })).status).toBe(401);
    const { status, body } = await edge.post(path, { product: 'bus-1', grams: '20000' }, buyer);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      amountFen: '2000',
      splitPreview: {
        afforestationFen: '800',
        suppliersFen: '900',
        feeFen: '180',
        taxFen: '108',
        channelFen: '12',
      },
    });
    const wrong = await edge.post(path, { product: 'bus-1', grams: '1.5' }, buyer);
    expect(wrong).toMatchObject({
      status: 422,
      body: { code: 'FIELDS_INVALID', errors: [{ field: 'grams' }] },
    });
  });

  it('sells to persons only, and no more than is consented', async () => {
    expect(await order(ORDER, {}, operator)).toMatchObject({
      status: 403,
      body: { code: 'PERSON_REQUIRED' },
    });
    const tooMuch = await order({ ...ORDER, grams: '900000000' });
    expect(tooMuch).toMatchObject({
      status: 409,
      body: { code: 'CONSENTED_GRAMS_INSUFFICIENT', available: '4981500', asked: '900000000' },
    });
    expect(await order({ ...ORDER, grams: '99' })).toMatchObject({
      status: 422,
      body: { code: 'ORDER_SIZE_WRONG', leastGrams: '100' },
    });
  });

  it('replays an order by its key, refuses the key with another body, and a key that is none', async () => {
    const headers = { 'idempotency-key': 'k-1' };
    const first = await order(ORDER, headers);
    expect(first).toMatchObject({
      status: 201,
      body: { state: 'held', amountFen: '2000', cardLast4: '5678', payTo: { amountFen: '2000' } },
    });
    const again = await order(ORDER, headers);
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
    expect(await order({ ...ORDER, grams: '20001' }, headers)).toMatchObject({
      status: 409,
      body: { code: 'KEY_REUSED' },
    });
    expect((await order(ORDER, { 'idempotency-key': 'not a key' })).body.code).toBe(
      'IDEMPOTENCY_KEY_MALFORMED',
    );
  });

  it('believes a payment notice by its signature, once, and for the right amount', async () => {
    const { body } = await order(ORDER, { 'idempotency-key': 'k-1' });
    const notice = noticeOf(body);
    expect(await edge.notice(notice, 'f'.repeat(64))).toMatchObject({
      status: 401,
      body: { code: 'NOTICE_SIGNATURE_WRONG' },
    });
    expect(await edge.notice({ ...notice, amountFen: '1999' })).toMatchObject({
      status: 409,
      body: { code: 'NOTICE_AMOUNT_WRONG', expectedFen: '2000', paidFen: '1999' },
    });
    expect(await edge.notice({ ...notice, amountFen: 2000 })).toMatchObject({
      status: 422,
      body: { code: 'NOTICE_MALFORMED', field: 'amountFen' },
    });
    expect(await edge.notice({ ...notice, orderNo: 'k0-0' })).toMatchObject({ status: 404 });
    expect(await edge.notice({ noticeNo: 'x'.repeat(20_000) })).toMatchObject({ status: 413 });
    expect(await edge.notice(notice)).toMatchObject({
      status: 201,
      body: { outcome: 'settled', replayed: false },
    });
    expect(await edge.notice(notice)).toMatchObject({
      status: 200,
      body: { outcome: 'settled', replayed: true },
    });
    const { body: figures } = await edge.get(`books/${BOOK}/figures/market`);
    expect(figures).toMatchObject({
      proceeds: '2000',
      unsplit: '2000',
      custody: '2000',
      custodyLiabilities: '2000',
    });
  });

  it('takes rides from the operator and shows the buyer what they used', async () => {
    const rides = [
      { rideNo: 'b1-1', cardNumber: '7256000112345678', at: '2026-03-02T09:00:00+08:00', metres: 8200 },
    ];
    const path = `books/${BOOK}/rides`;
    expect((await edge.post(path, { rides }, buyer)).body.code).toBe('POST_REQUIRED');
    expect(await edge.post(path, { rides }, operator)).toMatchObject({ status: 202, body: { accepted: 1 } });
    expect(await edge.post(path, { rides }, operator)).toMatchObject({ status: 202, body: { repeated: 1 } });
    const changed = await edge.post(path, { rides: [{ ...rides[0], metres: '9000' }] }, operator);
    expect(changed).toMatchObject({
      status: 422,
      body: { code: 'RIDES_REFUSED', errors: [{ code: 'RIDE_CHANGED' }] },
    });
    const wrong = await edge.post(path, { rides: [{ ...rides[0], at: 'noon', metres: '-1' }] }, operator);
    expect(wrong).toMatchObject({ status: 422, body: { code: 'FIELDS_INVALID' } });
    await edge.county.work();
    const [item] = await mine();
    expect(item).toMatchObject({
      state: 'paid',
      buyerName: '王小雨',
      cardLast4: '5678',
      card: { retiredGrams: '287', gauge: '出行估算排放 0.287 kg｜已注销登记的认购碳汇 0.287 kg' },
    });
  });

  it('certifies to the buyer and lets everybody verify by number, however it is typed', async () => {
    const [item] = await mine();
    const path = `books/${BOOK}/my/cards/${String(item!.card!.id)}/certificates`;
    expect((await edge.post(path, {}, other)).body.code).toBe('CARD_UNKNOWN');
    const issued = await edge.post(path, {}, buyer);
    expect(issued).toMatchObject({ status: 201, body: { grams: '287' } });
    expect(await edge.post(path, {}, buyer)).toMatchObject({
      status: 409,
      body: { code: 'NOTHING_TO_CERTIFY' },
    });
    const { number, printed } = issued.body as { number: string; printed: string };
    for (const typed of [number, printed, printed.toLowerCase()]) {
      const { status, body } = await edge.get(`public/certificates/${typed}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        number,
        product: '零碳公交卡',
        nameNote: '产品名称，不表示乘车零排放',
        grams: '287',
        intact: true,
        uniqueness: { lastImportedOn: null, checks: [] },
        money: { suppliersState: 'pending' },
      });
      expect((body.statement as { mustSay: string[] }).mustSay).toHaveLength(5);
      expect(JSON.stringify(body)).not.toMatch(/王小雨|5678|7256/);
    }
    expect(await edge.get('public/certificates/TH-0000-0000-0000-0000-0')).toMatchObject({
      status: 404,
      body: { code: 'CERTIFICATE_UNKNOWN', number: 'TH-0000-0000-0000-0000-0' },
    });
  });

  it('refunds to the buyer what was not used', async () => {
    const [item] = await mine();
    const id = String(item!.orderId);
    expect((await edge.post(`books/${BOOK}/card-orders/${id}/refund`, {}, other)).body.code).toBe(
      'ORDER_UNKNOWN',
    );
    expect((await edge.post(`books/${BOOK}/card-orders/none/refund`, {}, buyer)).status).toBe(404);
    const refunded = await edge.post(`books/${BOOK}/card-orders/${id}/refund`, {}, buyer);
    expect(refunded).toMatchObject({
      status: 200,
      body: { grams: '19713', amountFen: '1971', keptFen: '29' },
    });
    const { body } = await edge.get(`books/${BOOK}/figures/market`);
    expect(body).toMatchObject({ proceeds: '29', unsplit: '29', custody: '29', custodyLiabilities: '29' });
  });

  it('opens products and dated rules to the operator only, and names what is wrong', async () => {
    const product = {
      code: 'bus-2',
      name: '零碳公交卡·半年',
      priceFenPerKg: '120',
      windowDays: 7,
      termDays: 180,
    };
    const path = `books/${BOOK}/card-products`;
    expect((await edge.post(path, product, buyer)).status).toBe(403);
    expect(await edge.post(path, product, operator)).toMatchObject({
      status: 201,
      body: { leastGrade: 'G1' },
    });
    expect((await edge.post(path, product, operator)).body.code).toBe('PRODUCT_EXISTS');
    expect(await edge.post(path, { ...product, code: 'bus-3', termDays: 7 }, operator)).toMatchObject({
      status: 422,
      body: { code: 'PRODUCT_FIELD_WRONG', field: 'termDays' },
    });
    const rule = {
      validFrom: '2027-01-01',
      afforestationPpm: 400_000,
      suppliersPpm: 450_000,
      feePpm: 90_000,
      taxPpm: 54_000,
      channelPpm: 6_001,
      source: '示例',
    };
    expect(await edge.post(`books/${BOOK}/card-split-rules`, rule, operator)).toMatchObject({
      status: 422,
      body: { code: 'SPLIT_RULE_WRONG', field: 'shares' },
    });
    const right = await edge.post(`books/${BOOK}/card-split-rules`, { ...rule, channelPpm: 6_000 }, operator);
    expect(right).toMatchObject({ status: 201, body: { version: 2 } });
    const factor = { validFrom: '2027-01-01', gramsPerKm: '33', source: '示例' };
    expect((await edge.post(`books/${BOOK}/ride-factors`, factor, operator)).status).toBe(201);
    expect((await edge.post(`books/${BOOK}/ride-factors`, factor, operator)).body.code).toBe(
      'RIDE_FACTOR_EXISTS',
    );
  });
});
