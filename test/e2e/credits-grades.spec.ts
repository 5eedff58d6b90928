import { RetireGrams, SellableGrams, type Grade } from '@app/credits';
import { COUNTY, expectBookInOrder, TOWNSHIP } from '../invariants/credits-county';
import { consent, household, parcel, right } from '../invariants/registry-book';
import { BOOK, CreditsEdge, type Answer } from './credits-edge';

const G1 = `${TOWNSHIP}-2025-g1`;
const G0 = `${TOWNSHIP}-2025-g0`;
const PAPER = { inclusion: '陕西省碳普惠', documentNo: '陕碳普惠〔2026〕5号', documentOn: '2026-02-20' };

/** Household 1 has land whose right is registered, household 2 has not: G1 and G0. Both let 60 % be sold. */
describe('grades of claims over HTTP', () => {
  let edge: CreditsEdge;
  let registrar: string;
  let reviewer: string;

  beforeAll(async () => {
    edge = await CreditsEdge.start();
    const { county } = edge;
    await county.import('parties', [household(1), household(2)]);
    await county.import('parcels', [parcel(1), parcel(2, { right_registered: 'false' })]);
    await county.import('rights', [right(1, 1), right(2, 2)]);
    await county.import('consents', [consent(1), consent(2)]);
    await county.issueAll();
    registrar = await edge.staff('credit-registrar', COUNTY);
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
  });
  afterAll(() => edge.stop());

  const at = (path: string) => `books/${BOOK}/${path}`;
  const codeOf = ({ status, body }: Answer) => [status, body.code];
  const propose = (grade: string, issuance = G1, rest: object = {}, token = registrar) =>
    edge.post(at('grade-changes'), { issuance, grade, ...PAPER, ...rest }, token);
  const decide = (id: string, body: object = {}, token = reviewer) =>
    edge.post(at(`grade-changes/${id}/decision`), body, token);
  const sellable = async (least: Grade) =>
    (await edge.county.get(SellableGrams).of(edge.county.book, least, 20)).grams;
  const retire = async (reference: string) => {
    const { cardId } = await edge.county.card(1_000n);
    await edge.county.done('operator', (tx) =>
      edge.county.get(RetireGrams).execute(tx, { items: [{ cardId, grams: 1_000n }], reference }),
    );
  };
  const shown = async (): Promise<Record<string, string>> => {
    const { body } = await edge.get(`public/books/${BOOK}/issuances`);
    return Object.fromEntries(body.items.map(({ code, grade }: Record<string, string>) => [code, grade]));
  };

  it('begin as what was issued', async () => {
    expect(await shown()).toEqual({ [G0]: 'G0', [G1]: 'G1' });
    expect([await sellable('G2'), await sellable('G3')]).toEqual([0n, 0n]);
    expect(await sellable('G1')).toBeGreaterThan(0n);
    await retire('before');
  });

  it('become G2 from the moment another person approves a provincial scheme’s document', async () => {
    const { status, body } = await propose('G2');
    expect(status).toBe(201);
    expect(codeOf(await propose('G2'))).toEqual([409, 'GRADE_CHANGE_OPEN']);
    expect(await sellable('G2')).toBe(0n);
    expect(codeOf(await decide(body.id, {}, registrar))).toEqual([403, 'POST_REQUIRED']);
    await edge.county.advanceTo('2026-03-03T01:00:00Z');
    expect((await decide(body.id)).status).toBe(201);
    expect(codeOf(await decide(body.id))).toEqual([409, 'PROPOSAL_DECIDED']);
    expect(await shown()).toEqual({ [G0]: 'G0', [G1]: 'G2' });
    expect(await sellable('G2')).toBe(await sellable('G1'));
    expect(codeOf(await propose('G2'))).toEqual([409, 'GRADE_UNCHANGED']);
  });

  it('stay what they were for what was retired before', async () => {
    await edge.county.advanceTo('2026-03-04T01:00:00Z');
    const expiresAt = new Date('2026-03-04T02:00:00Z');
    const order = edge.county.order(1_000n, { leastGrade: 'G2', expiresAt });
    expect((await edge.county.reserve(order)).ok).toBe(true);
    const { body } = await edge.get(`public/books/${BOOK}/serials/${G1.toUpperCase()}-1-3000`);
    expect(body.items.map(({ state, grade }: Record<string, string>) => [state, grade])).toEqual([
      ['retired', 'G1'],
      ['reserved-grams', 'G2'],
      ['holding', 'G2'],
    ]);
  });

  it('go back to G1 when the scheme takes it back, and the history says since when', async () => {
    const { body } = await propose('G1', G1, { documentNo: '陕碳普惠〔2026〕9号' });
    await edge.county.advanceTo('2026-03-05T01:00:00Z');
    expect((await decide(body.id)).status).toBe(201);
    expect(await sellable('G2')).toBe(0n);
    const history = await edge.get(`public/books/${BOOK}/issuances/${G1}/grades`);
    expect(history.body.items).toMatchObject([
      { grade: 'G1', from: '2026-03-02T01:00:00.000Z', inclusion: null },
      { grade: 'G2', from: '2026-03-03T01:00:00.000Z', ...PAPER },
      { grade: 'G1', from: '2026-03-05T01:00:00.000Z', documentNo: '陕碳普惠〔2026〕9号' },
    ]);
    expect(codeOf(await edge.get(`public/books/${BOOK}/issuances/none/grades`))).toEqual([
      404,
      'ISSUANCE_UNKNOWN',
    ]);
  });

  it.each(['G0', 'G1', 'G2', 'G3'] as const)('never let a memorandum be sold as %s', async (least) => {
    const household2 = await edge.county.partyId(2);
    const expiresAt = new Date('2026-03-05T02:00:00Z');
    // All there is and a gram more: only memorandum grams could make it up.
    const grams = (await sellable('G1')) + 1n;
    const reserved = await edge.county.reserve(edge.county.order(grams, { leastGrade: least, expiresAt }));
    expect(reserved).toMatchObject({ ok: false, reason: { code: 'CONSENTED_GRAMS_INSUFFICIENT' } });
    const left = await edge.county.query<{ place: string }>(
      `SELECT split_part(place, '/', 1) AS place FROM credits.serial_block WHERE party = $1 ORDER BY 1`,
      [household2],
    );
    expect(left).toEqual([{ place: 'buffer' }, { place: 'holding' }]);
  });

  it('are not given to a memorandum by any document', async () => {
    expect(codeOf(await propose('G2', G0))).toEqual([409, 'GRADE_IS_MEMORANDUM']);
    await expect(
      edge.county.query(
        `INSERT INTO credits.grade_change (book, id, issuance, grade, inclusion, document_no, document_on, proposed_by,
           proposed_at) SELECT book, gen_random_uuid(), id, 'G2', 'x', 'x', '2026-01-01', 'x', now()
           FROM credits.issuance WHERE code = $1`,
        [G0],
      ),
    ).rejects.toThrow(/issued to be sold/);
  });

  it.each(['reserved-grams/x', 'card/x', 'retired/x', 'external/x'])(
    'keep a memorandum from %s whatever the code does',
    async (place) => {
      await expect(
        edge.county.query(
          `UPDATE credits.serial_block b SET place = $1 FROM credits.issuance i
            WHERE i.id = b.issuance AND i.code = $2`,
          [place, G0],
        ),
      ).rejects.toThrow(/never sold/);
    },
  );

  it('tell all that is wrong with a proposal at once', async () => {
    const { status, body } = await propose('G2', G1, {
      documentOn: '2026-04-01',
      documentNo: '610924195001010013',
    });
    expect([status, body.code]).toEqual([422, 'GRADE_CHANGE_REFUSED']);
    expect(body.errors.map(({ field, code }: Record<string, string>) => [field, code])).toEqual([
      ['documentOn', 'DAY_WRONG'],
      ['documentNo', 'PERSONAL_NUMBER_IN_TEXT'],
    ]);
    expect(codeOf(await propose('G2', 'no-such'))).toEqual([404, 'ISSUANCE_UNKNOWN']);
    expect(codeOf(await propose('G3'))).toEqual([422, 'FIELDS_INVALID']);
    expect(codeOf(await propose('G2', G1, {}, reviewer))).toEqual([403, 'POST_REQUIRED']);
  });

  it('leave the book in order', () => expectBookInOrder(edge.county));
});
