import { Client } from 'pg';

import { csv, household, OTHER_VILLAGE, residentNumber, right, VILLAGE } from '../invariants/registry-book';
import { COUNTY, OTHER_TOWN, RegistryEdge, TOWN, type Answer } from './registry-edge';

const TODAY = '2026-03-02';
const NEXT_DAY = '2026-03-03';
const PAPER = { documentNo: '户籍〔2026〕3号', evidence: '户口簿复印件，村档案室' };

/** Parcel 1 is held by household 1 (66.6667 %) and 2 (33.3333 %), parcel 2 by household 2; 4 to 9 hold one each. */
describe('orders about parties', () => {
  let edge: RegistryEdge;
  let clerk: string;
  let handler: string;
  let reviewer: string;
  let idOf: (externalNo: string) => string;

  beforeAll(async () => {
    edge = await RegistryEdge.start();
    ({ handler } = await edge.loadCounty());
    const more = [4, 5, 6, 7, 8, 9];
    const parties = more.map((n) => household(n));
    const rights = more.map((n) => right(n === 4 || n === 8 ? 3 : 2, n, { right_kind: KINDS[n]! }));
    for (const [kind, file] of [
      ['parties', csv('parties', parties)],
      ['rights', csv('rights', rights)],
    ] as const) {
      expect((await edge.upload(kind, handler, file)).body).toMatchObject({ kind, rows: 6 });
    }
    clerk = await edge.staff('village-clerk', VILLAGE);
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
    const { body } = await edge.call('GET', 'books/county/parties?limit=200', handler);
    const ids = new Map(
      (body.items as { externalNo: string; id: string }[]).map((one) => [one.externalNo, one.id]),
    );
    idOf = (externalNo) => ids.get(externalNo) ?? 'missing';
  });
  afterAll(() => edge.stop());

  const propose = (body: object, query = '', token = clerk) =>
    edge.call('POST', `books/county/party-orders${query}`, token, { ...PAPER, day: TODAY, ...body });
  const decide = (id: string, body: object = {}, token = reviewer) =>
    edge.call('POST', `books/county/party-orders/${id}/decision`, token, body);
  const file = async (id: string, day?: string) =>
    (await edge.call('GET', `books/county/parties/${id}${day ? `?day=${day}` : ''}`, handler)).body;
  const codeOf = ({ status, body }: Answer) => [status, body.code];
  const faultsOf = ({ body }: Answer) =>
    body.errors?.map(({ row, field, code }: Record<string, unknown>) => [row, field, code]);
  const holders = async (parcel: string, kind = 'management', day = TODAY): Promise<string[]> =>
    query(
      `SELECT r.party_external_no || ' ' || r.share_ppm AS text FROM registry.right_current r
         JOIN registry.parcel p ON p.book = r.book AND p.id = r.parcel
        WHERE p.code = $1 AND r.kind = $2 AND r.valid @> $3::date ORDER BY 1`,
      [parcel, kind, day],
    );
  const query = async (sql: string, params: unknown[] = []): Promise<string[]> =>
    (await edge.look<{ text: string }>(sql, params)).map(({ text }) => text);
  const split = (serial: number, rest: object = {}) => ({
    event: 'split',
    partyExternalNo: 'HH00001',
    facts: { externalNo: `HH000${serial}`, name: `分出户${serial}`, idNumber: residentNumber(serial) },
    moves: [{ parcelCode: 'XB00001', kind: 'management', sharePercent: '20' }],
    ...rest,
  });

  it('tell in words what would change, in a dry run that records nothing', async () => {
    const { status, body } = await propose(split(31), '?dryRun=true');
    expect([status, body.id]).toEqual([200, null]);
    expect(body.summary.zh).toBe('HH00001 自 2026-03-02 起分户，新户 HH00031；变动权利 1 项');
    expect((await edge.call('GET', 'books/county/party-orders', clerk)).body).toEqual({
      items: [],
      next: null,
    });
  });

  it('are refused with every fault in one pass, personal numbers untold', async () => {
    const right = residentNumber(31);
    const wrong = right.slice(0, 17) + (right.endsWith('0') ? '1' : '0');
    const answer = await propose(
      split(31, {
        facts: { externalNo: 'HH00002', name: '户13900000001', idNumber: wrong, phone: '123' },
        moves: [
          { parcelCode: 'XB00001', kind: 'management', sharePercent: '90' },
          { parcelCode: 'XB00002', kind: 'management' },
        ],
        evidence: '身份证610924195001010013',
        intoExternalNo: 'HH00002',
      }),
    );
    expect(codeOf(answer)).toEqual([422, 'PARTY_ORDER_REFUSED']);
    expect(faultsOf(answer)).toEqual([
      [null, 'intoExternalNo', 'FIELD_NOT_WANTED'],
      [null, 'evidence', 'PERSONAL_NUMBER_IN_TEXT'],
      [null, 'facts.name', 'PERSONAL_NUMBER_IN_TEXT'],
      [null, 'facts.idNumber', 'ID_NUMBER_CHECKSUM'],
      [null, 'facts.phone', 'PHONE_MALFORMED'],
      [null, 'facts.externalNo', 'ALREADY_IN_BOOK'],
      [1, 'sharePercent', 'SHARES_OVER_HELD'],
      [2, 'parcelCode', 'RIGHT_NOT_HELD'],
    ]);
    expect(JSON.stringify(answer.body)).not.toMatch(/\d{17}|139\d{8}/);
    const taken = { externalNo: 'HH00002', name: '户', idNumber: residentNumber(1) };
    expect(faultsOf(await propose(split(31, { facts: taken, moves: [] })))).toEqual([
      [null, 'facts.externalNo', 'ALREADY_IN_BOOK'],
      [null, 'facts.idNumber', 'ALREADY_IN_BOOK'],
    ]);
  });

  it('split a household: the new one has what was given to it, no account, and is nobody’s before', async () => {
    const { body } = await propose(split(31));
    expect(codeOf(await decide(body.id, {}, clerk))).toEqual([403, 'POST_REQUIRED']);
    expect(await holders('XB00001')).toEqual(['HH00001 666667', 'HH00002 333333']);
    expect((await decide(body.id)).status).toBe(201);
    expect(await holders('XB00001')).toEqual(['HH00001 466667', 'HH00002 333333', 'HH00031 200000']);
    expect(await holders('XB00001', 'management', '2026-03-01')).toEqual([
      'HH00001 666667',
      'HH00002 333333',
    ]);
    expect(codeOf(await decide(body.id))).toEqual([409, 'PARTY_ORDER_DECIDED']);
    const list = await edge.call('GET', 'books/county/parties?q=HH00031', clerk);
    const [made] = list.body.items;
    expect(made).toMatchObject({ kind: 'household', name: '分出户31', hasPhone: false, account: null });
    expect(await file(made.id)).toMatchObject({
      party: { from: TODAY, closedOn: null, hasIdNumber: true },
      rights: [{ right: { sharePpm: '200000', documentNo: PAPER.documentNo } }],
      events: [{ event: 'split', state: 'approved', other: { externalNo: 'HH00031' } }],
    });
    expect((await file(made.id, '2026-03-01')).party).toBeNull();
    const orders = (await edge.call('GET', 'books/county/right-orders?state=approved', handler)).body.items;
    expect(orders).toMatchObject([{ reason: 'division', partyOrder: body.id, parcel: { code: 'XB00001' } }]);
  });

  it('join two households: all rights go over, the one is closed, its consent ended, its money the other’s', async () => {
    const { body } = await propose({ event: 'merge', partyExternalNo: 'HH00002', intoExternalNo: 'HH00005' });
    expect(body.summary.zh).toBe('HH00002 自 2026-03-02 起并入 HH00005，原户销户；变动权利 2 项');
    expect((await decide(body.id)).status).toBe(201);
    expect(await holders('XB00002')).toEqual(['HH00005 1000000']);
    expect(await holders('XB00001')).toContain('HH00005 333333');
    expect(await file(idOf('HH00002'))).toMatchObject({
      party: { closedOn: TODAY },
      rights: [],
      account: { last4: '0005', payee: { externalNo: 'HH00005', reasonZh: '并入户' } },
      payees: [{ reason: 'merged', payeeExternalNo: 'HH00005', from: TODAY, to: null }],
    });
    expect((await file(idOf('HH00002'), '2026-03-01')).party).toMatchObject({
      closedOn: null,
      to: '2026-03-01',
    });
    expect(
      await query(`SELECT revoked_at::text AS text FROM registry.consent WHERE revoked_at IS NULL`),
    ).toEqual([]);
    expect(faultsOf(await propose({ event: 'close', partyExternalNo: 'HH00002' }))).toEqual([
      [null, 'partyExternalNo', 'PARTY_CLOSED'],
    ]);
  });

  it('close a household: named rights go to heirs, the others stay and a guard finds them', async () => {
    const moves = [
      { parcelCode: 'XB00001', kind: 'management', toExternalNo: 'HH00007', sharePercent: '40' },
    ];
    await edge.advanceTo('2026-03-03T01:00:00Z');
    const { body } = await propose({ event: 'close', partyExternalNo: 'HH00001', day: NEXT_DAY, moves });
    expect(body.staying).toEqual([{ code: 'XB00001', kind: 'management' }]);
    expect((await decide(body.id)).status).toBe(201);
    expect(await holders('XB00001', 'management', NEXT_DAY)).toEqual([
      ...['HH00001 66667', 'HH00005 333333', 'HH00007 400000', 'HH00031 200000'],
    ]);
    expect(await file(idOf('HH00001'))).toMatchObject({ party: { closedOn: NEXT_DAY }, account: null });
    const found = await edge.call('GET', 'books/county/registry-guards/holder-closed/findings', reviewer);
    expect(found.body.items).toMatchObject([
      { subject: 'HH00001', facts: { closedOn: NEXT_DAY, parcels: '1' }, parcels: ['XB00001'] },
    ]);
  });

  it('change the head of a household: whoever had the old phone sees it no more, and what was stays told', async () => {
    const facts = { name: '新户主', idNumber: residentNumber(46), phone: '13977770006' };
    const { body } = await propose({ event: 'head', partyExternalNo: 'HH00006', facts });
    expect(body.changed).toEqual(['name', 'idNumber', 'phone']);
    expect((await decide(body.id)).status).toBe(201);
    const own = async (phone: string) =>
      (await edge.call('GET', 'books/county/my/land', await edge.person(phone))).body.parties.map(
        ({ name }: { name: string }) => name,
      );
    expect([await own('13977770006'), await own(household(6).phone!)]).toEqual([['新户主'], []]);
    const page = await file(idOf('HH00006'));
    expect(page.versions).toMatchObject([
      { name: '新户主', from: TODAY, to: null, supersededAt: null },
      { name: '测试户6', from: null, to: '2026-03-01' },
    ]);
    expect((await file(idOf('HH00006'), '2026-03-01')).party.name).toBe('测试户6');
    expect(JSON.stringify(page)).not.toMatch(/\d{17}[\dX]|139\d{8}|Sealed|Index/);
  });

  it('correct what is wrong, and refuse what is so already', async () => {
    const facts = { name: '更正户7', region: OTHER_VILLAGE };
    expect(faultsOf(await propose({ event: 'correct', partyExternalNo: 'HH00007', facts }))).toEqual([
      [null, 'facts.region', 'REGION_OUTSIDE_SCOPE'],
    ]);
    const { body } = await propose({ event: 'correct', partyExternalNo: 'HH00007', facts }, '', handler);
    expect(body.summary.zh).toBe('HH00007 自 2026-03-02 起更正：名称、所属地区');
    expect((await decide(body.id)).status).toBe(201);
    expect((await file(idOf('HH00007'))).party).toMatchObject({ name: '更正户7', region: OTHER_VILLAGE });
    const again = { event: 'correct', partyExternalNo: 'HH00007', facts: { name: '更正户7' } };
    expect(codeOf(await propose(again, '', handler))).toEqual([409, 'PARTY_UNCHANGED']);
  });

  it('of two about one household the first wins, and the second is told what changed', async () => {
    const correct = (name: string) => ({ event: 'correct', partyExternalNo: 'HH00008', facts: { name } });
    const [one, two] = [await propose(correct('户甲')), await propose(correct('户乙'))];
    const raced = await Promise.all([decide(one.body.id), decide(two.body.id)]);
    expect(raced.map(({ status }) => status).sort()).toEqual([201, 409]);
    const lost = raced.find(({ status }) => status === 409)!;
    expect(lost.body).toMatchObject({ code: 'PARTY_CHANGED_MEANWHILE', parties: ['HH00008'] });
    const loser = raced[0]!.status === 409 ? one : two;
    expect((await decide(loser.body.id, { rejection: '已有人变更' })).status).toBe(201);
  });

  it('lose against an order of rights that was approved meanwhile', async () => {
    const moves = [{ parcelCode: 'XB00002', kind: KINDS[9]!, sharePercent: '50' }];
    const order = split(39, { partyExternalNo: 'HH00009', moves });
    const { body } = await propose(order);
    const sale = await edge.call('POST', 'books/county/right-orders', handler, {
      ...{
        parcelCode: 'XB00002',
        kind: KINDS[9],
        from: NEXT_DAY,
        reason: 'transfer',
        evidence: PAPER.evidence,
      },
      shares: [{ partyExternalNo: 'HH00004', sharePercent: '100', documentNo: 'D9' }],
    });
    await edge.call('POST', `books/county/right-orders/${sale.body.id}/decision`, reviewer, {});
    const lost = await decide(body.id);
    expect(codeOf(lost)).toEqual([409, 'PARTY_CHANGED_MEANWHILE']);
    expect(lost.body.parcels).toEqual(['XB00002']);
    expect((await edge.call('GET', 'books/county/parties?q=HH00039', clerk)).body.items).toEqual([]);
  });

  it('wait for their day, and are for those who answer for the place', async () => {
    const later = {
      event: 'correct',
      partyExternalNo: 'HH00009',
      facts: { name: '户九' },
      day: '2026-03-09',
    };
    const { body } = await propose(later);
    expect(codeOf(await decide(body.id))).toEqual([409, 'PARTY_ORDER_TOO_EARLY']);
    const elsewhere = await edge.staff('forestry-reviewer', OTHER_TOWN);
    expect(codeOf(await decide(body.id, {}, elsewhere))).toEqual([404, 'PARTY_ORDER_UNKNOWN']);
    expect((await edge.call('GET', 'books/county/party-orders', elsewhere)).body.items).not.toContainEqual(
      expect.objectContaining({ id: body.id }),
    );
    expect(codeOf(await decide('no-uuid'))).toEqual([404, 'PARTY_ORDER_UNKNOWN']);
    const stranger = await edge.staff('village-clerk', OTHER_VILLAGE);
    expect(codeOf(await propose(later, '', stranger))).toEqual([404, 'PARTY_UNKNOWN']);
    const collective = {
      event: 'head',
      partyExternalNo: 'JT1',
      facts: { name: '社', idNumber: residentNumber(47) },
    };
    expect(faultsOf(await propose(collective))).toContainEqual([null, 'partyExternalNo', 'PARTY_KIND_WRONG']);
    const town = await edge.staff('forestry-reviewer', TOWN);
    expect((await decide(body.id, { rejection: '撤回' }, town)).status).toBe(201);
  });

  it('come in pages that meet without gap or overlap', async () => {
    const whole = (await edge.call('GET', 'books/county/party-orders?limit=200', handler)).body.items;
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await edge.call('GET', `books/county/party-orders?limit=2${cursor}`, handler);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.next === null ? null : `&cursor=${body.next}`;
    }
    expect(seen).toEqual(whole.map(({ id }: { id: string }) => id));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('are the only way in which the application’s role can change a party', async () => {
    const client = new Client({ connectionString: edge.database.appUrl });
    await client.connect();
    const approved = `(SELECT id FROM registry.party_order WHERE state = 'approved' AND event = 'split' LIMIT 1)`;
    try {
      for (const sql of [
        `UPDATE registry.party SET name = 'x'`,
        `UPDATE registry.party SET name = 'x', version = version + 1, facts_from = '${TODAY}', changed_at = now(),
                changed_by = ${approved} WHERE external_no = 'HH00004'`,
        `UPDATE registry.party SET external_no = 'x'`,
        `UPDATE registry.party SET closed_on = NULL WHERE external_no = 'HH00002'`,
        `UPDATE registry.party_order SET state = 'rejected', rejection = 'x' WHERE state = 'approved'`,
        `UPDATE registry.party_order SET moves = '[]'`,
        `INSERT INTO registry.party_past SELECT * FROM registry.party_past`,
        `DELETE FROM registry.party_past`,
        `INSERT INTO registry.right_share (book, id, parcel, party, kind, share_ppm, valid, document_no, recorded_at)
         SELECT p.book, gen_random_uuid(), p.id, t.id, 'carbon-income', 1, '[${TODAY},)', 'x', now()
           FROM registry.parcel p, registry.party t WHERE p.code = 'XB00003' AND t.external_no = 'HH00002'`,
      ]) {
        await expect(client.query(sql)).rejects.toThrow(
          /permission denied|changes only by an order|is closed|was decided before/,
        );
      }
    } finally {
      await client.end();
    }
  });

  it('leave no personal number in the audit log', async () => {
    const [log] = await query(`SELECT string_agg(a::text, ' ') AS text FROM platform.audit a`);
    expect(log).toMatch(/propose-party-order/);
    expect(log).not.toMatch(/\d{17}[\dX]|13977770006|新户主|分出户/);
  });
});

/** A right of another kind each, so that nobody's shares meet. */
const KINDS: Readonly<Record<number, string>> = {
  ...{ 4: 'contract', 5: 'contract', 6: 'tree-ownership', 7: 'land-ownership', 8: 'carbon-income' },
  9: 'carbon-income',
};
