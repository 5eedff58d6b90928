import { RetireGrams } from '@app/credits';
import type { Tx } from '@app/platform';
import { CreditsCounty, expectBookInOrder, serials } from './credits-county';

const CLIENTS = 32;
const ROUNDS = 5;

/** Whatever raced: every gram has one owner, no serial has two, and what was told to have gone through did. */
async function expectOneOwnerEach(county: CreditsCounty): Promise<void> {
  const [seen] = await county.query<{ owned: string; issued: string; overlaps: number }>(
    `SELECT (SELECT sum(upper(serials) - lower(serials)) FROM credits.serial_block)::text AS owned,
            (SELECT sum(grams) FROM credits.issuance)::text AS issued,
            (SELECT count(*)::int FROM credits.serial_block a JOIN credits.serial_block b
               ON a.issuance = b.issuance AND a.id < b.id AND a.serials && b.serials) AS overlaps`,
  );
  expect(seen).toEqual({ owned: seen!.issued, issued: seen!.issued, overlaps: 0 });
  await expectBookInOrder(county);
}

/** The transaction of a build in which nobody locks the blocks that he takes from. */
function withoutLocks(tx: Tx): Tx {
  const query = (sql: string, params: readonly unknown[]) => {
    const unlocked = sql.replace('FOR UPDATE OF b', '');
    if (unlocked !== sql) locksLeftOut += 1;
    return tx.query(unlocked, params);
  };
  return new Proxy(tx, {
    get: (target, name) => {
      const own: unknown = name === 'query' ? query : Reflect.get(target, name, target);
      return typeof own === 'function' ? (own.bind(target) as unknown) : own;
    },
  });
}
let locksLeftOut = 0;

describe('one block that 32 clients want parts of', () => {
  let county: CreditsCounty;
  beforeEach(async () => {
    county = await CreditsCounty.issued(1);
  });
  afterEach(() => county.close());

  it.each(serials(ROUNDS))('is sold once, whoever asks, round %i', async (round) => {
    const sizes = serials(CLIENTS).map((n) => BigInt(((n * 7 + round) % 11) + 1) * 17_000n);
    const orders = sizes.map((grams) => county.order(grams));
    const raced = await Promise.all(orders.map((order) => county.reserve(order)));
    const won = orders.filter((_order, index) => raced[index]!.ok);
    expect(won.length).toBeGreaterThan(0);
    expect(won.length).toBeLessThan(CLIENTS);
    for (const { orderId, grams } of won) {
      const [held] = await county.query<{ grams: string }>(
        `SELECT sum(upper(serials) - lower(serials))::text AS grams FROM credits.serial_block WHERE place = $1`,
        [`reserved-grams/${orderId}`],
      );
      expect(held).toEqual({ grams: grams.toString() });
    }
    expect(await county.grams('reserved-grams')).toBe(won.reduce((sum, { grams }) => sum + grams, 0n));
    await expectOneOwnerEach(county);
  });

  it('is retired once, while the same land is issued and sold again', async () => {
    const { cardId } = await county.card(1_000n);
    const raced = await Promise.all(
      serials(CLIENTS).map((n) => {
        if (n % 8 === 0) return county.issue();
        if (n % 8 === 1) return county.reserve(county.order(400_000n));
        return county.run('operator', (tx) =>
          county.get(RetireGrams).execute(tx, { items: [{ cardId, grams: 100n }], reference: `race-${n}` }),
        );
      }),
    );
    const kinds = ['issue', 'reserve', 'retire', 'retire', 'retire', 'retire', 'retire', 'retire'];
    const wonOf = (kind: string) =>
      raced.filter(({ ok }, index) => ok && kinds[(index + 1) % 8] === kind).length;
    expect([wonOf('issue'), wonOf('reserve'), wonOf('retire')]).toEqual([0, 4, 10]);
    expect(await county.grams('retired')).toBe(1_000n);
    await expectOneOwnerEach(county);
  });

  it('is kept by the database when the code forgets to lock', async () => {
    const { cardId } = await county.card(2_000n);
    const raced = await Promise.allSettled(
      serials(CLIENTS).map((n) =>
        county.run('operator', (tx) => {
          const items = [{ cardId, grams: 100n }];
          return county.get(RetireGrams).execute(withoutLocks(tx), { items, reference: `race-${n}` });
        }),
      ),
    );
    const won = raced.filter((each) => each.status === 'fulfilled' && each.value.ok).length;
    const byDatabase = raced.flatMap((each) =>
      each.status === 'rejected' ? [(each.reason as { code?: string }).code] : [],
    );
    expect(locksLeftOut).toBe(CLIENTS);
    expect(byDatabase).toContain('23P01');
    expect(won).toBeGreaterThan(0);
    expect(await county.grams('retired')).toBe(BigInt(won) * 100n);
    await expectOneOwnerEach(county);
  });
});
