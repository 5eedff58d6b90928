import { IndicatorDocuments } from '@app/funds';
import { newId, ok } from '@app/kernel';
import { Ledger, move } from '@app/ledger';
import { County } from './disbursement-county';
import { Treasury } from './funds-stage';

describe('an indicator adjusted by document', () => {
  let county: County;
  let treasury: Treasury;

  beforeAll(async () => {
    county = await County.open();
    treasury = new Treasury(county);
  });
  afterAll(() => county.close());
  afterEach(() => treasury.expectWhole());

  it('has more or less by it, once a document, and remembers each', async () => {
    const indicator = await county.indicator(1_000n);
    expect(await treasury.adjust(indicator, 500n, 'D1')).toMatchObject({
      ok: true,
      value: { allottedFen: 1_500n },
    });
    expect(await treasury.adjust(indicator, -700n, 'D2')).toMatchObject({
      ok: true,
      value: { allottedFen: 800n },
    });
    expect(await treasury.adjust(indicator, 1n, 'D1')).toMatchObject({
      ok: false,
      reason: { code: 'ADJUSTMENT_EXISTS', documentNo: 'D1' },
    });
    const documents = await county.get(IndicatorDocuments).of(county.book, indicator);
    expect(documents.map(({ kind, changeFen }) => [kind, changeFen])).toEqual([
      ['allotted', 1_000n],
      ['adjusted', 500n],
      ['adjusted', -700n],
    ]);
    expect(await treasury.view(indicator)).toMatchObject({
      ...{ amountFen: 1_000n, adjustedFen: -200n, allottedFen: 800n, availableFen: 800n },
    });
  });

  it('never has less than is reserved or further on, and says the figures', async () => {
    const indicator = await county.indicator(1_000n);
    await treasury.reserve(indicator, 600n);
    expect(await treasury.adjust(indicator, -401n)).toEqual({
      ok: false,
      reason: {
        ...{ code: 'INDICATOR_LOCKED', indicator, allotted: 1_000n, locked: 600n },
        ...{ available: 400n, asked: 401n },
      },
    });
    expect((await treasury.adjust(indicator, -400n)).ok).toBe(true);
    expect(await treasury.view(indicator)).toMatchObject({ allottedFen: 600n, availableFen: 0n });
  });

  it.each([
    ['nothing', { changeFen: 0n }, 'FUNDS_FIELD_WRONG'],
    ['more than there is money', { changeFen: 10n ** 15n }, 'FUNDS_FIELD_WRONG'],
    ['a phone for a document', { documentNo: '13812345678' }, 'PERSONAL_NUMBER_IN_TEXT'],
  ])(
    'refuses %s',
    async (
      _what,
      { changeFen = 1n, documentNo = 'D' }: { changeFen?: bigint; documentNo?: string },
      code,
    ) => {
      const refused = await treasury.adjust(await county.indicator(5n), changeFen, documentNo);
      expect(refused).toMatchObject({ ok: false, reason: { code } });
    },
  );

  it('refuses one that there is not', async () => {
    expect(await treasury.adjust(newId(), 1n)).toMatchObject({ reason: { code: 'INDICATOR_UNKNOWN' } });
  });

  it('leaves the last fen to a reservation or to a reduction, never to both', async () => {
    for (let round = 0; round < 12; round += 1) {
      const indicator = await county.indicator(1_000n);
      const outcomes = await Promise.all([
        treasury.reserve(indicator, 700n),
        treasury.adjust(indicator, -600n),
        treasury.reserve(indicator, 400n),
        treasury.adjust(indicator, -500n),
      ]);
      expect(outcomes.some(({ ok: went }) => went)).toBe(true);
      const codes = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.reason.code]));
      expect(codes.filter((code) => !['INDICATOR_INSUFFICIENT', 'INDICATOR_LOCKED'].includes(code))).toEqual(
        [],
      );
      const { allottedFen, availableFen, reservedFen } = await treasury.view(indicator);
      expect(allottedFen).toBe(availableFen + reservedFen);
    }
  });

  it('is refused by the database itself: an entry below what is reserved, and a row without its entry', async () => {
    const indicator = await county.indicator(1_000n);
    await treasury.reserve(indicator, 600n);
    const past = await county.run((tx) =>
      county
        .get(Ledger)
        .domain('funds')
        .post(tx, [
          {
            id: newId(),
            kind: 'funds.adjust',
            legs: move(`fund/${indicator}`, `allotted/${indicator}`, 'CNY', 401n),
          },
        ]),
    );
    expect(past).toMatchObject({ ok: false, reason: { code: 'BALANCE_INSUFFICIENT', missing: 1n } });
    const row = (changeFen: string) =>
      county.run(async (tx) => {
        await tx.execute(
          `INSERT INTO funds.adjustment (book, id, indicator, document_no, change_fen, reason, adjusted_on,
                  recorded_by, recorded_at)
           VALUES ($1, $2, $3, 'D', $4, 'r', '2026-06-01', 'x', $5)`,
          [tx.book, newId(), indicator, changeFen, tx.now],
        );
        return ok(null);
      });
    await expect(row('-1')).rejects.toThrow(/is stated as 999 fen, the ledger has 1000/);
    for (const change of ['amount_fen = 1', "doc_no = 'x'", "fund_source = 'central'"]) {
      await expect(
        county.owner(`UPDATE funds.indicator SET ${change} WHERE id = '${indicator}'`),
      ).rejects.toThrow(/states what its document says/);
    }
    await expect(county.query('UPDATE funds.adjustment SET change_fen = 1')).rejects.toThrow(
      /permission denied/,
    );
  });
});
