import {
  AssignGrams,
  RefundGrams,
  ReleaseGrams,
  RetireGrams,
  SerialAudit,
  SerialHistory,
  SerialSearch,
  type SerialHistoryPage,
} from '@app/credits';
import { codesOf, findingsAfter } from './audit-damage';
import { COUNTY, CreditsCounty, expectBookInOrder } from './credits-county';
import { household, parcel } from './registry-book';

const CODE = '610924100-2025-G1';
/** 12.30 mu of middle-aged broadleaf forest; a tenth is the buffer's. */
const RUN = 3_075_000;
const FREE = 2_767_500;

describe('the way of serials', () => {
  let county: CreditsCounty;
  let sold: { orderId: string; cardId: string };

  beforeAll(async () => {
    county = await CreditsCounty.issued(2);
    // Both give 500 to an order that is released, then 500 to a card, of which 600 are retired and the rest refunded.
    const released = county.order(1_000n);
    await county.reserve(released);
    await county.done('seller', (tx) => county.get(ReleaseGrams).execute(tx, released));
    sold = await county.card(1_000n);
    const items = [{ cardId: sold.cardId, grams: 600n }];
    await county.done('operator', (tx) =>
      county.get(RetireGrams).execute(tx, { items, reference: 'ride-1' }),
    );
    await county.done('seller', (tx) => county.get(RefundGrams).execute(tx, sold));
  });
  afterAll(() => county.close());

  const wayOf = async (text: string, page = {}): Promise<SerialHistoryPage> => {
    const way = await county.get(SerialHistory).of(county.book, text, page);
    if (!way.ok) throw new Error(way.reason.code);
    return way.value;
  };
  const found = async (wish: Parameters<SerialSearch['find']>[1], page = {}) =>
    county.get(SerialSearch).find(county.book, wish, { scope: [COUNTY], count: 50, ...page });

  it('tells every move of one serial, from the parcel it grew on to where it is', async () => {
    const { origins, items, next } = await wayOf(`${CODE}-1`);
    expect(origins).toMatchObject([
      {
        ...{ serial: `${CODE}-1-1`, parcelCode: parcel(1).parcel_code, holderNo: household(1).external_no },
        ...{ year: 2025, areaMu100: 1_230n, gramsPerMu: 250_000n, parcelGrams: 3_075_000n },
        right: { kind: 'management', sharePpm: 1_000_000n, documentNo: '合同1号' },
      },
    ]);
    expect(items.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['credits.issue', null, 'holding'],
      ['credits.reserve', 'holding', 'reserved-grams'],
      ['credits.release', 'reserved-grams', 'holding'],
      ['credits.reserve', 'holding', 'reserved-grams'],
      ['credits.assign', 'reserved-grams', 'card'],
      ['credits.retire', 'card', 'retired'],
    ]);
    expect(items.at(-1)).toMatchObject({ reference: 'retirement/ride-1', toPlace: `retired/${sold.cardId}` });
    expect(next).toBeNull();
  });

  it('names for each move an entry that the ledger has', async () => {
    const entries = await county.query<{ kind: string; reference: string }>(
      `SELECT DISTINCT k.kind, e.reference FROM ledger.entry e JOIN ledger.entry_kind k ON k.id = e.kind`,
    );
    const known = new Set(entries.map(({ kind, reference }) => `${kind} ${reference}`));
    for (const serial of [1, 450, FREE + RUN]) {
      for (const { kind, reference } of (await wayOf(`${CODE}-${serial}`)).items) {
        expect(known).toContain(`${kind} ${reference}`);
      }
    }
  });

  it('shows where runs were split, for a run goes on shorter', async () => {
    const { items } = await wayOf(`${CODE}-1-1000`);
    const issued = items.filter(({ kind }) => kind === 'credits.issue');
    expect(issued.map(({ serial }) => serial)).toEqual([`${CODE}-1-1000`]);
    const last = items.filter(({ kind }) => ['credits.retire', 'credits.refund'].includes(kind));
    expect(last.length).toBeGreaterThan(1);
  });

  it('comes in pages that make up the whole', async () => {
    const whole = (await wayOf(`${CODE}-1-1000`)).items;
    const paged = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: SerialHistoryPage = await wayOf(`${CODE}-1-1000`, {
        count: 2,
        ...(cursor === undefined ? {} : { cursor }),
      });
      paged.push(...page.items);
      cursor = page.next;
    }
    expect(paged).toEqual(whole);
  });

  it('ends with no serial that there is not', async () => {
    const history = county.get(SerialHistory);
    expect(await history.of(county.book, `${CODE}-${2 * RUN + 1}`)).toMatchObject({
      reason: { code: 'SERIAL_UNKNOWN' },
    });
    expect(await history.of(county.book, 'G1-1')).toMatchObject({ reason: { code: 'SERIAL_MALFORMED' } });
  });

  it('is found by parcel, holder, card and serials, each gram once', async () => {
    const sumOf = ({ items }: Awaited<ReturnType<typeof found>>) =>
      items.reduce((sum, { grams }) => sum + grams, 0n);
    const byParcel = await found({ by: 'parcel', parcelCode: parcel(1).parcel_code! });
    expect(sumOf(byParcel)).toBe(BigInt(RUN));
    expect(await found({ by: 'holder', holderNo: household(1).external_no! })).toEqual(byParcel);
    expect(sumOf(await found({ by: 'card', card: sold.cardId }))).toBe(600n);
    const range = { code: CODE.toLowerCase(), first: 1n, last: BigInt(RUN) };
    expect(await found({ by: 'serials', ranges: [range] })).toEqual(byParcel);
    expect((await found({ by: 'parcel', parcelCode: 'no such' })).items).toEqual([]);
    expect((await found({ by: 'serials', ranges: [range] }, { scope: ['610925'] })).items).toEqual([]);
    const first = await found({ by: 'serials', ranges: [range] }, { count: 1 });
    const second = await found({ by: 'serials', ranges: [range] }, { count: 200, after: first.next! });
    expect([...first.items, ...second.items]).toEqual(byParcel.items);
  });

  it('cannot be rewritten, not by the application either', async () => {
    for (const sql of [`UPDATE credits.serial_move SET kind = 'x'`, 'DELETE FROM credits.serial_move']) {
      await expect(county.query(sql)).rejects.toThrow(/permission denied/);
    }
  });

  it('agrees with the blocks and with itself, and the audit sees it when it does not', async () => {
    await expectBookInOrder(county);
    const damaged = { adminUrl: county.database.adminUrl, book: county.book };
    const after = async (damage: string) => codesOf(await findingsAfter(SerialAudit, damaged, damage));
    const oneOf = (kind: string) => `id = (SELECT min(id) FROM credits.serial_move WHERE kind = '${kind}')`;
    expect(await after(`DELETE FROM credits.serial_move WHERE ${oneOf('credits.retire')}`)).toEqual([
      'RETIREMENT_DIFFERS_FROM_MOVES',
      'SERIALS_NOT_WHERE_THEY_MOVED',
    ]);
    expect(await after(`DELETE FROM credits.serial_move WHERE ${oneOf('credits.assign')}`)).toEqual([
      'MOVES_NOT_IN_A_CHAIN',
    ]);
    expect(
      await after(`UPDATE credits.serial_move SET to_place = 'card/x' WHERE ${oneOf('credits.retire')}`),
    ).toEqual(['CARD_SERIALS_DIFFER', 'RETIREMENT_DIFFERS_FROM_MOVES', 'SERIALS_NOT_WHERE_THEY_MOVED']);
  });
});

it('grams that an order takes twice over are one way of each serial', async () => {
  const county = await CreditsCounty.issued(3);
  try {
    await Promise.all(
      Array.from({ length: 12 }, async (_, n) => {
        const order = county.order(BigInt(n + 1) * 1_000n);
        await county.reserve(order);
        await county.run('seller', (tx) =>
          n % 2
            ? county.get(AssignGrams).execute(tx, { orderId: order.orderId, cardId: order.orderId })
            : county.get(ReleaseGrams).execute(tx, order),
        );
      }),
    );
    await expectBookInOrder(county);
  } finally {
    await county.close();
  }
});
