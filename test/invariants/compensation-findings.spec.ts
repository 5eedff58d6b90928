import { RosterAudit } from '@app/compensation';
import type { Principal } from '@app/identity';
import { newId } from '@app/kernel';
import type { CompensationCounty } from './compensation-county';
import { GuardedCounty, VILLAGE } from './compensation-guarded';

describe('what a guard holds is let go', () => {
  let home: GuardedCounty;
  let county: CompensationCounty;
  let roster: string;
  let maker: Principal;
  let finding: string;
  const town = () => county.staff('town-finance');

  beforeEach(async () => {
    home = await GuardedCounty.open();
    county = home.county;
    const land = await county.land(Array.from({ length: 3 }, () => ({ village: VILLAGE })));
    await home.plant(
      'UPDATE registry.parcel SET certificate_area_mu100 = 1400 WHERE book = $1 AND id = $2',
      land[0]!.parcel,
    );
    ({ id: roster, maker } = await county.roster(home.programme, home.indicator));
    finding = (await home.findings(roster)).find(({ guard }) => guard === 'rights-above-area')!.id;
  });
  afterEach(() => home.close());

  it('by two people with a reason, neither of whom made the roster', async () => {
    const [first, second] = [town(), town()];
    expect(await home.propose(maker, roster, [finding])).toMatchObject({
      reason: { code: 'FINDING_DECIDED_BY_ONESELF' },
    });
    expect(await home.propose(first, roster, [finding], '  ')).toMatchObject({
      reason: { code: 'TEXT_EMPTY' },
    });
    expect(await home.decide(second, roster, [finding], 'release')).toMatchObject({
      reason: { code: 'FINDING_STATE_WRONG', state: 'open', needed: ['release-proposed'] },
    });
    expect(await home.propose(first, roster, [finding, newId()])).toMatchObject({
      reason: { code: 'FINDING_UNKNOWN' },
    });
    expect(await home.propose(first, roster, [finding])).toMatchObject({ value: { findings: 1 } });
    expect(await home.decide(first, roster, [finding], 'release')).toMatchObject({
      reason: { code: 'FINDING_DECIDED_BY_ONESELF', finding },
    });
    expect((await county.lineStates(roster)).filter((state) => state === 'objected')).toHaveLength(1);
    expect(await home.decide(second, roster, [finding], 'release')).toMatchObject({
      value: { findings: 1, lines: 1 },
    });
    expect(await county.lineStates(roster)).toEqual(['included', 'included', 'included']);
    expect(await home.decide(town(), roster, [finding], 'uphold')).toMatchObject({
      reason: { code: 'FINDING_STATE_WRONG', state: 'released' },
    });
  });

  it('once, when two decide at the same moment', async () => {
    await home.propose(town(), roster, [finding]);
    const outcomes = await Promise.all(
      (['release', 'uphold', 'release', 'keep'] as const).map((outcome) =>
        home.decide(town(), roster, [finding], outcome),
      ),
    );
    expect(outcomes.filter(({ ok: isOk }) => isOk)).toHaveLength(1);
  });

  it('to a supplementary roster when its notice had begun', async () => {
    const { until } = await county.publish(roster);
    await home.propose(town(), roster, [finding]);
    await county.passNotice(roster, until);
    const [row] = await county.query<{ due: number }>(
      'SELECT due_lines AS due FROM compensation.roster WHERE book = $1 AND id = $2',
      [county.book, roster],
    );
    expect(row!.due).toBe(2);
    expect(await home.decide(town(), roster, [finding], 'release')).toMatchObject({ value: { lines: 1 } });
    expect([...(await county.lineStates(roster))].sort()).toEqual(['dismissed', 'included', 'included']);
  });

  it('never, when the guard was right', async () => {
    expect(await home.decide(town(), roster, [finding], 'uphold')).toMatchObject({ value: { lines: 1 } });
    expect([...(await county.lineStates(roster))].sort()).toEqual(['excluded', 'included', 'included']);
  });

  it('not at all, when the second is not convinced', async () => {
    await home.propose(town(), roster, [finding]);
    expect(await home.decide(town(), roster, [finding], 'keep')).toMatchObject({
      value: { findings: 1, lines: 0 },
    });
    expect((await home.findings(roster)).find(({ id }) => id === finding)).toMatchObject({
      state: 'open',
      proposal: null,
    });
    expect((await county.lineStates(roster)).filter((state) => state === 'objected')).toHaveLength(1);
  });

  it('against the database itself: held lines and decided findings stay what they are', async () => {
    const update = (sql: string) => county.query(sql, [county.book, roster]);
    await expect(
      update(
        `UPDATE compensation.roster_line SET state = 'included' WHERE book = $1 AND roster = $2 AND state = 'objected'`,
      ),
    ).rejects.toThrow('goes not from objected to included');
    const both = county.staff('town-finance').userId;
    await expect(
      county.query(
        `UPDATE compensation.roster_finding SET state = 'release-proposed', proposed_by = $3, proposed_at = now(), proposal = 'x'
            WHERE book = $1 AND id = $2`,
        [county.book, finding, maker.userId],
      ),
    ).rejects.toThrow('goes not from open to release-proposed by this person');
    await home.propose({ ...town(), userId: both }, roster, [finding]);
    await expect(
      county.query(
        `UPDATE compensation.roster_finding SET state = 'released', decided_by = $3, decided_at = now(), note = 'x'
            WHERE book = $1 AND id = $2`,
        [county.book, finding, both],
      ),
    ).rejects.toThrow('released_by_two');
  });

  it('so that the audit finds what somebody with more rights let go', async () => {
    await home.plant(
      `UPDATE compensation.roster_line SET state = 'included' WHERE book = $1 AND roster = $2 AND state = 'objected'`,
      roster,
    );
    const { findings: told } = await county.get(RosterAudit).execute(county.book);
    expect(told).toEqual([expect.stringMatching(/^HELD_LINE_INCLUDED: .*rights-above-area/)]);
  });
});
