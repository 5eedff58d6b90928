import { Client } from 'pg';

import {
  DecideFindings,
  ExcludeProgrammes,
  ImportWatchList,
  RosterAudit,
  RosterFindings,
  type FindingOutcome,
  type RosterGuard,
} from '@app/compensation';
import type { Principal } from '@app/identity';
import { newId } from '@app/kernel';
import { Crypto } from '@app/platform';
import { CompensationCounty } from './compensation-county';
import { TOWN, type Land } from './compensation-land';
import { residentNumber } from './registry-book';

const VILLAGE = `${TOWN}001`;
const OTHER = `${TOWN}002`;

describe('the guards of a roster', () => {
  let county: CompensationCounty;
  let admin: Client;
  let programme: string;
  let indicator: string;

  beforeEach(async () => {
    county = await CompensationCounty.open();
    admin = new Client({ connectionString: county.database.adminUrl });
    await admin.connect();
    // What no door of the product writes is planted by somebody with more rights.
    await admin.query('SET session_replication_role = replica');
    programme = await county.programme();
    indicator = await county.indicator();
  });
  afterEach(async () => {
    await admin.end();
    await county.close();
  });

  const plant = (sql: string, ...params: readonly unknown[]) => admin.query(sql, [county.book, ...params]);
  const account = ({ party }: Land, number: string) =>
    plant(
      `INSERT INTO registry.bank_account (book, id, party, bank, number_sealed, number_index, last4, holder_name, valid,
              evidence, recorded_by, recorded_at)
       VALUES ($1, gen_random_uuid(), $2, '农村信用社', $3, $3, '0001', '户', '[2020-01-01,)', '导入', 'test', now())`,
      party,
      Buffer.from(number),
    );
  const identify = (crypto: Crypto, { party }: Land, number: string) => {
    const index = crypto.blindIndex('party.id-number', number);
    return plant(
      'UPDATE registry.party SET id_number_sealed = $3, id_number_index = $3 WHERE book = $1 AND id = $2',
      party,
      index,
    );
  };
  const payFor = (holder: Land, payee: Land) =>
    plant(
      `INSERT INTO registry.payee (book, id, party, payee, reason, valid, document_no, payee_order, recorded_at)
       VALUES ($1, gen_random_uuid(), $2, $3, 'proxy', '[2020-01-01,)', '委托1号', gen_random_uuid(), now())`,
      holder.party,
      payee.party,
    );
  const findings = (roster: string) => county.get(RosterFindings).list(county.book, { roster, limit: 500 });
  /** The guards that hold something, each with its lines. */
  const held = async (roster: string): Promise<[RosterGuard, readonly number[]][]> =>
    (await findings(roster)).filter(({ holds }) => holds).map(({ guard, lines }) => [guard, lines]);

  const propose = (
    who: Principal,
    roster: string,
    ids: readonly string[],
    reason = '村委会出具证明，情况属实',
  ) =>
    county.run(who, (tx) => county.get(DecideFindings).propose(tx, who, { roster, findings: ids, reason }));
  const decide = (who: Principal, roster: string, ids: readonly string[], outcome: FindingOutcome) =>
    county.run(who, (tx) =>
      county.get(DecideFindings).decide(tx, who, { roster, findings: ids, outcome, reason: '已核对档案' }),
    );

  /** Each plants one case among the lands and names whose lines are held; all others go through. */
  const CASES: readonly (readonly [RosterGuard, (land: readonly Land[]) => Promise<readonly Land[]>])[] = [
    [
      'holder-closed',
      async ([first]) => {
        await plant(
          'UPDATE registry.party SET closed_on = $3 WHERE book = $1 AND id = $2',
          first!.party,
          '2026-01-31',
        );
        return [first!];
      },
    ],
    [
      'payee-closed',
      async ([first, second]) => {
        await payFor(first!, second!);
        await plant(
          'UPDATE registry.party SET closed_on = $3 WHERE book = $1 AND id = $2',
          second!.party,
          '2026-01-31',
        );
        await plant(`DELETE FROM registry.right_share WHERE book = $1 AND party = $2`, second!.party);
        return [first!];
      },
    ],
    [
      'account-shared',
      async ([first, second, third]) => {
        await account(first!, '6217000000000001');
        await account(second!, '6217000000000001');
        await account(third!, '6217000000000003');
        return [first!, second!];
      },
    ],
    [
      'payee-of-many',
      async ([first, second, third, fourth]) => {
        for (const holder of [first!, second!, third!]) await payFor(holder, fourth!);
        return [first!, second!, third!];
      },
    ],
    [
      'person-in-several-villages',
      async ([first]) => {
        await plant(
          `UPDATE registry.parcel SET village = $3 WHERE book = $1 AND id = $2`,
          first!.parcel,
          OTHER,
        );
        return [first!];
      },
    ],
    [
      'area-outlier',
      async ([first]) => {
        await plant(
          'UPDATE registry.parcel SET area_mu100 = 80000, first_area_mu100 = 80000 WHERE book = $1 AND id = $2',
          first!.parcel,
        );
        return [first!];
      },
    ],
    [
      'area-unexplained',
      async ([first]) => {
        await plant(
          'UPDATE registry.parcel SET area_mu100 = 1300, first_area_mu100 = 1230 WHERE book = $1 AND id = $2',
          first!.parcel,
        );
        return [first!];
      },
    ],
    [
      'rights-above-area',
      async ([first]) => {
        await plant(
          'UPDATE registry.parcel SET certificate_area_mu100 = 1400 WHERE book = $1 AND id = $2',
          first!.parcel,
        );
        return [first!];
      },
    ],
    [
      'listed-person',
      async ([first, second]) => {
        const crypto = county.module.get(Crypto, { strict: false });
        await identify(crypto, first!, residentNumber(1));
        await identify(crypto, second!, residentNumber(2));
        const auditor = county.staff('auditor');
        const list = {
          kind: 'official-relative' as const,
          source: '县纪委监委〔2026〕1号',
          asOf: '2026-05-01',
        };
        await county.done(auditor, (tx) =>
          county.get(ImportWatchList).execute(tx, auditor, {
            ...list,
            idNumbers: [residentNumber(1).toLowerCase(), residentNumber(9)],
          }),
        );
        return [first!];
      },
    ],
    [
      'programme-excluded',
      async ([first]) => {
        const other = await county.programme();
        const keeper = county.staff('forestry-handler');
        await county.done(keeper, (tx) =>
          county
            .get(ExcludeProgrammes)
            .execute(tx, keeper, { programme, other, documentNo: '林规发〔2021〕1号' }),
        );
        // Only the first parcel is in the other programme's roster.
        await plant(
          `UPDATE registry.parcel SET scope = NULL, scope_decision = NULL WHERE book = $1 AND id <> $2`,
          first!.parcel,
        );
        await county.roster(other, indicator);
        await plant(
          `UPDATE registry.parcel SET scope = '[2024-01-01,)', scope_decision = '范围〔2024〕18号' WHERE book = $1`,
        );
        return [first!];
      },
    ],
  ];

  it.each(CASES)('%s holds the line it is about, and lets its neighbours through', async (guard, prepare) => {
    const land = await county.land(Array.from({ length: 10 }, () => ({ village: VILLAGE })));
    const expected = await prepare(land);
    const built = await county.roster(programme, indicator);
    const lines = await county.query<{ no: number; party: string; state: string }>(
      'SELECT no, party, state FROM compensation.roster_line WHERE book = $1 AND roster = $2 ORDER BY no',
      [county.book, built.id],
    );
    const parties = new Set(expected.map(({ party }) => party));
    const numbers = lines.filter(({ party }) => parties.has(party)).map(({ no }) => no);
    expect(numbers).toHaveLength(expected.length);
    const about = (await held(built.id)).filter(([name]) => name === guard);
    expect(about.flatMap(([, found]) => found).sort((a, b) => a - b)).toEqual(numbers);
    for (const { no, state } of lines) {
      expect([no, state]).toEqual([no, numbers.includes(no) ? 'objected' : 'included']);
    }
    expect(built.heldLines).toBe(numbers.length);
    expect(await county.get(RosterAudit).execute(county.book)).toEqual({ ok: true, findings: [] });
  });

  it('tell of a missing account without holding the line', async () => {
    await county.land([{ village: VILLAGE }]);
    const { id, heldLines } = await county.roster(programme, indicator);
    expect(heldLines).toBe(0);
    expect(await findings(id)).toMatchObject([{ guard: 'account-missing', holds: false, state: 'open' }]);
    expect(await county.lineStates(id)).toEqual(['included']);
  });

  describe('let a line go', () => {
    let roster: string;
    let maker: Principal;
    let finding: string;
    const town = () => county.staff('town-finance');

    beforeEach(async () => {
      const land = await county.land(Array.from({ length: 3 }, () => ({ village: VILLAGE })));
      await plant(
        'UPDATE registry.parcel SET certificate_area_mu100 = 1400 WHERE book = $1 AND id = $2',
        land[0]!.parcel,
      );
      ({ id: roster, maker } = await county.roster(programme, indicator));
      finding = (await findings(roster)).find(({ guard }) => guard === 'rights-above-area')!.id;
    });

    it('by two people with a reason, neither of whom made the roster', async () => {
      const [first, second] = [town(), town()];
      expect(await propose(maker, roster, [finding])).toMatchObject({
        reason: { code: 'FINDING_DECIDED_BY_ONESELF' },
      });
      expect(await propose(first, roster, [finding], '  ')).toMatchObject({ reason: { code: 'TEXT_EMPTY' } });
      expect(await decide(second, roster, [finding], 'release')).toMatchObject({
        reason: { code: 'FINDING_STATE_WRONG', state: 'open', needed: ['release-proposed'] },
      });
      expect(await propose(first, roster, [finding, newId()])).toMatchObject({
        reason: { code: 'FINDING_UNKNOWN' },
      });
      expect(await propose(first, roster, [finding])).toMatchObject({ value: { findings: 1 } });
      expect(await decide(first, roster, [finding], 'release')).toMatchObject({
        reason: { code: 'FINDING_DECIDED_BY_ONESELF', finding },
      });
      expect((await county.lineStates(roster)).filter((state) => state === 'objected')).toHaveLength(1);
      expect(await decide(second, roster, [finding], 'release')).toMatchObject({
        value: { findings: 1, lines: 1 },
      });
      expect(await county.lineStates(roster)).toEqual(['included', 'included', 'included']);
      expect(await decide(town(), roster, [finding], 'uphold')).toMatchObject({
        reason: { code: 'FINDING_STATE_WRONG', state: 'released' },
      });
    });

    it('once, when two decide at the same moment', async () => {
      await propose(town(), roster, [finding]);
      const outcomes = await Promise.all(
        (['release', 'uphold', 'release', 'keep'] as const).map((outcome) =>
          decide(town(), roster, [finding], outcome),
        ),
      );
      expect(outcomes.filter(({ ok: isOk }) => isOk)).toHaveLength(1);
    });

    it('to a supplementary roster when its notice had begun', async () => {
      const { until } = await county.publish(roster);
      await propose(town(), roster, [finding]);
      await county.passNotice(roster, until);
      const [row] = await county.query<{ due: number }>(
        'SELECT due_lines AS due FROM compensation.roster WHERE book = $1 AND id = $2',
        [county.book, roster],
      );
      expect(row!.due).toBe(2);
      expect(await decide(town(), roster, [finding], 'release')).toMatchObject({ value: { lines: 1 } });
      expect([...(await county.lineStates(roster))].sort()).toEqual(['dismissed', 'included', 'included']);
    });

    it('never, when the guard was right', async () => {
      expect(await decide(town(), roster, [finding], 'uphold')).toMatchObject({ value: { lines: 1 } });
      expect([...(await county.lineStates(roster))].sort()).toEqual(['excluded', 'included', 'included']);
    });

    it('not at all, when the second is not convinced', async () => {
      await propose(town(), roster, [finding]);
      expect(await decide(town(), roster, [finding], 'keep')).toMatchObject({
        value: { findings: 1, lines: 0 },
      });
      expect((await findings(roster)).find(({ id }) => id === finding)).toMatchObject({
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
      await propose({ ...town(), userId: both }, roster, [finding]);
      await expect(
        county.query(
          `UPDATE compensation.roster_finding SET state = 'released', decided_by = $3, decided_at = now(), note = 'x'
            WHERE book = $1 AND id = $2`,
          [county.book, finding, both],
        ),
      ).rejects.toThrow('released_by_two');
    });

    it('so that the audit finds what somebody with more rights let go', async () => {
      await plant(
        `UPDATE compensation.roster_line SET state = 'included' WHERE book = $1 AND roster = $2 AND state = 'objected'`,
        roster,
      );
      const { findings: told } = await county.get(RosterAudit).execute(county.book);
      expect(told).toEqual([expect.stringMatching(/^HELD_LINE_INCLUDED: .*rights-above-area/)]);
    });
  });

  it('refuse a list with a number that is nobody’s, by its row and without saying it', async () => {
    const auditor = county.staff('auditor');
    const list = { kind: 'public-payroll' as const, source: '县财政局', asOf: '2026-05-01' };
    const answer = await county.run(auditor, (tx) =>
      county
        .get(ImportWatchList)
        .execute(tx, auditor, { ...list, idNumbers: [residentNumber(1), '610924195001010990'] }),
    );
    expect(answer).toMatchObject({
      reason: { code: 'WATCH_LIST_REFUSED', rows: 1, errors: [{ row: 2, fault: 'checksum' }] },
    });
    expect(JSON.stringify(answer)).not.toContain('0990');
    expect(
      await county.query('SELECT 1 FROM compensation.watch_list WHERE book = $1', [county.book]),
    ).toEqual([]);
  });
});
