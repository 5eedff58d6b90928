import { Liens } from '@app/funds';
import { FundsHttpModule } from '../../apps/api/src/funds/funds-http.module';
import { household } from '../invariants/registry-book';
import { COUNTY, OTHER_TOWN, RegistryEdge } from './registry-edge';

const NUMBER = '6228480000012345678';

describe('pledges of future compensation over HTTP', () => {
  let edge: RegistryEdge;
  let handler: string;
  let reviewer: string;
  let party: string;
  let elsewhere: string;
  /** In charge of another town. */
  let town: string;

  beforeAll(async () => {
    edge = await RegistryEdge.start([FundsHttpModule]);
    const { handler: token, idOf } = await edge.loadCounty();
    [handler, party, elsewhere] = [token, idOf(household(1).external_no!), idOf(household(3).external_no!)];
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
    town = await edge.staff('forestry-handler', OTHER_TOWN);
  });
  afterAll(() => edge.stop());

  const post = (path: string, body: object, token = handler) =>
    edge.call('POST', `books/county/${path}`, token, body);
  const get = (path: string, token = reviewer) => edge.call('GET', `books/county/${path}`, token);
  const lien = (more: object = {}) => ({
    ...{ certificateNo: '收益证〔2026〕1号', partyId: party, programme: 'gyl', lender: '紫阳农商银行' },
    ...{ amountFen: '8000000', from: '2026-01-01', to: '2035-12-31', registrationNo: '登记1' },
    ...{ documentNo: '质押1号', account: { bank: 'RCB', number: NUMBER } },
    ...more,
  });
  const live = async (more: object) => {
    const { body } = await post('liens', lien(more));
    await post(`liens/${body.id}/decision`, {}, reviewer);
    return String(body.id);
  };

  it('are registered by one and checked by another, and hold from then on', async () => {
    const registered = await post('liens', lien());
    expect(registered.status).toBe(201);
    const { id } = registered.body;
    const [day, book] = ['2026-06-01', edge.books.county];
    const liens = edge.app.get(Liens, { strict: false });
    expect(await liens.liensOf(book, [party], day)).toEqual(new Map());
    expect((await post(`liens/${id}/decision`, {}, handler)).status).toBe(403);
    expect(await post(`liens/${id}/decision`, {}, reviewer)).toMatchObject({ body: { id, state: 'live' } });
    expect(await post(`liens/${id}/decision`, {}, reviewer)).toMatchObject({
      ...{ status: 409, body: { code: 'PROPOSAL_DECIDED', state: 'approved' } },
    });
    expect((await liens.liensOf(book, [party, elsewhere], day)).get(party)).toMatchObject([
      { id, programme: 'gyl', account: { bank: 'RCB', last4: '5678' } },
    ]);
    expect(await liens.liensOf(book, [party], '2036-01-01')).toEqual(new Map());
    expect((await liens.redirectAccounts(book, [id])).get(id)).toMatchObject({ bank: 'RCB', number: NUMBER });
    expect((await get(`liens?state=live&partyId=${party}`)).body.items).toMatchObject([
      { id, to: '2035-12-31' },
    ]);
  });

  it('show no account number anywhere but in a payment', async () => {
    for (const path of ['liens', `liens?partyId=${party}`]) {
      expect(JSON.stringify((await get(path)).body)).not.toContain(NUMBER.slice(0, 10));
    }
    const sealed = await edge.look<{ text: string }>(`SELECT to_jsonb(l)::text AS text FROM funds.lien l`);
    expect(sealed[0]!.text).not.toContain(NUMBER.slice(0, 10));
    expect(JSON.stringify(await edge.audited('funds.register-lien'))).not.toContain(NUMBER);
    await expect(edge.look(`SET ROLE tanhui_auditor; SELECT account_sealed FROM funds.lien`)).rejects.toThrow(
      /permission denied/,
    );
  });

  it.each([
    ['the same income in the same years', { certificateNo: 'x' }, 'INCOME_PLEDGED', 409],
    [
      'its last year too',
      { certificateNo: 'x', from: '2035-12-31', to: '2040-01-01' },
      'INCOME_PLEDGED',
      409,
    ],
    ['the same certificate', { programme: 'other' }, 'INCOME_PLEDGED', 409],
    ['nobody’s income', { partyId: '00000000-0000-4000-8000-000000000000' }, 'PARTY_UNKNOWN', 404],
    ['a term that runs backwards', { to: '2025-01-01', from: '2026-01-01' }, 'FUNDS_FIELD_WRONG', 422],
    ['a term of a lifetime', { certificateNo: 'x', to: '2080-01-01' }, 'FUNDS_FIELD_WRONG', 422],
    ['a phone for a document', { documentNo: '13812345678' }, 'PERSONAL_NUMBER_IN_TEXT', 422],
    ['nothing', { amountFen: '0' }, 'FIELDS_INVALID', 422],
    ['no account', { account: { bank: 'RCB' } }, 'FIELDS_INVALID', 422],
  ])('refuse %s', async (_what, more, code, status) => {
    expect(await post('liens', lien(more))).toMatchObject({ status, body: { code } });
  });

  it('are refused twice by the database itself, however many come at once', async () => {
    const sent = await Promise.all(
      Array.from({ length: 6 }, (_none, n) =>
        post('liens', lien({ certificateNo: `同${n}`, programme: 'race' })),
      ),
    );
    expect(sent.filter(({ status }) => status === 201)).toHaveLength(1);
    await expect(
      edge.look(`INSERT INTO funds.lien SELECT (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(),
        'certificate_no', 'z'))).* FROM funds.lien l WHERE l.programme = 'race'`),
    ).rejects.toThrow(/income_pledged_once/);
    await expect(
      edge.look(`UPDATE funds.lien SET state = 'live', decided_by = proposed_by, decided_at = now()
        WHERE programme = 'race'`),
    ).rejects.toThrow(/decided_by_another/);
    await expect(edge.look(`UPDATE funds.lien SET state = 'proposed' WHERE state = 'live'`)).rejects.toThrow(
      /registered, checked and released/,
    );
  });

  it('end by the lender’s document, and the income may be pledged again', async () => {
    const id = await live({ certificateNo: '再1', programme: 'again' });
    expect((await post(`liens/${id}/release`, { documentNo: '解除1号' })).status).toBe(403);
    expect(await post(`liens/${id}/release`, { documentNo: '解除1号' }, reviewer)).toMatchObject({
      status: 201,
    });
    expect(await post(`liens/${id}/release`, { documentNo: '解除1号' }, reviewer)).toMatchObject({
      ...{ status: 409, body: { code: 'LIEN_NOT_LIVE', state: 'released' } },
    });
    expect((await post('liens', lien({ certificateNo: '再2', programme: 'again' }))).status).toBe(201);
    expect(await post('liens/x/release', { documentNo: 'd' }, reviewer)).toMatchObject({
      ...{ status: 404, body: { code: 'LIEN_UNKNOWN' } },
    });
  });

  it('are seen by the household itself and by those in charge of its place', async () => {
    const person = await edge.person(household(1).phone!);
    const { body } = await get('my/liens', person);
    expect(body.items).toContainEqual(expect.objectContaining({ lender: '紫阳农商银行', state: 'live' }));
    expect(JSON.stringify(body)).not.toContain('proposedBy');
    expect((await get('my/liens', await edge.person('13900000000'))).body.items).toEqual([]);
    expect((await get('liens', person)).status).toBe(403);
    expect((await get('liens', town)).body.items).toEqual([]);
    expect(await post('liens', lien({ certificateNo: 'q', programme: 'q' }), town)).toMatchObject({
      status: 404,
    });
    expect((await get('liens', await edge.staff('village-clerk', COUNTY))).status).toBe(403);
  });

  it('rest on a certificate of what the party holds, what is pledged of it, and what it was paid', async () => {
    const { body } = await get(`income-certificates?partyId=${party}&programme=gyl`);
    const [land] = await edge.look<{ area: string }>(
      `SELECT sum(p.area_mu100 * r.share_ppm / 1000000)::bigint::text AS area FROM registry.right_current r
         JOIN registry.parcel_current p ON p.id = r.parcel
        WHERE r.party = '${party}' AND r.valid @> date '2026-03-02' AND p.right_registered AND p.scope @> date '2026-03-02'`,
    );
    expect(body).toMatchObject({
      ...{ holder: { id: party, externalNo: household(1).external_no }, programme: 'gyl', income: null },
      ...{ areaMu100: land!.area, pledged: [{ certificateNo: '收益证〔2026〕1号' }] },
    });
    expect((await get(`income-certificates?partyId=${party}&programme=gyl`, town)).status).toBe(404);
  });
});
