import { FiguresHttpModule } from '../../apps/api/src/figures/figures-http.module';
import { FundsHttpModule } from '../../apps/api/src/funds/funds-http.module';
import { INDICATOR } from './funds-words';
import { COUNTY, RegistryEdge } from './registry-edge';

describe('agreements between books, year ends and the use of money over HTTP', () => {
  let edge: RegistryEdge;
  const tokens: Record<string, string> = {};
  let collective: string;

  beforeAll(async () => {
    edge = await RegistryEdge.start([FundsHttpModule, FiguresHttpModule]);
    const { handler, idOf } = await edge.loadCounty();
    [tokens.handler, collective] = [handler, idOf('JT1')];
    for (const post of ['indicator-keeper', 'finance-review', 'town-finance', 'auditor']) {
      tokens[post] = await edge.staff(post, COUNTY);
    }
    tokens.otherKeeper = await edge.staff('indicator-keeper', '610921', 'other');
    tokens.otherReview = await edge.staff('finance-review', '610921', 'other');
  });
  afterAll(() => edge.stop());

  const post = (path: string, who: string, body: object = {}) =>
    edge.call('POST', `books/${path}`, tokens[who], body);
  const get = async (path: string, who = 'auditor') =>
    (await edge.call('GET', `books/${path}`, tokens[who])).body;
  const AGREEMENT = {
    ...{
      otherBook: 'other',
      side: 'payer',
      agreementNo: '横向补偿1号',
      purpose: '水源涵养',
      amountFen: '500000',
    },
    ...{ from: '2026-01-01', to: '2026-12-31' },
  };

  it('brings money from one book into the other, and neither book’s sums break', async () => {
    const { body: indicator } = await post('county/indicators', 'indicator-keeper', INDICATOR);
    expect((await post('county/agreements', 'finance-review', AGREEMENT)).status).toBe(403);
    expect(
      await post('county/agreements', 'indicator-keeper', { ...AGREEMENT, otherBook: 'nowhere' }),
    ).toMatchObject({
      ...{ status: 404, body: { code: 'OTHER_BOOK_UNKNOWN' } },
    });
    const { body } = await post('county/agreements', 'indicator-keeper', AGREEMENT);
    const at = `agreements/${body.id}`;
    expect((await post(`other/${at}/acceptance`, 'indicator-keeper')).status).toBe(403);
    expect((await post(`other/${at}/acceptance`, 'otherKeeper')).status).toBe(201);
    for (const [book, who] of [
      ['county', 'finance-review'],
      ['other', 'otherReview'],
    ] as const) {
      expect(await post(`${book}/${at}/decision`, who)).toMatchObject({
        status: 201,
        body: { state: 'approved' },
      });
    }
    const remittance = { indicatorId: indicator.id, amountFen: '400000', documentNo: '拨1' };
    expect(await post(`county/${at}/transfers`, 'indicator-keeper', remittance)).toMatchObject({
      status: 201,
      body: { no: 1 },
    });
    const document = { ...INDICATOR, amountFen: undefined, fundSource: undefined };
    expect(await post(`other/${at}/transfers/x/receipt`, 'otherKeeper', document)).toMatchObject({
      ...{ status: 404, body: { code: 'TRANSFER_UNKNOWN' } },
    });
    expect(await post(`other/${at}/transfers/1/receipt`, 'otherKeeper', document)).toMatchObject({
      ...{ status: 201, body: { amountFen: '400000' } },
    });
    const benefit = {
      ...{ kind: 'pairing', description: '对口协作', valuedFen: '90000000', givenOn: '2026-03-01' },
      documentNo: '协作1',
    };
    expect((await post(`county/${at}/benefits`, 'indicator-keeper', benefit)).status).toBe(201);
    const confirmed = await post(`other/${at}/benefits`, 'otherKeeper', { ...benefit, confirms: 1 });
    expect(confirmed).toMatchObject({ status: 201, body: { no: 1 } });
    expect((await get('county/agreements')).items).toMatchObject([
      { side: 'payer', remittedFen: '400000', receivedFen: '400000', benefitsValuedFen: '90000000' },
    ]);
    expect(await get('county/figures/fiscal')).toMatchObject({
      ...{ allotted: '1000000', clearingIn: '0', fund: '600000', clearingOut: '400000' },
    });
    expect(await get('other/figures/fiscal', 'otherKeeper')).toMatchObject({
      ...{ allotted: '0', clearingIn: '400000', fund: '400000', clearingOut: '0' },
    });
  });

  it('closes an indicator at its year’s end, proposed by one and decided by another', async () => {
    const { body: indicator } = await post('county/indicators', 'indicator-keeper', {
      ...INDICATOR,
      docNo: 'Y1',
    });
    const adjustment = { documentNo: 'T1', changeFen: '-1000001', reason: '追减', day: '2026-03-01' };
    const adjust = (change: object) =>
      post(`county/indicators/${indicator.id}/adjustments`, 'indicator-keeper', { ...adjustment, ...change });
    expect(await adjust({})).toMatchObject({
      status: 409,
      body: {
        code: 'INDICATOR_LOCKED',
        allotted: '1000000',
        available: '1000000',
        asked: '1000001',
        locked: '0',
      },
    });
    expect(await adjust({ changeFen: '-1000' })).toMatchObject({
      status: 201,
      body: { allottedFen: '999000' },
    });
    expect((await adjust({ changeFen: '-0' })).status).toBe(422);
    const wish = { indicatorId: indicator.id, action: 'carry-over', documentNo: 'Y1结转' };
    expect(await post('county/year-ends', 'indicator-keeper', wish)).toMatchObject({
      ...{ status: 409, body: { code: 'YEAR_NOT_ENDING', from: '2026-12-01' } },
    });
    await edge.advanceTo('2026-12-20T09:00:00+08:00');
    const { body: proposed } = await post('county/year-ends', 'indicator-keeper', wish);
    expect(proposed).toMatchObject({ availableFen: '999000' });
    expect((await post(`county/year-ends/${proposed.id}/decision`, 'indicator-keeper')).status).toBe(403);
    const decided = await post(`county/year-ends/${proposed.id}/decision`, 'finance-review');
    expect(decided).toMatchObject({ status: 201, body: { amountFen: '999000' } });
    const old = await get(`county/indicators/${indicator.id}`);
    expect(old).toMatchObject({ availableFen: '0', recoveredFen: '999000', allottedFen: '999000' });
    expect(old.documents.map(({ kind }: { kind: string }) => kind)).toEqual([
      'allotted',
      'adjusted',
      'carried-over',
    ]);
    expect(await get(`county/indicators/${decided.body.newIndicator}`)).toMatchObject({
      ...{ year: 2027, carriedFrom: indicator.id, documents: [{ kind: 'carried-in', other: indicator.id }] },
    });
    expect((await get('county/year-ends?state=approved')).items).toMatchObject([{ id: proposed.id }]);
    expect(await edge.call('GET', 'books/county/indicators/x', tokens.auditor)).toMatchObject({
      ...{ status: 404, body: { code: 'INDICATOR_UNKNOWN' } },
    });
  });

  it('takes vouchers of collectives for what they used money for, and shows what is wrong', async () => {
    const use = {
      ...{ partyId: collective, useKind: 'office', amountFen: '500', documentNo: '票1' },
      ...{ usedOn: '2026-12-01', evidenceSha256: 'b'.repeat(64) },
    };
    const recorded = await post('county/use-vouchers', 'town-finance', use);
    expect(recorded.status).toBe(201);
    expect((await post('county/use-vouchers', 'finance-review', use)).status).toBe(403);
    expect((await post('county/use-vouchers', 'town-finance', { ...use, useKind: 'party' })).status).toBe(
      422,
    );
    // Nothing here tells what was received, so all that was used is more.
    expect((await get('county/use-of-funds')).items).toMatchObject([
      {
        ...{ id: collective, receivedFen: '0', usedFen: '500', residualFen: '-500' },
        findings: [{ code: 'USED_MORE_THAN_RECEIVED' }, { code: 'USE_NOT_ALLOWED', useKind: 'office' }],
      },
    ]);
    const voiding = { reason: '重复' };
    expect(
      (await post(`county/use-vouchers/${recorded.body.id}/voiding`, 'town-finance', voiding)).status,
    ).toBe(403);
    expect((await post(`county/use-vouchers/${recorded.body.id}/voiding`, 'handler', voiding)).status).toBe(
      201,
    );
    expect((await get('county/use-of-funds')).items).toEqual([]);
    expect((await get(`county/use-vouchers?partyId=${collective}`)).items).toMatchObject([
      { voidReason: '重复' },
    ]);
    const rules = (await get('county/earmarks')).items as { payeeKind: string; useKind: string }[];
    expect(rules).toContainEqual(
      expect.objectContaining({ payeeKind: 'collective', useKind: 'member-subsidy' }),
    );
    const rule = {
      payeeKind: 'township',
      useKind: 'office',
      isAllowed: true,
      from: '2026-12-01',
      documentNo: 'd',
    };
    expect((await post('county/earmarks', 'town-finance', rule)).status).toBe(403);
    expect((await post('county/earmarks', 'finance-review', rule)).status).toBe(201);
  });
});
