import fc from 'fast-check';
import { Client } from 'pg';

import { addDays, newId } from '@app/kernel';
import { parcel, RegistryBook } from './registry-book';

const FIRST_DAY = '2025-01-01';
const DAYS = 40;
const SEEN = ['area_mu100', 'age_group', 'dominant_species'] as const;

/** An order: its day, counted from the first, and what it says. */
interface Order {
  readonly day: number;
  readonly facts: Partial<Record<(typeof SEEN)[number], string | null>>;
}

const orders: fc.Arbitrary<Order> = fc.record({
  day: fc.nat({ max: DAYS }),
  facts: fc
    .record(
      {
        area_mu100: fc.integer({ min: 1, max: 5_000 }).map(String),
        age_group: fc.constantFrom('young', 'middle', 'mature'),
        dominant_species: fc.option(fc.constantFrom('杉木', '栎类')),
      },
      { requiredKeys: [] },
    )
    .filter((facts) => Object.keys(facts).length > 0),
});

/** Orders are approved one a minute, on days when all of theirs are over. */
describe('the facts of a parcel', () => {
  let home: RegistryBook;
  let client: Client;
  let id: string;

  beforeAll(async () => {
    home = await RegistryBook.open();
    await home.import('parcels', [parcel(1)]);
    client = new Client({ connectionString: home.database.appUrl });
    await client.connect();
    id = (await home.query<{ id: string }>('SELECT id FROM registry.parcel'))[0]!.id;
  });
  afterAll(async () => {
    await client.end();
    await home.close();
  });

  const instant = (order: number): string => new Date(Date.UTC(2026, 2, 3, 0, order)).toISOString();

  const approve = async ({ day, facts }: Order, version: number): Promise<void> => {
    const order = newId();
    await client.query(
      `INSERT INTO registry.parcel_order (book, id, parcel, from_day, reason, before, after, evidence, version,
              proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, 'survey', '{}', $5, 'x', $6, 'a', $7)`,
      [home.book, order, id, addDays(FIRST_DAY, day), JSON.stringify(facts), version, instant(version)],
    );
    await client.query(
      `UPDATE registry.parcel_order SET state = 'approved', decided_by = 'b', decided_at = $3 WHERE book = $1 AND id = $2`,
      [home.book, order, instant(version)],
    );
  };

  it('are for every day what the orders known at an instant make of them, whatever the order of their days', async () => {
    const read = `SELECT ${SEEN.map((fact) => `p.${fact}::text`).join(', ')} FROM `;
    await fc.assert(
      fc.asyncProperty(
        fc.array(orders, { maxLength: 8 }),
        fc.array(fc.tuple(fc.integer({ min: -2, max: DAYS + 2 }), fc.nat({ max: 9 })), {
          minLength: 12,
          maxLength: 12,
        }),
        async (all, questions) => {
          await client.query('BEGIN');
          try {
            for (const [version, order] of all.entries()) await approve(order, version);
            for (const [day, known] of questions) {
              const believed = all
                .slice(0, known)
                .reduce<Record<string, string | null>>(
                  (facts, order) => (order.day <= day ? { ...facts, ...order.facts } : facts),
                  { area_mu100: '1230', age_group: 'middle', dominant_species: null },
                );
              const on = addDays(FIRST_DAY, day);
              const at = known === 0 ? '2026-03-02T23:59:59Z' : instant(known - 1);
              const told = await client.query(`${read} registry.parcel_believed($1, $2, $3) p`, [
                home.book,
                on,
                at,
              ]);
              expect(told.rows).toEqual([believed]);
              if (known < all.length) continue;
              const held = await client.query(`${read} registry.parcel_on($1, $2) p`, [home.book, on]);
              expect(held.rows).toEqual([believed]);
            }
          } finally {
            await client.query('ROLLBACK');
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('change by one order at a time: the database refuses what was proposed of an earlier version', async () => {
    await client.query('BEGIN');
    await approve({ day: 1, facts: { area_mu100: '5' } }, 0);
    await expect(approve({ day: 2, facts: { area_mu100: '6' } }, 0)).rejects.toMatchObject({
      constraint: 'parcel_order_version',
    });
    await client.query('ROLLBACK');
  });
});
