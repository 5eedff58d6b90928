import { COUNTY, expectBookInOrder, TOWNSHIP, YEAR } from '../invariants/credits-county';
import { household, parcel, right } from '../invariants/registry-book';
import { BOOK, CreditsEdge, type Answer } from './credits-edge';

const STATEMENT = '610924-2025-s1';
const REPORT = {
  ...{ body: '某核证公司', reportNo: 'HZ-2026-7', reportDay: '2026-03-01', scope: '全县 2025 年度' },
  documentSha256: 'a'.repeat(64),
};

describe('a statement of what was measured, over HTTP', () => {
  let edge: CreditsEdge;
  let registrar: string;
  let handler: string;
  let reviewer: string;
  let issuer: string;

  beforeEach(async () => {
    edge = await CreditsEdge.start();
    await edge.county.plant(3);
    handler = await edge.staff('forestry-handler', COUNTY);
    reviewer = await edge.staff('forestry-reviewer', COUNTY);
    issuer = await edge.staff('credit-registrar', COUNTY);
    registrar = await edge.staff('credit-registrar', TOWNSHIP);
    await edge.post(`books/${BOOK}/measurements`, YEAR, handler);
  });
  afterEach(() => edge.stop());

  async function days(count: number): Promise<void> {
    const rule = {
      kind: 'comment-days',
      validFrom: '2026-03-02',
      days: count,
      documentNo: '公示1号',
      source: '县定',
    };
    const { body } = await edge.post(`books/${BOOK}/credit-rules`, rule, handler);
    expect((await edge.post(`books/${BOOK}/credit-rules/${body.id}/decision`, {}, reviewer)).status).toBe(
      201,
    );
  }
  const publish = () => edge.post(`books/${BOOK}/statements`, YEAR, handler);
  const recheck = () => edge.post(`books/${BOOK}/measurements/recheck`, YEAR, reviewer);
  const issue = (): Promise<Answer> =>
    edge.post(`books/${BOOK}/issuances`, { ...YEAR, documentNo: '登记1号' }, issuer);
  const comment = (body: object, token: string) =>
    edge.post(
      `books/${BOOK}/statements/${STATEMENT}/comments`,
      { subject: 'area', text: '面积偏大', ...body },
      token,
    );
  const answer = (no: number, body: object, token = reviewer) =>
    edge.post(`books/${BOOK}/statements/${STATEMENT}/comments/${no}/answer`, body, token);
  const resident = (serial: number) => edge.person(household(serial).phone!);

  it('is not asked for where the county has no days of comment', async () => {
    await recheck();
    expect((await issue()).status).toBe(201);
  });

  it('comes before the issuance, is open for as many days as the rule has, and only then is issued', async () => {
    await days(7);
    await recheck();
    expect((await issue()).body).toMatchObject({ status: 409, code: 'STATEMENT_REQUIRED', parcels: 3 });
    const { status, body } = await publish();
    expect([status, body]).toMatchObject([
      201,
      {
        no: STATEMENT,
        parcels: 3,
        grams: '9225000',
        commentFrom: '2026-03-02',
        commentUntil: '2026-03-09',
        warnings: [],
      },
    ]);
    expect((await publish()).body.code).toBe('NOTHING_TO_PUBLISH');
    expect((await issue()).body).toMatchObject({ code: 'COMMENT_PERIOD_RUNNING', until: '2026-03-09' });
    await edge.county.advanceTo('2026-03-09T15:59:00Z');
    expect((await issue()).body.code).toBe('COMMENT_PERIOD_RUNNING');
    await edge.county.advanceTo('2026-03-09T16:01:00Z');
    expect((await issue()).body.items).toMatchObject([{ grams: '9225000' }]);
    await expectBookInOrder(edge.county);
  });

  it('is public with its totals and their hash, and names nobody', async () => {
    await days(7);
    const published = await publish();
    const { body } = await edge.get(`public/books/${BOOK}/statements/${STATEMENT}`);
    expect(body).toMatchObject({ hash: published.body.hash, isOpenToComment: true, verifications: [] });
    expect((await edge.get(`public/books/${BOOK}/statements`)).body).toMatchObject({
      items: [{ no: STATEMENT }],
      next: null,
    });
    const lines = await edge.get(`public/books/${BOOK}/statements/${STATEMENT}/lines?limit=1`);
    expect(lines.body).toMatchObject({
      items: [
        {
          village: '610924100001',
          forestClass: 'broadleaf',
          methodKind: 'coefficient',
          parcels: 3,
          grams: '9225000',
        },
      ],
      next: '610924100001',
    });
    expect((await edge.get(`public/books/${BOOK}/statements/610924-2025-s9`)).status).toBe(404);
    expect((await edge.get(`public/books/${BOOK}/statements?limit=999`)).body.code).toBe('FIELDS_INVALID');
  });

  it('holds back only the parcel that a comment is about, until it is answered', async () => {
    await days(7);
    await recheck();
    await publish();
    const [first, second] = [await resident(1), await resident(2)];
    expect((await comment({ parcelCode: 'XB00001' }, first)).body).toEqual({ no: 1 });
    expect((await comment({ parcelCode: 'XB00001' }, first)).body).toMatchObject({
      code: 'COMMENT_EXISTS',
      no: 1,
    });
    expect((await comment({ parcelCode: 'XB77777' }, first)).body.code).toBe('COMMENT_PARCEL_UNKNOWN');
    expect((await comment({ text: '电话 13900000001' }, second)).body.code).toBe('PERSONAL_NUMBER_IN_TEXT');
    expect((await comment({ text: '  ' }, second)).body.code).toBe('COMMENT_EMPTY');
    await edge.county.advanceTo('2026-03-10T01:00:00Z');
    expect((await comment({ parcelCode: 'XB00002' }, second)).body.code).toBe('COMMENT_PERIOD_OVER');

    expect((await issue()).body.items).toMatchObject([{ parties: 2, grams: '6150000' }]);
    expect((await issue()).body).toMatchObject({ code: 'COMMENTS_UNANSWERED', parcels: 1 });
    await expect(
      edge.county.query(
        `UPDATE credits.measurement SET issuance = (SELECT id FROM credits.issuance) WHERE issuance IS NULL`,
      ),
    ).rejects.toThrow('open to comment');
    expect((await answer(1, { outcome: 'kept', answer: '已现场核对，面积无误' })).status).toBe(201);
    expect((await answer(1, { outcome: 'kept', answer: '再答' })).body.code).toBe('COMMENT_ANSWERED');
    expect((await issue()).body.items).toMatchObject([
      { code: '610924100-2025-g1s2', parties: 1, grams: '3075000' },
    ]);
    await expectBookInOrder(edge.county);
  });

  it('holds back with a parcel what shares its land unit, for that is credited once', async () => {
    await days(7);
    await edge.county.import('parcels', [parcel(4, { land_unit_code: 'LU00001' })]);
    await edge.county.import('rights', [right(4, 2)]);
    await edge.post(`books/${BOOK}/measurements`, YEAR, handler);
    await recheck();
    await publish();
    await comment({ parcelCode: 'XB00001' }, await resident(1));
    await edge.county.advanceTo('2026-03-10T01:00:00Z');
    expect((await issue()).body.items).toMatchObject([{ grams: '6150000' }]);
    await answer(1, { outcome: 'kept', answer: '无误' });
    expect((await issue()).body.items).toMatchObject([{ grams: '6150000' }]);
  });

  it('shows the public that comments were made and answered, to staff their words, to residents their own', async () => {
    await days(7);
    await publish();
    const [first, second] = [await resident(1), await resident(2)];
    await comment({ parcelCode: 'XB00001' }, first);
    expect((await comment({ subject: 'other', text: '代邻居反映' }, registrar)).body).toEqual({ no: 2 });
    const shown = await edge.get(`public/books/${BOOK}/statements/${STATEMENT}/comments`);
    expect(shown.body.items).toMatchObject([
      { no: 1, subject: 'area', village: '610924100001', answer: null },
      { no: 2, subject: 'other', village: null },
    ]);
    expect(JSON.stringify(shown.body)).not.toMatch(/面积偏大|代邻居|XB00001/);
    const own = (token: string) => edge.get(`books/${BOOK}/statements/${STATEMENT}/comments`, token);
    expect((await own(first)).body.items).toMatchObject([{ no: 1, text: '面积偏大', parcelCode: 'XB00001' }]);
    expect((await own(second)).body.items).toEqual([]);
    expect((await own(reviewer)).body.items).toHaveLength(2);
    expect((await answer(9, { outcome: 'kept', answer: '无' })).body.code).toBe('COMMENT_UNKNOWN');
    expect((await answer(1, { outcome: 'kept', answer: '无' }, registrar)).body.code).toBe('POST_REQUIRED');
  });

  it('has an upheld parcel measured again, into a statement of its own', async () => {
    await days(7);
    await publish();
    await comment({ parcelCode: 'XB00001' }, await resident(1));
    const uphold = { outcome: 'upheld', answer: '面积有误，重新计量' };
    expect((await answer(1, uphold, handler)).body).toMatchObject({
      code: 'STEP_BY_SAME_PERSON',
      step: 'answer',
      before: 'measure',
    });
    expect((await answer(1, uphold)).status).toBe(201);
    expect((await edge.post(`books/${BOOK}/measurements`, YEAR, handler)).body).toMatchObject({ parcels: 1 });
    expect((await publish()).body).toMatchObject({ no: '610924-2025-s2', parcels: 1 });
    expect((await edge.get(`public/books/${BOOK}/statements/${STATEMENT}`)).body).toMatchObject({
      parcels: 3,
    });
    await expectBookInOrder(edge.county);
  });

  it('says 核证 of what a third party verified, when another person looked at the report, and 复核 of the rest', async () => {
    await publish();
    const record = (report: object, token = issuer) =>
      edge.post(`books/${BOOK}/statements/${STATEMENT}/verifications`, report, token);
    expect((await record({ ...REPORT, reportDay: '2026-03-03' })).body.code).toBe('DAY_WRONG');
    expect((await record({ ...REPORT, documentSha256: 'x' })).body.code).toBe('FIELDS_INVALID');
    expect((await record(REPORT, registrar)).body.code).toBe('STATEMENT_UNKNOWN');
    const { body } = await record(REPORT);
    expect((await issue()).body.code).toBe('MEASUREMENTS_NOT_RECHECKED');
    const decide = (token: string) => edge.post(`books/${BOOK}/verifications/${body.id}/decision`, {}, token);
    expect((await decide(issuer)).body.code).toBe('POST_REQUIRED');
    expect((await decide(reviewer)).body).toMatchObject({ parcels: 3 });
    expect((await decide(reviewer)).body.code).toBe('VERIFICATION_DECIDED');
    const issued = await issue();
    expect(issued.body.items).toMatchObject([{ grams: '9225000' }]);
    const verified = {
      verified: 'third-party',
      verification: '第三方核证：某核证公司，报告号 HZ-2026-7，2026-03-01',
    };
    expect((await edge.get(`public/books/${BOOK}/issuances`)).body.items).toMatchObject([verified]);
    const serial = await edge.get(`public/books/${BOOK}/serials/610924100-2025-G1-1-1`);
    expect(serial.body.issuance).toMatchObject(verified);
    expect((await edge.get(`public/books/${BOOK}/one-book`)).body.growth).toMatchObject([
      { grams: '9225000', recheckedGrams: '0', verifiedGrams: '9225000' },
    ]);
    await expectBookInOrder(edge.county);
  });

  it('cannot be issued past by the role of the application, whatever its code does', async () => {
    await days(7);
    await recheck();
    await publish();
    await edge.county.advanceTo('2026-03-10T01:00:00Z');
    await issue();
    for (const sql of [
      `UPDATE credits.measurement SET statement = NULL`,
      `UPDATE credits.statement SET grams = 1`,
      `UPDATE credits.measurement SET discount_grams = 1`,
      `INSERT INTO credits.verification (book, id, statement, body, report_no, report_day, scope, document_sha256, proposed_by,
        proposed_at, state, decided_by, decided_at) SELECT book, gen_random_uuid(), id, 'b', 'n', '2026-01-01', 's',
        repeat('a', 64), 'x', now(), 'approved', 'y', now() FROM credits.statement`,
    ]) {
      await expect(edge.county.query(sql)).rejects.toThrow(/for good|permission denied|proposed first/);
    }
  });
});
