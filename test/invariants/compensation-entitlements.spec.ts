import { Client } from 'pg';

import {
  BuildRoster,
  BuildSupplement,
  Entitlements,
  HouseholdPayments,
  noticeHash,
  PublicNotice,
  RaiseObjection,
  RosterAudit,
  RosterLines,
  SettleObjection,
  type NoticeContent,
  type NoticeLine,
  type Outcome,
} from '@app/compensation';
import { newId } from '@app/kernel';
import { Books } from '@app/platform';
import { codesOf, findingsAfter } from './audit-damage';
import { CompensationCounty } from './compensation-county';

const VILLAGE = '610924101001';
const FIGURES = { areaMu100: '600', fenPerMu: '30000', yearNo: '3' };
const SCHEMES = { schemes: { 'new-round': { '1': '50000', '3': '30000', '5': '40000' } } };

describe('a roster of what is owed otherwise than by land', () => {
  let county: CompensationCounty;
  let programme: string;
  let indicator: string;

  beforeEach(async () => {
    county = await CompensationCounty.open();
    // What a kind's own records have to say is tested with the kind.
    await asAdmin('ALTER TABLE compensation.entitlement DISABLE TRIGGER guard_instalment');
    programme = await county.programme({ ruleKind: 'instalment', settings: SCHEMES }, []);
    indicator = await county.indicator();
  });
  afterEach(() => county.close());

  async function asAdmin(sql: string): Promise<void> {
    const admin = new Client({ connectionString: county.database.adminUrl });
    await admin.connect();
    await admin.query(sql).finally(() => admin.end());
  }

  /** Writes one row as the app may, past the operations. */
  const owe = async (party: string, over: Record<string, unknown> = {}): Promise<string> => {
    const row = {
      ...{
        book: county.book,
        id: newId(),
        programme,
        kind: 'instalment',
        key: newId(),
        region: VILLAGE,
        party,
      },
      ...{ quantity: 600, rate_fen: 30_000, figures: JSON.stringify(FIGURES), amount_fen: 180_000 },
      ...{ due_on: '2026-05-01', year: 2026, sources: [newId()], made_by: 'x', made_at: new Date(), ...over },
    };
    const columns = Object.keys(row);
    await county.query(
      `INSERT INTO compensation.entitlement (${columns.join(', ')})
       VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(row),
    );
    return row.id;
  };
  const households = async (count: number, phoneIndex: Buffer | null = null) =>
    (await county.land(Array.from({ length: count }, () => ({ village: VILLAGE, phoneIndex })))).map(
      ({ party }) => party,
    );
  const build = (over: { programmeId?: string; topUps?: boolean; region?: string } = {}) => {
    const maker = county.staff('forestry-handler');
    const order = {
      programmeId: programme,
      indicatorId: indicator,
      region: '610924101',
      year: 2026,
      ...over,
    };
    return county.run(maker, (tx) => county.get(BuildRoster).execute(tx, maker, order));
  };
  const built = async () => {
    const roster = await build();
    if (!roster.ok) throw new Error(roster.reason.code);
    return roster.value;
  };
  const object = async (roster: string, lineNo: number, outcome: Outcome) => {
    const who = county.person();
    const { id } = await county.done(who, (tx) =>
      county.get(RaiseObjection).execute(tx, who, { roster, lineNo, reason: '面积不符' }),
    );
    const settler = county.staff('town-finance');
    return () =>
      county.done(settler, (tx) =>
        county.get(SettleObjection).execute(tx, settler, { objection: id, outcome, note: '已到现场核实' }),
      );
  };
  const linesOf = async (roster: string) =>
    (await county.get(RosterLines).page(county.book, { roster, scope: [''], limit: 100 })).items;

  it('takes what is due in the region, each once, and goes the whole way to the money', async () => {
    const phoneIndex = Buffer.from('a phone of one household only');
    const [party] = await households(1, phoneIndex);
    const entitlement = await owe(party!);
    await owe(party!, { due_on: '2026-06-01' });
    await owe(party!, { region: '610924102001' });
    const roster = await built();
    expect(roster).toMatchObject({ lines: 1, parties: 1, areaMu100: 0n, totalFen: 180_000n });
    expect(await build()).toMatchObject({ reason: { code: 'ROSTER_EMPTY' } });
    const line = {
      ...{
        kind: 'instalment',
        entitlementId: entitlement,
        parcelCode: null,
        areaMu100: null,
        fenPerMu: null,
      },
      explanationZh: '6.00 亩 × 300.00 元（第3年）= 1800.00 元',
    };
    expect(await linesOf(roster.id)).toMatchObject([line]);
    await county.pay(roster.id);
    expect(await county.stateOf(roster.id)).toBe('locked');
    expect(await county.balance(`payable/${indicator}/${roster.id}/${party}`)).toBe(180_000n);
    const found = await county.get(Books).byCode('ziyang');
    const mine = found.ok ? await county.get(HouseholdPayments).list(found.value, phoneIndex) : [];
    expect(mine).toMatchObject([{ ...line, state: 'pending' }]);
    const filter = { programme, scope: [''], limit: 10 };
    const listed = await county.get(Entitlements).list(county.book, filter);
    expect(listed.filter(({ rosterId }) => rosterId !== null)).toMatchObject([
      { id: entitlement, rosterNo: roster.no },
    ]);
    expect(listed).toHaveLength(3);
    expect(await county.get(RosterAudit).execute(county.book)).toEqual({ ok: true, findings: [] });
  });

  it('is published with a hash that covers what is owed and its figures', async () => {
    const [party] = await households(1);
    const entitlement = await owe(party!);
    const { id, no } = await built();
    const { hash, until } = await county.publish(id);
    const line: NoticeLine = {
      ...{ no: 1, village: VILLAGE, party: party!, entitlement, kind: 'instalment', figures: FIGURES },
      amountFen: 180_000n,
    };
    const content: NoticeContent = {
      ...{
        book: county.book,
        roster: id,
        no,
        programme,
        region: '610924101',
        year: 2026,
        asOf: '2026-05-06',
      },
      ...{ from: '2026-05-06', until, lines: [line] },
    };
    expect(noticeHash(content)).toBe(hash);
    expect(noticeHash({ ...content, lines: [{ ...line, figures: { ...FIGURES, yearNo: '1' } }] })).not.toBe(
      hash,
    );
    const shown = await county.get(PublicNotice).read(county.book, id, { limit: 10 });
    expect(shown).toMatchObject({ value: { standards: [], items: [{ kind: 'instalment' }] } });
  });

  it('leaves an objected line to a supplement when the objection fails, and to nobody when it is right', async () => {
    const parties = await households(3);
    for (const party of parties) await owe(party);
    const { id } = await built();
    const { until } = await county.publish(id);
    const dismiss = await object(id, 1, 'dismissed');
    const uphold = await object(id, 2, 'upheld');
    await county.passNotice(id, until);
    await dismiss();
    await uphold();
    expect(await county.lineStates(id)).toEqual(['dismissed', 'excluded', 'included']);
    await county.steps(id);
    await county.lock(id);
    expect(await build()).toMatchObject({ reason: { code: 'ROSTER_EMPTY' } });
    const maker = county.staff('forestry-handler');
    const supplement = await county.done(maker, (tx) =>
      county.get(BuildSupplement).execute(tx, maker, { supplementaryOf: id }),
    );
    expect(supplement).toMatchObject({ lines: 1, totalFen: 180_000n });
    await county.pay(supplement.id);
    expect(await county.get(RosterAudit).execute(county.book)).toEqual({ ok: true, findings: [] });
  });

  it('is made once when two make it at the same time', async () => {
    const [party] = await households(1);
    await owe(party!);
    const results = await Promise.all(Array.from({ length: 6 }, () => build()));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('is of its own kind: no standards for it, no top-ups, no settings of another', async () => {
    await expect(county.standard(programme)).rejects.toThrow('PROGRAMME_KIND_WRONG');
    expect(await build({ topUps: true })).toMatchObject({ reason: { code: 'PROGRAMME_KIND_WRONG' } });
    const area = await county.programme();
    expect(await build({ programmeId: area, topUps: true })).toMatchObject({
      reason: { code: 'PROGRAMME_KIND_WRONG', ruleKind: 'area' },
    });
    await expect(county.programme({ ruleKind: 'dividend', settings: SCHEMES }, [])).rejects.toThrow(
      'settings',
    );
    await expect(county.programme({ settings: SCHEMES }, [])).rejects.toThrow('settings');
    await expect(
      county.query(
        `INSERT INTO compensation.programme (book, id, code, name_zh, name_en, rule_kind, settings, right_kinds,
                notice_days, notice_day_kind, posts, created_by, created_at)
         SELECT book, gen_random_uuid(), 'x', 'x', 'x', 'dividend', '{"floorPpm": "49999"}', right_kinds, 1,
                notice_day_kind, posts, 'x', now() FROM compensation.programme WHERE id = $1`,
        [programme],
      ),
    ).rejects.toThrow('settings_are_of_the_kind');
  });

  it('cannot be owed twice, or another amount than its figures give, or of another kind', async () => {
    const [party] = await households(1);
    await owe(party!, { key: 'contract 1 year 3' });
    await expect(owe(party!, { key: 'contract 1 year 3' })).rejects.toThrow('owed_once');
    const wrong = 'amount_follows_from_figures';
    await expect(owe(party!, { amount_fen: 180_001 })).rejects.toThrow(wrong);
    await expect(owe(party!, { figures: '{}' })).rejects.toThrow(wrong);
    await expect(owe(party!, { kind: 'stipend' })).rejects.toThrow(/amount_follows|rule_kind/);
    await expect(
      county.query('UPDATE compensation.entitlement SET amount_fen = 1 WHERE book = $1', [county.book]),
    ).rejects.toThrow('permission denied');
  });

  it('has lines that say what is owed, whoever writes them', async () => {
    const [party, other] = await households(2);
    await owe(party!);
    const { id } = await built();
    const later = await owe(other!, { due_on: '2026-06-01' });
    const write = (over: Record<string, unknown>) => {
      const row = {
        ...{ book: county.book, roster: id, root: id, programme, year: 2026, no: 2, village: VILLAGE },
        ...{ party: other, entitlement: later, amount_fen: 180_000, ...over },
      };
      const columns = Object.keys(row);
      return county.query(
        `INSERT INTO compensation.roster_line (${columns.join(', ')})
         VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
        Object.values(row),
      );
    };
    const wrong = 'does not say what its entitlement says';
    await expect(write({})).rejects.toThrow(wrong);
    const due = await owe(other!);
    await expect(write({ entitlement: due, amount_fen: 1 })).rejects.toThrow(wrong);
    await expect(write({ entitlement: due, party })).rejects.toThrow(wrong);
    await expect(write({ entitlement: null })).rejects.toThrow('line_is_of_one_sort');
    await expect(write({ entitlement: due, area_mu100: 1 })).rejects.toThrow('line_is_of_one_sort');
    await write({ entitlement: due });
    await expect(write({ entitlement: due, no: 3 })).rejects.toThrow('roster_line_entitlement_once');
  });

  it.each<[string, string, readonly string[]]>([
    [
      'a changed entitlement',
      'UPDATE compensation.entitlement SET amount_fen = amount_fen + 1',
      ['ENTITLEMENT_DIFFERS_FROM_FIGURES', 'LINE_DIFFERS_FROM_ENTITLEMENT'],
    ],
    [
      'changed figures',
      `UPDATE compensation.entitlement SET figures = '{"areaMu100": "601", "fenPerMu": "30000", "yearNo": "3"}'`,
      ['ENTITLEMENT_DIFFERS_FROM_FIGURES'],
    ],
    [
      'a line of what another is owed',
      'UPDATE compensation.roster_line SET amount_fen = amount_fen - 1',
      ['LINE_DIFFERS_FROM_ENTITLEMENT', 'ROSTER_DIFFERS_FROM_LINES'],
    ],
    [
      'an entitlement in two lines',
      `DROP INDEX compensation.roster_line_entitlement_once;
       UPDATE compensation.roster_line l SET entitlement = o.entitlement, party = o.party
         FROM compensation.roster_line o WHERE o.no = 1 AND l.no = 2 AND o.roster = l.roster`,
      ['ENTITLEMENT_PAID_TWICE'],
    ],
  ])('is looked through by the audit, which finds %s', async (_title, damage, codes) => {
    for (const party of await households(2)) await owe(party);
    await built();
    const damaged = { adminUrl: county.database.adminUrl, book: county.book };
    const constraint = 'ALTER TABLE compensation.entitlement DROP CONSTRAINT amount_follows_from_figures;';
    expect(codesOf(await findingsAfter(RosterAudit, damaged, constraint + damage))).toEqual(codes);
  });
});

describe('a top-up up to the floor', () => {
  let county: CompensationCounty;
  beforeAll(async () => {
    county = await CompensationCounty.open();
  });
  afterAll(() => county.close());

  it('is never paid out of public money', async () => {
    const programmeId = await county.programme({ ruleKind: 'dividend', settings: { floorPpm: '50000' } }, []);
    const indicatorId = await county.indicator();
    const maker = county.staff('forestry-handler');
    const order = { programmeId, indicatorId, region: '610924101', year: 2026, topUps: true };
    const built = await county.run(maker, (tx) => county.get(BuildRoster).execute(tx, maker, order));
    expect(built).toMatchObject({ reason: { code: 'TOP_UP_FROM_FISCAL', indicator: indicatorId } });
  });
});
