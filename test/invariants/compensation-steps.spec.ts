import { BuildRoster, LandingList, RejectRoster, ReturnRoster, Rosters } from '@app/compensation';
import type { Principal } from '@app/identity';
import { CompensationCounty } from './compensation-county';
import { TOWN } from './compensation-land';

const EACH_FEN = 19_373n;

describe('the posts of a roster', () => {
  let county: CompensationCounty;
  let programme: string;
  let indicator: string;

  beforeEach(async () => {
    county = await CompensationCounty.open();
    programme = await county.programme();
    indicator = await county.indicator();
    await county.land([{ village: `${TOWN}001` }, { village: `${TOWN}002` }]);
  });
  afterEach(() => county.close());

  const inReview = async (indicatorId = indicator) => {
    const roster = await county.roster(programme, indicatorId);
    const { until } = await county.publish(roster.id);
    await county.passNotice(roster.id, until);
    return roster;
  };
  const reject = (roster: string, who: Principal, reason = '面积与林权证不符') =>
    county.run(who, (tx) => county.get(RejectRoster).execute(tx, who, { roster, reason }));

  it('come one after another, and the last approves', async () => {
    const { id } = await inReview();
    expect(await county.step(county.staff('town-finance'), id, 'town-finance')).toMatchObject({
      reason: { code: 'STEP_OUT_OF_ORDER', expected: 'village-clerk', given: 'town-finance' },
    });
    await county.steps(id, 'finance-review');
    expect(await county.step(county.staff('finance-review'), id, 'finance-review')).toMatchObject({
      value: { state: 'approved', nextPost: null },
    });
    expect(await county.step(county.staff('finance-review'), id, 'finance-review')).toMatchObject({
      reason: { code: 'ROSTER_STATE_WRONG', state: 'approved' },
    });
    const jobs = await county.query<{ name: string; payload: unknown }>(
      'SELECT name, payload FROM platform.job WHERE book = $1',
      [county.book],
    );
    expect(jobs).toEqual([{ name: 'compensation.lock-roster', payload: { roster: id } }]);
  });

  it('are told with what waits for them since when, beside what the book has and has paid', async () => {
    const { id, no } = await inReview();
    await county.steps(id, 'town-finance');
    const later =
      (await county.get(LandingList).read(county.book, ['610924'])).now.getTime() + 3 * 86_400_000;
    await county.advanceTo(new Date(later));
    expect(await county.get(LandingList).read(county.book, ['610924'])).toMatchObject({
      money: { allottedFen: 100_000_000n, availableFen: 100_000_000n, paidFen: 0n },
      rosters: [{ rosterId: id, no, at: 'town-finance', days: 3, amountFen: 2n * EACH_FEN }],
    });
    expect((await county.get(LandingList).read(county.book, ['610925'])).rosters).toEqual([]);
  });

  describe('send a roster back', () => {
    const send = (roster: string, who: Principal, to: string) =>
      county.run(who, (tx) => county.get(ReturnRoster).send(tx, who, { roster, to, reason: '缺公示照片' }));
    const answer = (roster: string, who: Principal) =>
      county.run(who, (tx) => county.get(ReturnRoster).answer(tx, who, { roster, answer: '照片已补' }));

    it('to the post that has to mend it, and get it straight back', async () => {
      const { id, maker } = await inReview();
      await county.steps(id, 'forestry-reviewer');
      const reviewer = county.staff('forestry-reviewer');
      expect(await send(id, county.person(), 'village-clerk')).toMatchObject({
        reason: { code: 'POST_REQUIRED' },
      });
      expect(await send(id, reviewer, 'finance-review')).toMatchObject({
        reason: {
          code: 'RETURN_TARGET_WRONG',
          before: ['village-clerk', 'town-finance', 'forestry-handler'],
        },
      });
      expect(await send(id, reviewer, 'village-clerk')).toMatchObject({
        value: { nextPost: 'village-clerk' },
      });
      expect(await county.step(reviewer, id, 'forestry-reviewer')).toMatchObject({
        reason: { code: 'ROSTER_RETURNED', to: 'village-clerk' },
      });
      const details = () => county.get(Rosters).byId(county.book, id, ['610924']);
      expect(await details()).toMatchObject({
        nextPost: 'village-clerk',
        returns: [{ from: 'forestry-reviewer', to: 'village-clerk', reason: '缺公示照片', answer: null }],
      });
      expect(await answer(id, reviewer)).toMatchObject({ reason: { code: 'POST_REQUIRED' } });
      expect(await answer(id, { ...county.staff('village-clerk'), userId: maker.userId })).toMatchObject({
        reason: { code: 'STEP_BY_MAKER' },
      });
      expect(await answer(id, county.staff('village-clerk'))).toMatchObject({
        value: { nextPost: 'forestry-reviewer' },
      });
      expect(await county.step(reviewer, id, 'forestry-reviewer')).toMatchObject({
        value: { nextPost: 'finance-review' },
      });
      expect(await details()).toMatchObject({ returns: [{ answer: '照片已补' }], stepsDone: 4 });
      expect(await answer(id, county.staff('finance-review'))).toMatchObject({
        reason: { code: 'NOT_RETURNED' },
      });
    });

    it('once, when two do at the same moment, and nothing moves meanwhile, not even in the database', async () => {
      const { id } = await inReview();
      await county.steps(id, 'finance-review');
      const sent = await Promise.all(
        ['town-finance', 'forestry-handler'].map((to) => send(id, county.staff('finance-review'), to)),
      );
      expect(sent.filter(({ ok: isOk }) => isOk)).toHaveLength(1);
      await expect(
        county.query(`UPDATE compensation.roster SET return_to = NULL WHERE book = $1 AND id = $2`, [
          county.book,
          id,
        ]),
      ).rejects.toThrow('waits for the post that it was sent back to');
      const [row] = await county.query<{ posts: string[]; to: number }>(
        'SELECT posts, return_to AS to FROM compensation.roster WHERE book = $1 AND id = $2',
        [county.book, id],
      );
      const to = row!.posts[row!.to - 1]!;
      expect(await county.step(county.staff(to), id, to)).toMatchObject({
        reason: { code: 'ROSTER_RETURNED', to },
      });
    });
  });

  it('take no step before the notice is over', async () => {
    const { id } = await county.roster(programme, indicator);
    const early = { reason: { code: 'ROSTER_STATE_WRONG', needed: ['review'] } };
    expect(await county.step(county.staff('village-clerk'), id, 'village-clerk')).toMatchObject(early);
    await county.publish(id);
    expect(await county.step(county.staff('village-clerk'), id, 'village-clerk')).toMatchObject(early);
  });

  it('are taken within one’s own region only', async () => {
    const { id } = await inReview();
    const required = (post: string) => ({ reason: { code: 'POST_REQUIRED', posts: [post], region: TOWN } });
    const elsewhere = county.staff('village-clerk', '610924101001');
    expect(await county.step(elsewhere, id, 'village-clerk')).toMatchObject(required('village-clerk'));
    await county.steps(id, 'town-finance');
    for (const region of ['610924101', `${TOWN}001`]) {
      expect(await county.step(county.staff('town-finance', region), id, 'town-finance')).toMatchObject(
        required('town-finance'),
      );
    }
    const otherBook = {
      ...county.staff('town-finance'),
      assignments: [{ bookId: 99, post: 'town-finance', region: '' }],
    };
    expect(await county.step(otherBook, id, 'town-finance')).toMatchObject(required('town-finance'));
  });

  it('are not held by one person twice, nor by the maker, in the database either', async () => {
    const maker = county.staff('forestry-handler', TOWN, { post: 'town-finance' });
    const order = { programmeId: programme, indicatorId: indicator, region: TOWN, year: 2026 };
    const { id } = await county.done(maker, (tx) => county.get(BuildRoster).execute(tx, maker, order));
    const { until } = await county.publish(id);
    await county.passNotice(id, until);
    const both = county.staff('village-clerk', TOWN, { post: 'town-finance' });
    expect(await county.step(both, id, 'village-clerk')).toMatchObject({ ok: true });
    expect(await county.step(both, id, 'town-finance')).toMatchObject({
      reason: { code: 'TWO_STEPS_ON_ROSTER', post: 'town-finance' },
    });
    expect(await county.step(maker, id, 'town-finance')).toMatchObject({ reason: { code: 'STEP_BY_MAKER' } });

    const write = (actor: string, ordinal: number) =>
      county.query(
        `INSERT INTO compensation.roster_step (book, roster, ordinal, post, actor, at, region)
         VALUES ($1, $2, $3, 'town-finance', $4, now(), '')`,
        [county.book, id, ordinal, actor],
      );
    await expect(write(both.userId, 2)).rejects.toThrow('roster_step_one_a_person');
    await expect(write(maker.userId, 2)).rejects.toThrow('is not open to');
    await expect(write(county.person().userId, 3)).rejects.toThrow('is not open to');
    await expect(
      county.query(`UPDATE compensation.roster SET step = 2 WHERE book = $1`, [county.book]),
    ).rejects.toThrow('goes a step at a time');
  });

  it('may be held for another by a dated order, and the step says so', async () => {
    const { id } = await inReview();
    const acting = county.staff('village-clerk', TOWN, {
      post: 'town-finance',
      actingOrderNo: '代理〔2026〕3号',
    });
    expect(await county.step(acting, id, 'village-clerk')).toMatchObject({ ok: true });
    expect(await county.step(acting, id, 'town-finance')).toMatchObject({ ok: true });
    const details = await county.get(Rosters).byId(county.book, id, ['']);
    expect(details?.steps.map(({ actingOrderNo }) => actingOrderNo)).toEqual([null, '代理〔2026〕3号']);
  });

  it('begin with every village, by whichever clerks', async () => {
    const { id } = await inReview();
    const first = county.staff('village-clerk', `${TOWN}001`);
    expect(await county.step(first, id, 'village-clerk')).toMatchObject({
      value: { nextPost: 'village-clerk', villagesLeft: 1 },
    });
    expect(await county.step(first, id, 'village-clerk')).toMatchObject({
      reason: { code: 'VILLAGES_CONFIRMED_BEFORE', left: 1 },
    });
    expect(await county.step(county.staff('village-clerk', `${TOWN}002`), id, 'village-clerk')).toMatchObject(
      {
        value: { nextPost: 'town-finance', villagesLeft: 0 },
      },
    );
  });

  it('do not go past an indicator that has too little, and nothing has changed', async () => {
    const poor = await county.indicator(2n * EACH_FEN - 1n);
    const { id } = await inReview(poor);
    await county.steps(id, 'finance-review');
    const figures = () =>
      county.query(
        `SELECT (SELECT to_jsonb(r) FROM compensation.roster r WHERE r.id = $2) AS roster,
                (SELECT count(*) FROM compensation.roster_step WHERE roster = $2) AS steps,
                (SELECT count(*) FROM ledger.entry WHERE book = $1) AS entries,
                (SELECT count(*) FROM platform.job WHERE book = $1) AS jobs`,
        [county.book, id],
      );
    const before = await figures();
    expect(await county.step(county.staff('finance-review'), id, 'finance-review')).toMatchObject({
      reason: {
        code: 'INDICATOR_INSUFFICIENT',
        indicator: poor,
        available: 2n * EACH_FEN - 1n,
        asked: 2n * EACH_FEN,
      },
    });
    expect(await figures()).toEqual(before);
    expect(await county.balance(`fund/${poor}`)).toBe(2n * EACH_FEN - 1n);
  });

  it('may send a roster back with a reason: its ground is free again and its money returned', async () => {
    const early = await county.programme({
      posts: ['village-clerk', 'finance-review', 'forestry-reviewer'],
    });
    const roster = await county.roster(early, indicator);
    const { until } = await county.publish(roster.id);
    await county.passNotice(roster.id, until);
    for (const post of ['village-clerk', 'finance-review']) {
      expect(await county.step(county.staff(post), roster.id, post)).toMatchObject({ ok: true });
    }
    expect(await county.balance(`reserved/${indicator}/${roster.id}`)).toBe(2n * EACH_FEN);

    expect(await reject(roster.id, county.staff('town-finance'))).toMatchObject({
      reason: { code: 'POST_REQUIRED' },
    });
    expect(await reject(roster.id, county.staff('forestry-reviewer'), ' ')).toMatchObject({
      reason: { code: 'TEXT_EMPTY' },
    });
    expect(await reject(roster.id, county.staff('forestry-reviewer'))).toMatchObject({
      value: { state: 'void' },
    });
    expect(await county.balance(`fund/${indicator}`)).toBe(100_000_000n);
    expect(await county.lineStates(roster.id)).toEqual(['excluded', 'excluded']);
    expect(await county.roster(early, indicator)).toMatchObject({ lines: 2 });
  });

  it('see the rosters in and around their region, a page at a time', async () => {
    await county.land([{ village: '610924101001' }]);
    const here = await county.roster(programme, indicator);
    const there = await county.roster(programme, indicator, '610924101');
    const rosters = county.get(Rosters);
    const seen = async (...scope: string[]) =>
      (await rosters.list(county.book, { scope, limit: 10 })).items.map(({ id }) => id);
    expect(await seen('610924')).toEqual([here.id, there.id]);
    expect(await seen(`${TOWN}001`)).toEqual([here.id]);
    expect(await seen('610924101')).toEqual([there.id]);
    expect(await rosters.byId(county.book, here.id, ['610924101'])).toBeUndefined();

    const first = await rosters.list(county.book, { scope: [''], limit: 1 });
    expect(first).toMatchObject({
      items: [{ id: here.id, objectionsOpen: 0, pendingFen: 0n }],
      next: here.no,
    });
    expect(await rosters.list(county.book, { scope: [''], limit: 1, cursor: here.no })).toMatchObject({
      items: [{ id: there.id }],
      next: null,
    });
  });
});
