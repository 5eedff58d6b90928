import {
  BuildSupplement,
  CloseNotice,
  HouseholdPayments,
  noticeHash,
  OpenNotice,
  PublicNotice,
  RaiseObjection,
  RecordCalendar,
  SettleObjection,
  type CalendarDay,
  type NoticeContent,
  type Outcome,
} from '@app/compensation';
import type { Principal } from '@app/identity';
import { newId, startOf } from '@app/kernel';
import { Books, HOUSE_BOOK, UnitOfWork } from '@app/platform';
import { CompensationCounty } from './compensation-county';
import { TOWN } from './compensation-land';

/** Seven working days after Wednesday 6 May 2026: the Saturday after it is worked in exchange. */
const LAST_DAY = '2026-05-14';

describe('a notice', () => {
  let county: CompensationCounty;
  let programme: string;
  let indicator: string;
  let towns = 100;

  beforeEach(async () => {
    county = await CompensationCounty.open();
    programme = await county.programme();
    indicator = await county.indicator();
  });
  afterEach(() => county.close());

  /** A published roster of so many households of 12.30 mu each. */
  const published = async (households: number, over: { phoneIndex?: Buffer } = {}) => {
    const region = `610924${(towns += 1) % 2 === 0 ? 100 : 101}`;
    await county.land(Array.from({ length: households }, () => ({ village: `${region}001`, ...over })));
    const roster = await county.roster(programme, indicator, region);
    return { ...roster, ...(await county.publish(roster.id)) };
  };
  const close = (roster: string) => {
    const keeper = county.staff('town-finance');
    return county.run(keeper, (tx) => county.get(CloseNotice).execute(tx, keeper, roster));
  };
  const object = (roster: string, lineNo: number, who: Principal = county.person(), reason = '面积不符') =>
    county.run(who, (tx) => county.get(RaiseObjection).execute(tx, who, { roster, lineNo, reason }));
  const settle = (objection: string, outcome: Outcome, who = county.staff('town-finance')) =>
    county.run(who, (tx) =>
      county.get(SettleObjection).execute(tx, who, { objection, outcome, note: '已到现场核实' }),
    );
  const objected = async (roster: string, lineNo: number): Promise<string> => {
    const raised = await object(roster, lineNo);
    return raised.ok ? raised.value.id : '';
  };
  const supplement = (roster: string) => {
    const maker = county.staff('forestry-handler');
    return county.run(maker, (tx) =>
      county.get(BuildSupplement).execute(tx, maker, { supplementaryOf: roster }),
    );
  };

  it('fixes what it shows by a hash that anyone with the lines can recompute', async () => {
    const { id, hash, until } = await published(3);
    expect(until).toBe(LAST_DAY);
    const [head] = await county.query<Omit<NoticeContent, 'lines'>>(
      `SELECT book, id AS roster, no, programme, region, year, as_of::text AS "asOf", notice_from::text AS "from",
              notice_until::text AS "until" FROM compensation.roster WHERE book = $1 AND id = $2`,
      [county.book, id],
    );
    const lines = await county.query<Record<string, string>>(
      `SELECT no, village, parcel, party, right_share, standard, area_mu100, fen_per_mu, share_ppm, parcel_fen,
              amount_fen FROM compensation.roster_line WHERE book = $1 AND roster = $2 ORDER BY no`,
      [county.book, id],
    );
    const content = {
      ...head!,
      lines: lines.map((line) => ({
        no: Number(line.no),
        village: line.village!,
        parcel: line.parcel!,
        party: line.party!,
        right: line.right_share!,
        standard: line.standard!,
        areaMu100: BigInt(line.area_mu100!),
        fenPerMu: BigInt(line.fen_per_mu!),
        deductionFenPerMu: 0n,
        qualityPpm: 1_000_000n,
        qualityResult: null,
        sharePpm: BigInt(line.share_ppm!),
        parcelFen: BigInt(line.parcel_fen!),
        amountFen: BigInt(line.amount_fen!),
      })),
    };
    expect(noticeHash(content)).toBe(hash);
    await object(id, 1);
    await expect(
      county.query(`UPDATE compensation.roster SET notice_until = '2026-05-07' WHERE book = $1`, [
        county.book,
      ]),
    ).rejects.toThrow('keeps the notice it gave');
  });

  it('cannot be ended before its last day is over by the book’s clock, not even in the database', async () => {
    const { id } = await published(1);
    const early = { reason: { code: 'NOTICE_NOT_OVER', until: LAST_DAY } };
    expect(await close(id)).toMatchObject(early);
    await county.advanceTo(new Date(startOf('2026-05-15').getTime() - 1));
    expect(await close(id)).toMatchObject(early);
    await expect(
      county.query(
        `UPDATE compensation.roster SET state = 'review', due_lines = 1, due_parties = 1, due_fen = 1
          WHERE book = $1 AND id = $2`,
        [county.book, id],
      ),
    ).rejects.toThrow(`stays on notice until the end of ${LAST_DAY}`);
    await county.advanceTo(startOf('2026-05-15'));
    expect(await close(id)).toMatchObject({ value: { state: 'review', dueLines: 1, dueFen: 19_373n } });
  });

  it('counts by the calendar that is recorded, and refuses a year that is not', async () => {
    await county.advanceTo(startOf('2026-12-24'));
    await county.land([{ village: `${TOWN}001` }]);
    const { id, maker } = await county.roster(programme, indicator);
    const open = () => county.run(maker, (tx) => county.get(OpenNotice).execute(tx, maker, id));
    expect(await open()).toMatchObject({ reason: { code: 'CALENDAR_MISSING', year: 2027 } });
    expect(await county.stateOf(id)).toBe('draft');

    const house = county.staff('administrator', '', { bookId: HOUSE_BOOK });
    const record = (...days: CalendarDay[]) =>
      county
        .get(UnitOfWork)
        .run({ book: HOUSE_BOOK, actor: house.userId, action: 'test' }, (tx) =>
          county.get(RecordCalendar).execute(tx, house, { year: 2027, source: '示例', days }),
        );
    const newYear = { day: '2027-01-01', kind: 'holiday', nameZh: '元旦' } as const;
    expect(await record(newYear, newYear)).toMatchObject({ reason: { code: 'CALENDAR_DAY_WRONG' } });
    expect(await record({ ...newYear, kind: 'worked' })).toMatchObject({
      reason: { code: 'CALENDAR_DAY_WRONG', day: '2027-01-01' },
    });
    expect(await record(newYear)).toMatchObject({ value: { year: 2027, days: 1 } });
    expect(await record(newYear)).toMatchObject({ reason: { code: 'CALENDAR_EXISTS', year: 2027 } });
    // Friday 25, four days of the last week, and after the holiday Monday and Tuesday.
    expect(await open()).toMatchObject({ value: { until: '2027-01-05' } });
  });

  it('keeps a line that is objected to out of the payment, and only that one', async () => {
    const { id, until } = await published(3);
    expect(await object(id, 2)).toMatchObject({ ok: true });
    expect(await county.lineStates(id)).toEqual(['included', 'objected', 'included']);
    await county.passNotice(id, until);
    await county.steps(id);
    await county.lock(id);
    expect(await county.stateOf(id)).toBe('locked');
    const rows = await county.query<{ party: string; amount_fen: string }>(
      `SELECT p.party, p.amount_fen FROM disbursement.payment_line p
         JOIN compensation.roster_line l ON l.book = p.book AND l.roster = p.source_id AND l.party = p.party
        WHERE p.book = $1 AND p.source_id = $2 AND l.no <> 2`,
      [county.book, id],
    );
    expect(rows.map(({ amount_fen }) => amount_fen)).toEqual(['19373', '19373']);
    expect(await county.balance(`reserved/${indicator}/${id}`)).toBe(0n);
    expect(await county.balance(`fund/${indicator}`)).toBe(100_000_000n - 2n * 19_373n);
  });

  it('takes no objection after its last day, from strangers among the staff, or with somebody’s number', async () => {
    const { id } = await published(2);
    expect(await object(id, 3)).toMatchObject({ reason: { code: 'ROSTER_LINE_UNKNOWN', lineNo: 3 } });
    expect(await object(id, 1, county.staff('town-finance', '610924199'))).toMatchObject({
      reason: { code: 'POST_REQUIRED' },
    });
    expect(await object(id, 1, county.person(), '打电话 138 1234 5678')).toMatchObject({
      reason: { code: 'TEXT_HOLDS_NUMBER', field: 'reason' },
    });
    const neighbour = county.person();
    expect(await object(id, 1, neighbour)).toMatchObject({ ok: true });
    expect(await object(id, 1, neighbour)).toMatchObject({ reason: { code: 'OBJECTION_EXISTS' } });
    await county.advanceTo(startOf('2026-05-15'));
    expect(await object(id, 2)).toMatchObject({ reason: { code: 'NOTICE_OVER', until: LAST_DAY } });
    await close(id);
    expect(await object(id, 2)).toMatchObject({ reason: { code: 'ROSTER_STATE_WRONG', state: 'review' } });
    expect(await county.lineStates(id)).toEqual(['objected', 'included']);
  });

  it('has its objections settled by neither the maker nor whoever raised them, and once', async () => {
    const { id, maker } = await published(1);
    const raiser = county.staff('town-finance');
    const raised = await object(id, 1, raiser);
    const objection = raised.ok ? raised.value.id : '';
    const oneself = { reason: { code: 'SETTLED_BY_ONESELF' } };
    expect(await settle(objection, 'upheld', maker)).toMatchObject(oneself);
    expect(await settle(objection, 'upheld', raiser)).toMatchObject(oneself);
    expect(await settle(objection, 'upheld', county.staff('village-clerk'))).toMatchObject({
      reason: { code: 'POST_REQUIRED' },
    });
    expect(await settle(objection, 'upheld')).toMatchObject({ value: { lineState: 'excluded' } });
    expect(await settle(objection, 'dismissed')).toMatchObject({
      reason: { code: 'OBJECTION_SETTLED', outcome: 'upheld' },
    });
  });

  it('brings a line back only when all objections to it are dismissed, settled at once or not', async () => {
    const { id } = await published(2);
    const [a, b, c, d] = [
      await objected(id, 1),
      await objected(id, 1),
      await objected(id, 2),
      await objected(id, 2),
    ];
    await Promise.all([settle(a, 'dismissed'), settle(b, 'dismissed')]);
    await Promise.all([settle(c, 'dismissed'), settle(d, 'upheld')]);
    expect(await county.lineStates(id)).toEqual(['dismissed', 'excluded']);
  });

  it('is followed by a supplementary roster of what was dismissed, which pays each line once', async () => {
    const { id, until } = await published(3);
    await settle(await objected(id, 1), 'dismissed');
    await settle(await objected(id, 2), 'upheld');
    expect(await supplement(id)).toMatchObject({ reason: { code: 'ROSTER_STATE_WRONG', state: 'notice' } });
    await county.passNotice(id, until);
    await county.steps(id);
    await county.lock(id);

    const results = await Promise.all([supplement(id), supplement(id)]);
    const built = results.flatMap((result) => (result.ok ? [result.value] : []));
    expect(built).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({
      reason: { code: 'NOTHING_TO_SUPPLEMENT', changedSince: 0 },
    });
    expect(await county.lineStates(id)).toEqual(['carried', 'excluded', 'included']);
    const [second] = built;
    expect(second).toMatchObject({ lines: 1, parties: 1, areaMu100: 1_230n, totalFen: 19_373n });
    await county.approve(second!.id);
    await county.lock(second!.id);
    expect(await county.balance(`fund/${indicator}`)).toBe(100_000_000n - 2n * 19_373n);
    const paid = await county.query<{ n: number }>(
      `SELECT count(DISTINCT party)::int AS n FROM disbursement.payment_line WHERE book = $1`,
      [county.book],
    );
    expect(paid).toEqual([{ n: 2 }]);
  });

  it('leaves nothing to review when every line was objected to', async () => {
    const { id, until } = await published(1);
    const objection = await objected(id, 1);
    await county.passNotice(id, until);
    expect(await county.stateOf(id)).toBe('void');
    await settle(objection, 'dismissed');
    expect(await supplement(id)).toMatchObject({ value: { lines: 1 } });
  });

  it('shows names to everyone while it is up, no number of a person, and nothing of a draft', async () => {
    await county.land([{ village: `${TOWN}001` }]);
    const draft = await county.roster(programme, indicator);
    const read = (id: string) => county.get(PublicNotice).read(county.book, id, { limit: 1 });
    const unknown = { reason: { code: 'ROSTER_UNKNOWN' } };
    expect([await read(draft.id), await read(newId())]).toMatchObject([unknown, unknown]);

    await county.publish(draft.id);
    const shown = await read(draft.id);
    expect(shown).toMatchObject({
      value: {
        expired: false,
        totalFen: 19_373n,
        noticeUntil: LAST_DAY,
        standards: [{ documentNo: '示例〔2021〕1号' }],
      },
    });
    const [line] = shown.ok ? shown.value.items : [];
    expect(line?.name).toMatch(/^户/);
    expect(Object.keys(line ?? {}).sort()).toEqual(
      [
        ...['amountFen', 'areaMu100', 'explanationEn', 'explanationZh', 'fenPerMu', 'name', 'no', 'objected'],
        ...['deductionFenPerMu', 'kind', 'parcelCode', 'qualityPpm', 'sharePpm', 'villageName'],
      ].sort(),
    );
    expect(await county.get(PublicNotice).list(county.book)).toMatchObject([{ rosterId: draft.id }]);

    await county.advanceTo(startOf('2026-05-15'));
    expect(await read(draft.id)).toMatchObject({ value: { expired: true, items: [], totalFen: 19_373n } });
    expect(await county.get(PublicNotice).list(county.book)).toEqual([]);
  });

  it('is where a household sees its line, until it sees the money', async () => {
    const phoneIndex = Buffer.from('a phone of one household only');
    const { id, until } = await published(1, { phoneIndex });
    const found = await county.get(Books).byCode('ziyang');
    const mine = async () => (found.ok ? county.get(HouseholdPayments).list(found.value, phoneIndex) : []);
    expect(await mine()).toMatchObject([
      {
        stateZh: '公示中',
        noticeUntil: LAST_DAY,
        amountFen: 19_373n,
        explanationZh: '12.30 亩 × 15.75 元 × 1.00 = 193.73 元',
        accountLast4: null,
        ask: { post: 'village-clerk', postNameZh: '村经办' },
      },
    ]);
    await county.passNotice(id, until);
    expect(await mine()).toMatchObject([{ stateZh: '审核中', noticeUntil: null }]);
    await county.steps(id);
    await county.lock(id);
    expect(await mine()).toMatchObject([
      { stateZh: '待发', ask: { post: 'payout-centre', regionName: '紫阳县' } },
    ]);
  });
});
