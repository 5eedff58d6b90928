import { AssignGrams, MeasureParcels, RetireGrams, SerialAudit } from '@app/credits';
import { newId } from '@app/kernel';
import { codesOf, findingsAfter } from './audit-damage';
import { COUNTY, CreditsCounty, expectBookInOrder, serials } from './credits-county';
import { Forest, FREE, lost, RUN } from './credits-forest';
import { parcel } from './registry-book';

describe('forest that was lost', () => {
  it('is not measured again until somebody told what is left of it', async () => {
    const forest = await Forest.of(2);
    const { county } = forest;
    try {
      const year = { from: '2024-01-01', to: '2024-12-31' };
      await forest.reverse([lost(1, '50')]);
      const measure = (parcels: number) =>
        county
          .run('measurer', (tx) => county.get(MeasureParcels).execute(tx, { region: COUNTY, period: year }))
          .then((one) => expect(one).toMatchObject({ value: { parcels } }));
      const before = await county.run('measurer', (tx) =>
        county.get(MeasureParcels).execute(tx, { region: COUNTY, period: year }),
      );
      expect(before).toMatchObject({ value: { parcels: 1, skipped: { lostAndNotToldAnew: 1 } } });
      // The database says so too.
      await expect(
        county.query(
          `INSERT INTO credits.measurement (book, id, parcel, land_unit, village, year, forest_class, age_group, origin,
                  set_owner, coefficient_set, area_mu100, grams_per_mu, grams, explanation, measured_by, measured_at)
           SELECT m.book, gen_random_uuid(), m.parcel, m.land_unit, m.village, 2023, m.forest_class, m.age_group, m.origin,
                  m.set_owner, m.coefficient_set, m.area_mu100, m.grams_per_mu, m.grams, m.explanation, 'x', now()
             FROM credits.measurement m JOIN registry.parcel p ON p.id = m.parcel
            WHERE p.code = $1 AND m.year = 2025`,
          [parcel(1).parcel_code],
        ),
      ).rejects.toThrow(/not told anew/);
      await county.owner(
        `UPDATE registry.parcel SET age_group = 'young' WHERE code = '${parcel(1).parcel_code}'`,
      );
      await measure(1);
    } finally {
      await county.close();
    }
  });

  it('takes with it what was measured of it and not issued', async () => {
    const county = await CreditsCounty.open();
    try {
      await county.plant(2);
      await county.measure();
      const forest = new Forest(county);
      await forest.reverse([lost(1, '50')]);
      const rows = await county.query<{ rejected: boolean }>(
        `SELECT rejected_at IS NOT NULL AS rejected FROM credits.measurement m JOIN registry.parcel p ON p.id = m.parcel
          ORDER BY p.code`,
      );
      expect(rows.map(({ rejected }) => rejected)).toEqual([true, false]);
    } finally {
      await county.close();
    }
  });

  it('is corrected the same way where too much of it was credited, for that year only', async () => {
    const forest = await Forest.of(1);
    try {
      const given = { kind: 'overestimate' as const, year: 2025 };
      const wrong = await forest.propose([{ parcelCode: parcel(1).parcel_code!, lostMu: '2.30' }], {
        ...given,
        year: 2024,
        dryRun: true,
      });
      expect(wrong).toMatchObject({ value: { effect: { lostGrams: 0n } } });
      const { effect } = await forest.reverse(
        [{ parcelCode: parcel(1).parcel_code!, lostMu: '2.30' }],
        given,
      );
      expect(effect).toMatchObject({ lostGrams: 575_000n, holdingGrams: 575_000n });
      await expectBookInOrder(forest.county);
    } finally {
      await forest.county.close();
    }
  });
});

describe('a reversal among sales', () => {
  it('of 32 clients takes no gram that was sold, and loses none', async () => {
    const forest = await Forest.of(3);
    const { county } = forest;
    try {
      const card = await forest.sell(200_000n);
      const proposed = await forest.propose([lost(1, '60'), lost(2, '90')]);
      const id = proposed.ok ? proposed.value.id! : '';
      const raced = await Promise.all(
        serials(32).map(async (n) => {
          if (n === 9 || n === 10) return forest.decide(id, 'reviewer');
          if (n % 4 === 0) {
            const items = [{ cardId: card, grams: 10_000n }];
            return county.run('operator', (tx) =>
              county.get(RetireGrams).execute(tx, { items, reference: `race-${n}` }),
            );
          }
          const order = county.order(BigInt(n) * 7_000n);
          const held = await county.reserve(order);
          if (!held.ok) return held;
          return county.run('seller', (tx) =>
            county.get(AssignGrams).execute(tx, { orderId: order.orderId, cardId: newId() }),
          );
        }),
      );
      expect([raced[8]!.ok, raced[9]!.ok]).toEqual([true, true]);
      expect(raced.filter(({ ok }) => ok).length).toBeGreaterThan(10);
      const [seen] = await county.query<{ sold: string; told: string }>(
        `SELECT (SELECT count(*) FROM credits.serial_move v WHERE v.kind = 'credits.reverse'
                    AND v.from_place !~ '^(holding|buffer)/')::text AS sold,
                (SELECT sum(lost_grams) FROM credits.reversal_share)::text AS told`,
      );
      expect(seen).toEqual({ sold: '0', told: String((RUN * 60n) / 100n + (RUN * 90n) / 100n) });
      await expectBookInOrder(county);
    } finally {
      await county.close();
    }
  });
});

describe('the audit of reversals', () => {
  it('sees a loss, a replacement and a cancelled run that somebody changed', async () => {
    const forest = await Forest.of(2);
    try {
      await forest.sell(2n * FREE);
      await forest.reverse([lost(1, '15')]);
      const damaged = { adminUrl: forest.county.database.adminUrl, book: forest.county.book };
      const after = async (damage: string) => codesOf(await findingsAfter(SerialAudit, damaged, damage));
      expect(await after(`UPDATE credits.reversal_share SET owed_grams = owed_grams - 1`)).toEqual([
        'LOST_AND_NOT_TOLD',
        'LOST_DIFFERS_FROM_REVERSAL',
      ]);
      expect(await after(`DELETE FROM credits.replacement`)).toEqual(['REVERSED_SERIALS_ELSEWHERE']);
      expect(await after(`UPDATE credits.reversed_serials SET fate = 'void' WHERE fate = 'owed'`)).toEqual([
        'LOST_DIFFERS_FROM_REVERSAL',
        'REPLACED_AND_NOT_OWED',
      ]);
      expect(
        await after(
          `UPDATE credits.reversed_serials SET serials = int8range(9000000, 9000001) WHERE fate = 'cancelled'`,
        ),
      ).toEqual(['LOST_DIFFERS_FROM_REVERSAL', 'LOST_OUTSIDE_THE_LAND', 'REVERSED_SERIALS_ELSEWHERE']);
    } finally {
      await forest.county.close();
    }
  });
});
