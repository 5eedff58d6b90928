import { ExcludeProgrammes, ImportWatchList, RosterAudit, type RosterGuard } from '@app/compensation';
import { Crypto } from '@app/platform';
import type { CompensationCounty } from './compensation-county';
import { GuardedCounty, VILLAGE } from './compensation-guarded';
import { TOWN, type Land } from './compensation-land';
import { residentNumber } from './registry-book';

const OTHER = `${TOWN}002`;

describe('the guards of a roster', () => {
  let home: GuardedCounty;
  let county: CompensationCounty;

  beforeEach(async () => {
    home = await GuardedCounty.open();
    county = home.county;
  });
  afterEach(() => home.close());

  const identify = (crypto: Crypto, { party }: Land, number: string) =>
    home.plant(
      'UPDATE registry.party SET id_number_sealed = $3, id_number_index = $3 WHERE book = $1 AND id = $2',
      party,
      crypto.blindIndex('party.id-number', number),
    );

  /** Each plants one case among the lands and names whose lines are held; all others go through. */
  const CASES: readonly (readonly [RosterGuard, (land: readonly Land[]) => Promise<readonly Land[]>])[] = [
    [
      'holder-closed',
      async ([first]) => {
        await home.closed(first!);
        return [first!];
      },
    ],
    [
      'payee-closed',
      async ([first, second]) => {
        await home.payFor(first!, second!);
        await home.closed(second!);
        await home.plant(`DELETE FROM registry.right_share WHERE book = $1 AND party = $2`, second!.party);
        return [first!];
      },
    ],
    [
      'account-shared',
      async ([first, second, third]) => {
        await home.account(first!, '6217000000000001');
        await home.account(second!, '6217000000000001');
        await home.account(third!, '6217000000000003');
        return [first!, second!];
      },
    ],
    [
      'payee-of-many',
      async ([first, second, third, fourth]) => {
        for (const holder of [first!, second!, third!]) await home.payFor(holder, fourth!);
        return [first!, second!, third!];
      },
    ],
    [
      'person-in-several-villages',
      async ([first]) => {
        await home.plant(
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
        await home.plant(
          'UPDATE registry.parcel SET area_mu100 = 80000, first_area_mu100 = 80000 WHERE book = $1 AND id = $2',
          first!.parcel,
        );
        return [first!];
      },
    ],
    [
      'area-unexplained',
      async ([first]) => {
        await home.plant(
          'UPDATE registry.parcel SET area_mu100 = 1300, first_area_mu100 = 1230 WHERE book = $1 AND id = $2',
          first!.parcel,
        );
        return [first!];
      },
    ],
    [
      'rights-above-area',
      async ([first]) => {
        await home.plant(
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
            .execute(tx, keeper, { programme: home.programme, other, documentNo: '林规发〔2021〕1号' }),
        );
        // Only the first parcel is in the other programme's roster.
        await home.plant(
          `UPDATE registry.parcel SET scope = NULL, scope_decision = NULL WHERE book = $1 AND id <> $2`,
          first!.parcel,
        );
        await county.roster(other, home.indicator);
        await home.plant(
          `UPDATE registry.parcel SET scope = '[2024-01-01,)', scope_decision = '范围〔2024〕18号' WHERE book = $1`,
        );
        return [first!];
      },
    ],
  ];

  it.each(CASES)('%s holds the line it is about, and lets its neighbours through', async (guard, prepare) => {
    const land = await county.land(Array.from({ length: 10 }, () => ({ village: VILLAGE })));
    const expected = await prepare(land);
    const built = await county.roster(home.programme, home.indicator);
    const lines = await county.query<{ no: number; party: string; state: string }>(
      'SELECT no, party, state FROM compensation.roster_line WHERE book = $1 AND roster = $2 ORDER BY no',
      [county.book, built.id],
    );
    const parties = new Set(expected.map(({ party }) => party));
    const numbers = lines.filter(({ party }) => parties.has(party)).map(({ no }) => no);
    expect(numbers).toHaveLength(expected.length);
    const about = (await home.held(built.id)).filter(([name]) => name === guard);
    expect(about.flatMap(([, found]) => found).sort((a, b) => a - b)).toEqual(numbers);
    for (const { no, state } of lines) {
      expect([no, state]).toEqual([no, numbers.includes(no) ? 'objected' : 'included']);
    }
    expect(built.heldLines).toBe(numbers.length);
    expect(await county.get(RosterAudit).execute(county.book)).toEqual({ ok: true, findings: [] });
  });

  it('tell of a missing account without holding the line', async () => {
    await county.land([{ village: VILLAGE }]);
    const { id, heldLines } = await county.roster(home.programme, home.indicator);
    expect(heldLines).toBe(0);
    expect(await home.findings(id)).toMatchObject([
      { guard: 'account-missing', holds: false, state: 'open' },
    ]);
    expect(await county.lineStates(id)).toEqual(['included']);
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
