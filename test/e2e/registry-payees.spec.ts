import { Client } from 'pg';

import { csv, household, right, VILLAGE } from '../invariants/registry-book';
import { COUNTY, OTHER_TOWN, RegistryEdge, TOWN, type Answer } from './registry-edge';

const TODAY = '2026-03-02';
const PAPER = { documentNo: '监护〔2026〕1号', evidence: '村委会证明原件，镇档案室' };

describe('who is paid in a holder’s place', () => {
  let edge: RegistryEdge;
  let clerk: string;
  let handler: string;
  let finance: string;
  let idOf: (externalNo: string) => string;

  beforeAll(async () => {
    edge = await RegistryEdge.start();
    ({ handler } = await edge.loadCounty());
    const none = { bank: '', bank_account: '', account_holder: '' };
    const parties = [household(4, none), household(5), household(6), household(7), household(8, none)];
    await edge.upload('parties', handler, csv('parties', parties));
    await edge.upload('rights', handler, csv('rights', [right(2, 4, { right_kind: 'contract' })]));
    clerk = await edge.staff('village-clerk', VILLAGE);
    finance = await edge.staff('town-finance', TOWN);
    const { body } = await edge.call('GET', 'books/county/parties?limit=200', handler);
    const ids = new Map(
      (body.items as { externalNo: string; id: string }[]).map((one) => [one.externalNo, one.id]),
    );
    idOf = (externalNo) => ids.get(externalNo) ?? 'missing';
  });
  afterAll(() => edge.stop());

  const propose = (body: object, query = '', token = clerk) =>
    edge.call('POST', `books/county/payee-orders${query}`, token, { ...PAPER, from: TODAY, ...body });
  const decide = (id: string, body: object = {}, token = finance) =>
    edge.call('POST', `books/county/payee-orders/${id}/decision`, token, body);
  const ordered = async (body: object) => {
    const proposed = await propose(body);
    const decided = await decide(proposed.body.id);
    expect([proposed.status, decided.status]).toEqual([201, 201]);
    return String(proposed.body.id);
  };
  const guardian = (partyExternalNo: string, payeeExternalNo: string) => ({
    ...{ partyExternalNo, payeeExternalNo, reason: 'guardian' },
  });
  const accountOf = async (externalNo: string) =>
    (await edge.call('GET', `books/county/parties?q=${externalNo}`, handler)).body.items[0].account;
  const guard = async (name: string) =>
    (await edge.call('GET', `books/county/registry-guards/${name}/findings`, handler)).body.items;
  const codeOf = ({ status, body }: Answer) => [status, body.code];
  const faultsOf = ({ body }: Answer) =>
    body.errors?.map(({ field, code }: Record<string, unknown>) => [field, code]);

  it('is told in words, and recorded by nobody in a dry run', async () => {
    const { status, body } = await propose(guardian('HH00001', 'HH00005'), '?dryRun=true');
    expect([status, body]).toEqual([
      200,
      {
        id: null,
        summary: {
          zh: '自 2026-03-02 起HH00001 的款项付监护人 HH00005',
          en: 'From 2026-03-02 what is due to HH00001 is paid to HH00005, its guardian',
        },
      },
    ]);
    expect((await edge.call('GET', 'books/county/payee-orders', finance)).body).toEqual({
      items: [],
      next: null,
    });
  });

  it('is paid once town finance approves it, and the household’s own page says so', async () => {
    const { body } = await propose(guardian('HH00001', 'HH00005'));
    expect(codeOf(await decide(body.id, {}, clerk))).toEqual([403, 'POST_REQUIRED']);
    expect(await accountOf('HH00001')).toEqual({ bank: '测试银行', last4: '0001', payee: null });
    expect((await decide(body.id)).status).toBe(201);
    expect(await accountOf('HH00001')).toEqual({ bank: '测试银行', last4: '0005', payee: 'HH00005' });
    const own = await edge.call('GET', 'books/county/my/land', await edge.person(household(1).phone!));
    expect(
      own.body.parties.find(({ externalNo }: { externalNo: string }) => externalNo === 'HH00001'),
    ).toMatchObject({
      account: { last4: '0005', payee: { name: '测试户5', reason: 'guardian', reasonZh: '监护人' } },
    });
    const page = await edge.call('GET', `books/county/parties/${idOf('HH00005')}`, clerk);
    expect(page.body.payees).toMatchObject([
      { partyExternalNo: 'HH00001', reason: 'guardian', from: TODAY, to: null },
    ]);
    expect(codeOf(await propose(guardian('HH00001', 'HH00005')))).toEqual([409, 'PAYEE_UNCHANGED']);
    expect(codeOf(await decide(body.id))).toEqual([409, 'PAYEE_ORDER_DECIDED']);
  });

  it('is the holder itself again when an order ends it', async () => {
    await ordered({ partyExternalNo: 'HH00001' });
    expect(await accountOf('HH00001')).toMatchObject({ last4: '0001', payee: null });
    expect(codeOf(await propose({ partyExternalNo: 'HH00001' }))).toEqual([409, 'PAYEE_UNCHANGED']);
  });

  it('may have the account that the holder has not; without one either, a guard tells', async () => {
    expect(await guard('account-missing')).toMatchObject([{ subject: 'HH00004', facts: { parcels: '1' } }]);
    const id = await ordered({ ...guardian('HH00004', 'HH00008'), reason: 'heir' });
    expect(await accountOf('HH00004')).toBeNull();
    expect(await guard('account-missing')).toMatchObject([
      { subject: 'HH00004', facts: { payee: 'HH00008' }, parties: ['HH00004', 'HH00008'] },
    ]);
    await ordered({ ...guardian('HH00004', 'HH00005'), reason: 'heir' });
    expect(await guard('account-missing')).toEqual([]);
    const { items } = (await edge.call('GET', 'books/county/payee-orders?state=approved', finance)).body;
    expect(items.map((order: { id: string }) => order.id)).toContain(id);
  });

  it('is paid until the last day of the order and not after it', async () => {
    await ordered({ ...guardian('HH00006', 'HH00005'), reason: 'proxy', to: '2026-03-10' });
    expect(await accountOf('HH00006')).toMatchObject({ payee: 'HH00005' });
    const three = await guard('payee-of-many');
    expect(three).toEqual([]);
    await ordered(guardian('HH00001', 'HH00005'));
    expect(await guard('payee-of-many')).toMatchObject([
      {
        subject: 'HH00005',
        facts: { holders: '3', reasons: '3' },
        parties: ['HH00001', 'HH00004', 'HH00006'],
      },
    ]);
    await edge.advanceTo('2026-03-10T15:59:00Z');
    expect(await accountOf('HH00006')).toMatchObject({ payee: 'HH00005' });
    await edge.advanceTo('2026-03-10T16:00:00Z');
    expect(await accountOf('HH00006')).toMatchObject({ last4: '0006', payee: null });
  });

  it('is refused with every fault in one pass', async () => {
    const wrong = {
      partyExternalNo: 'HH00006',
      payeeExternalNo: 'HH00006',
      from: '2026-03-20',
      to: '2026-03-19',
    };
    expect(
      faultsOf(await propose({ ...wrong, evidence: '电话13900000001', documentNo: '13900000001' })),
    ).toEqual([
      ['payeeExternalNo', 'PAYEE_IS_HOLDER'],
      ['reason', 'PAYEE_REASON_MISSING'],
      ['to', 'PAYEE_TERM_WRONG'],
      ['documentNo', 'PERSONAL_NUMBER_IN_TEXT'],
      ['evidence', 'PERSONAL_NUMBER_IN_TEXT'],
    ]);
    expect(faultsOf(await propose({ ...guardian('HH00006', 'NOBODY'), reason: 'proxy' }))).toEqual([
      ['payeeExternalNo', 'PARTY_UNKNOWN'],
      ['to', 'PAYEE_TERM_WRONG'],
    ]);
    expect(faultsOf(await propose(guardian('HH00006', 'HH00004')))).toEqual([
      ['payeeExternalNo', 'PAYEE_HAS_PAYEE'],
    ]);
    expect(codeOf(await propose({ ...guardian('HH00006', 'HH00005'), reason: 'friend' }))).toEqual([
      422,
      'FIELDS_INVALID',
    ]);
  });

  it('of two orders for one holder is the first, and the second is told what changed', async () => {
    const [one, two] = [
      await propose(guardian('HH00007', 'HH00005')),
      await propose(guardian('HH00007', 'HH00006')),
    ];
    const raced = await Promise.all([decide(one.body.id), decide(two.body.id)]);
    expect(raced.map(({ status }) => status).sort()).toEqual([201, 409]);
    const [winner, loser] = raced[0]!.status === 201 ? ['HH00005', two] : ['HH00006', one];
    const lost = raced.find(({ status }) => status === 409)!;
    expect(lost.body).toMatchObject({ code: 'PAYEE_CHANGED_MEANWHILE', party: 'HH00007', payee: winner });
    expect((await decide(loser.body.id, { rejection: '已有人变更' })).status).toBe(201);
  });

  it('is nobody when the payee is closed, and a guard tells', async () => {
    const reviewer = await edge.staff('forestry-reviewer', COUNTY);
    const order = { event: 'close', partyExternalNo: 'HH00005', day: '2026-03-10', ...PAPER };
    const { body } = await edge.call('POST', 'books/county/party-orders', clerk, order);
    await edge.call('POST', `books/county/party-orders/${body.id}/decision`, reviewer, {});
    expect(await accountOf('HH00001')).toBeNull();
    const found = await guard('payee-closed');
    expect(found).toMatchObject([{ subject: 'HH00005', facts: { closedOn: '2026-03-10' } }]);
    expect(found[0].parties).toEqual(expect.arrayContaining(['HH00001', 'HH00004']));
    expect(faultsOf(await propose(guardian('HH00006', 'HH00005')))).toEqual([
      ['payeeExternalNo', 'PARTY_CLOSED'],
    ]);
  });

  it('waits for its day, and is for those who answer for the place', async () => {
    const { body } = await propose({ ...guardian('HH00003', 'HH00006'), from: '2026-03-20' }, '', handler);
    expect(codeOf(await decide(body.id))).toEqual([404, 'PAYEE_ORDER_UNKNOWN']);
    const there = await edge.staff('town-finance', OTHER_TOWN);
    expect(codeOf(await decide(body.id, {}, there))).toEqual([409, 'PAYEE_ORDER_TOO_EARLY']);
    expect(codeOf(await propose(guardian('HH00003', 'HH00006')))).toEqual([404, 'PARTY_UNKNOWN']);
    expect(codeOf(await decide('no-uuid'))).toEqual([404, 'PAYEE_ORDER_UNKNOWN']);
  });

  it('is not for the application’s role to say without an order', async () => {
    const client = new Client({ connectionString: edge.database.appUrl });
    await client.connect();
    const some = `(SELECT id FROM registry.payee_order WHERE state = 'approved' AND payee IS NOT NULL LIMIT 1)`;
    try {
      for (const sql of [
        `INSERT INTO registry.payee (book, id, party, payee, reason, valid, document_no, payee_order, recorded_at)
         SELECT t.book, gen_random_uuid(), t.id, o.id, 'guardian', '[${TODAY},)', 'x', ${some}, now()
           FROM registry.party t, registry.party o WHERE t.external_no = 'HH00002' AND o.external_no = 'HH00006'`,
        `UPDATE registry.payee SET payee = party`,
        `UPDATE registry.payee SET valid = '[2020-01-01,)', ended_by = ${some}`,
        `DELETE FROM registry.payee`,
        `UPDATE registry.payee_order SET state = 'rejected', rejection = 'x' WHERE state = 'approved'`,
      ]) {
        await expect(client.query(sql)).rejects.toThrow(
          /permission denied|only by an order|only ends|was decided before/,
        );
      }
    } finally {
      await client.end();
    }
  });
});
