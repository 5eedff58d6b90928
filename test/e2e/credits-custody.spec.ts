import { COUNTY, TOWNSHIP } from '../invariants/credits-county';
import { consent, household, parcel, right } from '../invariants/registry-book';
import { BOOK, CreditsEdge, type Answer } from './credits-edge';

const CODE = `${TOWNSHIP}-2025-g1`;
const PLATFORM = { code: 'hbets', name: '省碳排放权交易中心', documentNo: '托管协议〔2026〕1号' };

/** Household 1 lets 60 % of its grams be sold, household 2 none; household 3 has memorandum grams. */
describe('custody with other platforms over HTTP', () => {
  let edge: CreditsEdge;
  let registrar: string;
  let reviewer: string;

  beforeAll(async () => {
    edge = await CreditsEdge.start();
    const { county } = edge;
    await county.import('parties', [household(1), household(2), household(3)]);
    await county.import('parcels', [parcel(1), parcel(2), parcel(3, { right_registered: 'false' })]);
    await county.import('rights', [right(1, 1), right(2, 2), right(3, 3)]);
    await county.import('consents', [consent(1), consent(3)]);
    await county.issueAll();
    registrar = await edge.staff('credit-registrar', COUNTY);
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
  });
  afterAll(() => edge.stop());

  const at = (path: string) => `books/${BOOK}/custody/${path}`;
  const codeOf = ({ status, body }: Answer) => [status, body.code];
  const out = (rest: object = {}, token = registrar) =>
    edge.post(
      at('moves-out'),
      {
        ...{
          platform: 'hbets',
          reference: 'T-1',
          grams: '500000',
          partyExternalNo: 'HH00001',
          issuance: CODE,
        },
        ...{ documentNo: '申请〔2026〕1号', ...rest },
      },
      token,
    );

  it('begins with a platform that a document allows', async () => {
    expect(codeOf(await out())).toEqual([404, 'PLATFORM_UNKNOWN']);
    expect((await edge.post(at('platforms'), PLATFORM, registrar)).status).toBe(201);
    expect(codeOf(await edge.post(at('platforms'), PLATFORM, registrar))).toEqual([409, 'PLATFORM_EXISTS']);
    expect((await edge.get(at('platforms'), reviewer)).body).toEqual({ items: [PLATFORM] });
  });

  it('takes only what its holder lets go of and what may be sold', async () => {
    const answers = [
      await out({ issuance: 'no-such' }),
      await out({ issuance: `${TOWNSHIP}-2025-g0`, partyExternalNo: 'HH00003' }),
      await out({ partyExternalNo: 'HH00009' }),
      await out({ partyExternalNo: 'HH00002' }),
      await out({ grams: '0' }),
      await out({}, reviewer),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual([
      ...['ISSUANCE_UNKNOWN', 'GRADE_IS_MEMORANDUM', 'SUPPLIER_UNKNOWN', 'CONSENTED_GRAMS_INSUFFICIENT'],
      ...['FIELDS_INVALID', 'POST_REQUIRED'],
    ]);
    expect(answers[3]!.body).toMatchObject({ available: '0', asked: '500000' });
  });

  it('moves out, is confirmed, and tells ours and theirs', async () => {
    const { body } = await out();
    expect(codeOf(await out())).toEqual([409, 'TRANSFER_REFERENCE_TAKEN']);
    expect((await edge.post(at(`transfers/${body.id}/decision`), {}, reviewer)).body).toEqual({
      ...{ id: body.id, state: 'sent' },
    });
    const lines = [{ reference: 'T-1', issuance: CODE, grams: '500000', outcome: 'held' }];
    const told = await edge.post(
      at('statements'),
      { platform: 'hbets', day: '2026-03-02', lines },
      registrar,
    );
    expect([told.status, told.body]).toMatchObject([
      201,
      {
        balances: [{ issuance: CODE, oursGrams: '500000', theirsGrams: '500000' }],
        ...{ differences: [], confirmed: [body.id] },
      },
    ]);
    const listed = await edge.get(at('transfers?state=confirmed&limit=1'), reviewer);
    expect(listed.body).toMatchObject({
      items: [{ reference: 'T-1', partyExternalNo: 'HH00001', grams: '500000', state: 'confirmed' }],
      next: null,
    });
    expect(JSON.stringify(listed.body)).not.toContain('测试户');
    const [kept] = (await edge.get(at('statements'), reviewer)).body.items;
    expect(kept.reconciliation.balances).toEqual(told.body.balances);
    const page = await edge.get(`public/books/${BOOK}/one-book`);
    expect(page.body.credits.external).toBe('500000');
  });

  it('never makes units of others', async () => {
    const wish = {
      of: '00000000-0000-4000-8000-000000000000',
      reference: 'R-1',
      grams: '1',
      documentNo: '函1号',
    };
    expect(codeOf(await edge.post(at('moves-in'), wish, registrar))).toEqual([
      409,
      'FOREIGN_UNITS_NEVER_MINTED',
    ]);
  });

  it('rejects with a reason, and then nothing moved', async () => {
    const { body } = await out({ reference: 'T-2', grams: '1000' });
    const decided = await edge.post(at(`transfers/${body.id}/decision`), { rejection: '协议未签' }, reviewer);
    expect(decided.body).toEqual({ id: body.id, state: 'rejected' });
    expect(codeOf(await edge.post(at(`transfers/${body.id}/decision`), {}, reviewer))).toEqual([
      ...[409, 'TRANSFER_DECIDED'],
    ]);
    expect(await edge.county.grams('external')).toBe(500_000n);
  });
});
