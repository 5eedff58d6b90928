import fc from 'fast-check';
import { Client } from 'pg';

import { newId } from '@app/kernel';
import { CreditsCounty } from './credits-county';

/** So many pieces of ground a land unit begins with. */
const CELLS = 8;
const UNITS = 3;
const YEARS = 6;

type Step =
  | { readonly kind: 'split'; readonly unit: number; readonly at: number }
  | { readonly kind: 'merge'; readonly unit: number; readonly other: number }
  | { readonly kind: 'claim'; readonly unit: number; readonly from: number; readonly years: number };

interface Unit {
  readonly id: string;
  readonly ground: readonly number[];
  isOpen: boolean;
}

const any = fc.nat({ max: 1_000 });
const splits: fc.Arbitrary<Step> = fc.record({ kind: fc.constant('split' as const), unit: any, at: any });
const merges: fc.Arbitrary<Step> = fc.record({ kind: fc.constant('merge' as const), unit: any, other: any });
const claims: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('claim' as const),
  unit: any,
  from: fc.nat({ max: YEARS - 1 }),
  years: fc.integer({ min: 1, max: 2 }),
});

/** Ground in pieces: which of them a land unit has, and in which years each was credited. */
describe('land units that come from others', () => {
  let county: CreditsCounty;
  let client: Client;
  const order = newId();

  beforeAll(async () => {
    county = await CreditsCounty.open();
    client = new Client({ connectionString: county.database.ownerUrl });
    await client.connect();
    await client.query(
      `INSERT INTO registry.land_order (book, id, kind, from_day, children, evidence, proposed_by, proposed_at)
       VALUES ($1, $2, 'redraw', '2026-01-01', '[{}]', 'x', 'x', now())`,
      [county.book, order],
    );
  });
  afterAll(async () => {
    await client.end();
    await county.close();
  });

  const make = async (ground: readonly number[], origins: readonly Unit[]): Promise<Unit> => {
    const unit = { id: newId(), ground, isOpen: true };
    const inserted = `INSERT INTO registry.land_unit (book, id, code, recorded_at) VALUES ($1, $2::uuid, $2::uuid::text, now())`;
    await client.query(inserted, [county.book, unit.id]);
    if (origins.length > 0) {
      await client.query(
        `INSERT INTO registry.land_unit_origin (book, land_unit, origin, land_order)
         SELECT $1, $2, o, $3 FROM unnest($4::uuid[]) o`,
        [county.book, unit.id, order, origins.map(({ id }) => id)],
      );
    }
    return unit;
  };

  const claim = async (unit: Unit, from: number, years: number): Promise<boolean> => {
    await client.query('SAVEPOINT before_claim');
    try {
      await client.query(
        `INSERT INTO credits.claim (book, land_unit, period, scheme, claimed_at)
         VALUES ($1, $2, daterange(make_date($3, 1, 1), make_date($4, 1, 1)), 'x', now())`,
        [county.book, unit.id, 2020 + from, 2020 + from + years],
      );
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: '23P01', constraint: 'land_credited_once' });
      await client.query('ROLLBACK TO before_claim');
      return false;
    }
  };

  /** Runs the steps; tells how many claims were made and refused, and fails on ground that was credited twice. */
  const run = async (steps: readonly Step[], mustAllow: boolean): Promise<void> => {
    await client.query('BEGIN');
    try {
      const units: Unit[] = [];
      const credited = new Map<number, Set<number>>();
      for (let n = 0; n < UNITS; n += 1) {
        units.push(
          await make(
            Array.from({ length: CELLS }, (_none, cell) => n * CELLS + cell),
            [],
          ),
        );
      }
      const open = (index: number) => {
        const there = units.filter(({ isOpen }) => isOpen);
        return there[index % there.length]!;
      };
      for (const step of steps) {
        if (step.kind === 'split') {
          const unit = open(step.unit);
          if (unit.ground.length < 2) continue;
          const at = 1 + (step.at % (unit.ground.length - 1));
          unit.isOpen = false;
          units.push(await make(unit.ground.slice(0, at), [unit]), await make(unit.ground.slice(at), [unit]));
        } else if (step.kind === 'merge') {
          const [one, other] = [open(step.unit), open(step.other)];
          if (one === other) continue;
          one.isOpen = false;
          other.isOpen = false;
          units.push(await make([...one.ground, ...other.ground], [one, other]));
        } else {
          // Former land too: its last years are credited after it was closed.
          const unit = units[step.unit % units.length]!;
          const years = Array.from({ length: step.years }, (_none, n) => step.from + n);
          const isTwice = unit.ground.some((cell) => years.some((year) => credited.get(cell)?.has(year)));
          const isMade = await claim(unit, step.from, step.years);
          if (isMade) {
            expect(isTwice).toBe(false);
            unit.ground.forEach((cell) =>
              credited.set(cell, new Set([...(credited.get(cell) ?? []), ...years])),
            );
          } else if (mustAllow) expect(isTwice).toBe(true);
        }
      }
    } finally {
      await client.query('ROLLBACK');
    }
  };

  it('never have a piece of ground credited twice for a year, however they are split, merged and claimed', async () => {
    const steps = fc.array(fc.oneof(splits, merges, claims, claims), { maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(steps, (all) => run(all, false)),
      { numRuns: 120 },
    );
  });

  it('are refused no claim but for ground that was credited, as long as nothing is merged', async () => {
    const steps = fc.array(fc.oneof(splits, claims, claims), { maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(steps, (all) => run(all, true)),
      { numRuns: 80 },
    );
  });

  it('merged of credited and other ground count as credited as a whole', async () => {
    await run(
      [
        { kind: 'claim', unit: 0, from: 0, years: 1 },
        { kind: 'merge', unit: 0, other: 1 },
      ],
      true,
    );
    await client.query('BEGIN');
    try {
      const [one, other] = [await make([0], []), await make([1], [])];
      expect(await claim(one, 0, 1)).toBe(true);
      const merged = await make([0, 1], [one, other]);
      expect(await claim(merged, 0, 1)).toBe(false);
      expect(await claim(other, 0, 1)).toBe(true);
      expect(await claim(merged, 1, 1)).toBe(true);
      expect(await claim(other, 1, 1)).toBe(false);
    } finally {
      await client.query('ROLLBACK');
    }
  });
});
