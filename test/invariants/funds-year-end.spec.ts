import * as fc from 'fast-check';

import { Indicators, YearEnds } from '@app/funds';
import { newId, ok } from '@app/kernel';
import { Ledger } from '@app/ledger';
import { County } from './disbursement-county';
import { expectBookVerifies, expectIdentities } from './disbursement-identities';
import { Treasury } from './funds-stage';

describe('an indicator at the end of its year', () => {
  let county: County;
  let treasury: Treasury;

  beforeAll(async () => {
    county = await County.open();
    treasury = new Treasury(county);
  });
  afterAll(() => county.close());
  afterEach(async () => {
    await treasury.expectWhole();
    await expectIdentities(county);
  });

  it('is not put away before', async () => {
    const indicator = await county.indicator(1_000n);
    expect(await treasury.propose(indicator, 'carry-over')).toMatchObject({
      reason: { code: 'YEAR_NOT_ENDING', from: '2026-12-01' },
    });
    expect(await treasury.propose(newId(), 'recover')).toMatchObject({
      reason: { code: 'INDICATOR_UNKNOWN' },
    });
  });

  it('is carried over in one entry that links both years, decided by another', async () => {
    await treasury.advanceTo('2026-12-20');
    const indicator = await county.indicator(1_000n);
    const roster = newId();
    await treasury.reserve(indicator, 300n, roster);
    const proposed = await treasury.propose(indicator, 'carry-over');
    if (!proposed.ok) throw new Error(proposed.reason.code);
    expect(proposed.value.availableFen).toBe(700n);
    expect(await treasury.propose(indicator, 'recover')).toMatchObject({
      reason: { code: 'YEAR_END_PROPOSED' },
    });
    expect(await treasury.decide(proposed.value.id, undefined, 'keeper')).toMatchObject({
      reason: { code: 'STEP_BY_SAME_PERSON' },
    });
    expect(await treasury.decide(newId())).toMatchObject({ reason: { code: 'PROPOSAL_UNKNOWN' } });
    // What became available meanwhile goes with it.
    await treasury.release(indicator, roster, 50n);
    const decided = await treasury.decide(proposed.value.id);
    if (!decided.ok) throw new Error(decided.reason.code);
    expect(decided.value.amountFen).toBe(750n);
    expect(await treasury.decide(proposed.value.id)).toMatchObject({ reason: { code: 'PROPOSAL_DECIDED' } });

    const [old, next] = [
      await treasury.view(indicator),
      await treasury.view(String(decided.value.newIndicator)),
    ];
    expect(old).toMatchObject({
      availableFen: 0n,
      reservedFen: 250n,
      recoveredFen: 750n,
      allottedFen: 1_000n,
    });
    expect(next).toMatchObject({
      ...{
        year: 2027,
        sourceKind: 'carry-over',
        fundSource: 'county',
        carriedFrom: indicator,
        carriedYears: 1,
      },
      ...{ amountFen: 750n, availableFen: 750n, arrivedOn: old.arrivedOn, projectCode: old.projectCode },
    });
    const entries = await county.query<{ legs: string }>(
      `SELECT count(*) AS legs FROM ledger.posting p JOIN ledger.entry e ON e.book = p.book AND e.seq = p.seq
        JOIN ledger.entry_kind k ON k.id = e.kind
        WHERE e.book = $1 AND k.kind = 'funds.carry-over' GROUP BY e.seq`,
      [county.book],
    );
    expect(entries).toEqual([{ legs: '4' }]);
  });

  it('takes nothing any more when it is closed; what comes back later is recovered again', async () => {
    const indicator = await county.indicator(1_000n);
    const roster = newId();
    await treasury.reserve(indicator, 400n, roster);
    expect(await treasury.close(indicator, 'recover')).toMatchObject({ amountFen: 600n, newIndicator: null });
    for (const refused of [await treasury.reserve(indicator, 1n), await treasury.adjust(indicator, 1n)]) {
      expect(refused).toMatchObject({ reason: { code: 'INDICATOR_CLOSED' } });
    }
    expect(await treasury.propose(indicator, 'carry-over')).toMatchObject({
      reason: { code: 'INDICATOR_CLOSED' },
    });
    expect(await treasury.propose(indicator, 'recover')).toMatchObject({
      reason: { code: 'NOTHING_AVAILABLE' },
    });
    expect((await treasury.release(indicator, roster, 150n)).ok).toBe(true);
    expect(await treasury.reserve(indicator, 1n)).toMatchObject({ reason: { code: 'INDICATOR_CLOSED' } });
    expect(await treasury.close(indicator, 'recover')).toMatchObject({ amountFen: 150n });
    expect(await treasury.view(indicator)).toMatchObject({ reservedFen: 250n, recoveredFen: 750n });
  });

  it('stays as it is when it is rejected', async () => {
    const indicator = await county.indicator(1_000n);
    const proposed = await treasury.propose(indicator, 'recover');
    if (!proposed.ok) throw new Error(proposed.reason.code);
    expect(await treasury.decide(proposed.value.id, '先结转')).toMatchObject({ value: { amountFen: 0n } });
    expect(await treasury.view(indicator)).toMatchObject({ availableFen: 1_000n, closedAt: null });
    expect(await county.get(YearEnds).list(county.book, 'rejected')).toMatchObject([{ rejection: '先结转' }]);
  });

  it('closes once, whoever reserves, releases, adjusts and decides at the same time', async () => {
    for (let round = 0; round < 10; round += 1) {
      const indicator = await county.indicator(1_000n);
      const roster = newId();
      await treasury.reserve(indicator, 200n, roster);
      const proposed = await treasury.propose(indicator, round % 2 === 0 ? 'carry-over' : 'recover');
      if (!proposed.ok) throw new Error(proposed.reason.code);
      const { id } = proposed.value;
      const outcomes = await Promise.all([
        treasury.reserve(indicator, 400n),
        treasury.decide(id),
        treasury.release(indicator, roster, 100n),
        treasury.decide(id, undefined, 'another'),
        treasury.adjust(indicator, -100n),
        treasury.reserve(indicator, 200n),
      ]);
      expect([outcomes[1], outcomes[3]].filter((outcome) => outcome?.ok)).toHaveLength(1);
      const after = await treasury.view(indicator);
      expect(after.closedAt).not.toBeNull();
      // Only a release that came after the closing may be there.
      expect([0n, 100n]).toContain(after.availableFen);
    }
  });

  it('keeps both identities under whatever is done to indicators, several at a time', async () => {
    const amounts = fc.bigInt({ min: 1n, max: 900n });
    const step = fc.oneof(
      fc.record({ do: fc.constant('reserve' as const), amount: amounts, of: fc.nat(3) }),
      fc.record({ do: fc.constant('release' as const), amount: amounts, of: fc.nat(3) }),
      fc.record({ do: fc.constant('more' as const), amount: amounts, of: fc.nat(3) }),
      fc.record({ do: fc.constant('less' as const), amount: amounts, of: fc.nat(3) }),
      fc.record({ do: fc.constant('carry-over' as const), amount: amounts, of: fc.nat(3) }),
      fc.record({ do: fc.constant('recover' as const), amount: amounts, of: fc.nat(3) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 2, maxLength: 4 }), { maxLength: 5 }),
        async (rounds) => {
          const indicators = [await county.indicator(1_000n), await county.indicator(700n)];
          const rosters = indicators.map(() => newId());
          for (const [index, indicator] of indicators.entries())
            await treasury.reserve(indicator, 100n, rosters[index]);
          for (const round of rounds) {
            await Promise.all(
              round.map(async ({ do: what, amount, of }) => {
                const at = of % indicators.length;
                const indicator = String(indicators[at]);
                if (what === 'reserve') return treasury.reserve(indicator, amount);
                if (what === 'release') return treasury.release(indicator, String(rosters[at]), amount);
                if (what === 'more' || what === 'less') {
                  return treasury.adjust(indicator, what === 'more' ? amount : -amount);
                }
                const proposed = await treasury.propose(indicator, what);
                return proposed.ok ? treasury.decide(proposed.value.id) : proposed;
              }),
            );
            await treasury.expectWhole();
            await expectIdentities(county);
          }
        },
      ),
      { numRuns: 8 },
    );
    await expectBookVerifies(county);
  });

  it('is carried over for two years and then recovered', async () => {
    const indicator = await county.indicator(1_000n);
    const { newIndicator: second } = await treasury.close(indicator, 'carry-over');
    expect(await treasury.propose(String(second), 'carry-over')).toMatchObject({
      reason: { code: 'YEAR_NOT_ENDING', from: '2027-12-01' },
    });
    await treasury.advanceTo('2027-12-20');
    const { newIndicator: third } = await treasury.close(String(second), 'carry-over');
    await treasury.advanceTo('2028-12-20');
    expect(await treasury.propose(String(third), 'carry-over')).toMatchObject({
      reason: { code: 'CARRIED_TOO_OFTEN', years: 2 },
    });
    await treasury.close(String(third), 'recover');
    const lineage = (await county.get(Indicators).every(county.book)).filter(({ id }) =>
      [indicator, second, third].includes(id),
    );
    expect(lineage.map(({ year, carriedYears, recoveredFen }) => [year, carriedYears, recoveredFen])).toEqual(
      [
        ...[
          [2028, 2, 1_000n],
          [2027, 1, 1_000n],
          [2026, 0, 1_000n],
        ],
      ],
    );
    await expect(
      county.owner(`INSERT INTO funds.indicator SELECT (jsonb_populate_record(i, jsonb_build_object('id',
        gen_random_uuid(), 'doc_no', 'x', 'carried_years', 1, 'closed_at', NULL))).* FROM funds.indicator i
        WHERE i.id = '${String(third)}'`),
    ).rejects.toThrow(/does not continue the one it was carried from/);
  });

  it('is decided by nobody but another person, whatever writes the row', async () => {
    const indicator = await county.indicator(10n);
    const written = county.run(async (tx) => {
      await tx.execute(
        `INSERT INTO funds.year_end (book, id, indicator, action, document_no, proposed_by, proposed_at)
         VALUES ($1, $2, $3, 'recover', 'D', 'same', $4)`,
        [tx.book, newId(), indicator, tx.now],
      );
      await tx.execute(
        `UPDATE funds.year_end SET state = 'approved', amount_fen = 0, decided_by = 'same', decided_at = $2
          WHERE book = $1 AND state = 'proposed'`,
        [tx.book, tx.now],
      );
      return ok(null);
    });
    await expect(written).rejects.toThrow(/decided_by_another/);
    expect(await county.get(Ledger).balance(county.book, `fund/${indicator}`, 'CNY')).toBe(10n);
  });
});
