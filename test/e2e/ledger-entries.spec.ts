import { transfer } from './ledger-edge';
import { BETWEEN, FROM, ReadBook, type Body } from './ledger-read-book';

describe('entries over HTTP', () => {
  let book: ReadBook;
  beforeAll(async () => {
    book = await ReadBook.open();
  });
  afterAll(() => book.close());

  const found = async (query: string): Promise<number[]> => {
    const ids = book.posted.map(({ id }) => id);
    return (await book.items(`entries?${query}`)).map(({ id }) => ids.indexOf(id));
  };

  it.each<[string, number[]]>([
    ['', [4, 3, 2, 1, 0]],
    ['order=oldest', [0, 1, 2, 3, 4]],
    ['kind=transfer&order=oldest', [0, 1, 2, 3, 4]],
    ['kind=gift', []],
    ['account=till%2F1', [4, 3, 1, 0]],
    ['account=till', []],
    ['prefix=till', [4, 3, 2, 1, 0]],
    ['prefix=tilly', [1]],
    ['asset=WATER', [3]],
    ['account=till%2F1&asset=CNY', [4, 1, 0]],
    ['reference=invoice%201', [4, 0]],
    ['memo=sale', [2, 0]],
    ['memo=sale&account=till%2F1', [0]],
    ['amountMin=30', [3, 1, 0]],
    ['amountMin=20&amountMax=30', [4, 1]],
    [`effectiveAfter=${FROM}&effectiveUpTo=${BETWEEN}`, [4]],
    [`reference=invoice%201&effectiveUpTo=${FROM}`, [0]],
    ['actor=nobody', []],
    ['reverses=00000000-0000-4000-8000-000000000000', []],
    ['hold=00000000-0000-4000-8000-000000000000', []],
  ])('that fit "%s" are found', async (query, wanted) => {
    expect(await found(query)).toEqual(wanted);
  });

  it('are found by who posted and between two moments of recording', async () => {
    const actor = String((await book.get(`entries/${String(book.posted[0]?.id)}`)).actor);
    expect(await found(`actor=${actor}`)).toHaveLength(5);
    expect(await found(`recordedAfter=${book.recorded(0)}&recordedUpTo=${book.recorded(2)}`)).toEqual([2, 1]);
  });

  it.each(['newest', 'oldest'])(
    'come %s first a page at a time, whatever is posted meanwhile',
    async (order) => {
      const query = `entries?memo=sale&limit=1&order=${order}`;
      const first = await book.get(query);
      await book.edge.post('entries', transfer('till/2', 'tilly', '1'), `meanwhile/${order}`);
      const rest: Body[] = [];
      for (let { next } = first; next !== null;) {
        const page = await book.get(`${query}&cursor=${String(next)}`);
        rest.push(...(page.items as Body[]));
        next = page.next;
      }
      const ids = [...(first.items as Body[]), ...rest].map(({ id }) => id);
      const wanted = [book.posted[0]?.id, book.posted[2]?.id];
      expect(ids).toEqual(order === 'oldest' ? wanted : wanted.reverse());
    },
  );

  it.each([
    ['kind=Some+Kind', 'KIND_MALFORMED', 'kind'],
    ['account=A', 'ACCOUNT_MALFORMED', 'account'],
    ['amountMin=0', 'AMOUNT_MALFORMED', 'amountMin'],
    ['amountMin=1e3', 'AMOUNT_MALFORMED', 'amountMin'],
    ['amountMax=9223372036854775808', 'AMOUNT_MALFORMED', 'amountMax'],
    ['reference=a%00', 'REFERENCE_MALFORMED', 'reference'],
    ['effectiveAfter=2026-13-01T00:00:00Z', 'INSTANT_MALFORMED', 'effectiveAfter'],
    ['hold=1', 'FIELD_MALFORMED', 'hold'],
    ['cursor=0', 'FIELD_MALFORMED', 'cursor'],
    ['memo=sale&memo=sale', 'FIELD_NOT_TEXT', 'memo'],
    ['page=2', 'FIELD_UNKNOWN', 'page'],
  ])('are not looked for with %s', async (query, code, pointer) => {
    expect((await book.edge.get(`entries?${query}`)).body).toMatchObject({ status: 422, code, pointer });
  });
});
