import fc from 'fast-check';

import { DecideReversal, Messages, ReadMessage, SerialAudit, SerialMarks, type Message } from '@app/credits';
import { newId } from '@app/kernel';
import { CreditsCounty } from './credits-county';
import { BUFFER, Forest, FREE, lost } from './credits-forest';
import { consent, household, OTHER_VILLAGE, parcel, right, VILLAGE } from './registry-book';

interface Told {
  readonly kind: Message['kind'];
  readonly reversal: string;
  readonly addressee: string;
  readonly lost: string;
  readonly stoodIn: string;
}

/** Every message, by whom it is to. */
const messagesOf = (county: CreditsCounty): Promise<Told[]> =>
  county.query<Told>(
    `SELECT m.kind, m.reversal, coalesce(m.party::text, m.region, m.card::text) AS addressee,
            m.lost_grams::text AS lost, m.stood_in_grams::text AS "stoodIn"
       FROM credits.message m WHERE m.book = $1 ORDER BY m.kind, addressee`,
    [county.book],
  );

describe('those whom a reversal touches', () => {
  let forest: Forest;
  afterEach(() => forest.county.close());
  const list = (to: Parameters<Messages['list']>[1]) =>
    forest.county.get(Messages).list(forest.county.book, to, { count: 50 });

  it('are told once each: who lost, whose buffer stood in, the village, and whose card it is', async () => {
    forest = await Forest.of(2);
    const card = await forest.sell(2n * FREE);
    const { id } = await forest.reverse([lost(1, '15')]);
    const [first, second] = [await forest.county.partyId(1), await forest.county.partyId(2)];
    expect(await messagesOf(forest.county)).toEqual(
      [
        { kind: 'card-loss', addressee: card, lost: '153750', stoodIn: '0' },
        { kind: 'own-loss', addressee: first, lost: '461250', stoodIn: '0' },
        { kind: 'stood-in', addressee: second, lost: '0', stoodIn: '153750' },
        { kind: 'village-loss', addressee: VILLAGE, lost: '461250', stoodIn: '0' },
      ].map((told) => ({ reversal: id, ...told })),
    );
    expect(await list({ parties: [first] })).toMatchObject(
      [
        { parcels: 1, bufferGrams: BUFFER, owedGrams: 153_750n, readAt: null, text: { zh: /461\.25 千克/ } },
      ].map((told) => ({ ...told, text: { zh: expect.stringMatching(told.text.zh) as string } })),
    );
  });

  it('are told of the gram that was theirs when the one that stood in for it is lost', async () => {
    forest = await Forest.of(2);
    const card = await forest.sell(FREE);
    await forest.reverse([lost(1, '15')]);
    const { id } = await forest.reverse([lost(2, '100')], { kind: 'pest' });
    const again = (await messagesOf(forest.county)).filter(
      ({ kind, reversal }) => kind === 'card-loss' && reversal === id,
    );
    expect(again).toEqual([
      { kind: 'card-loss', reversal: id, addressee: card, lost: '153750', stoodIn: '0' },
    ]);
  });

  it('are told nothing when the deciding dies or is rejected, and once when it is repeated or raced', async () => {
    forest = await Forest.of(1);
    const { county } = forest;
    const proposed = await forest.propose([lost(1, '50')]);
    const id = proposed.ok ? proposed.value.id! : '';
    const dying = county.run('reviewer', async (tx) => {
      await county.get(DecideReversal).execute(tx, { reversal: id, dryRun: false });
      throw new Error('the process died before its commit');
    });
    await expect(dying).rejects.toThrow('the process died');
    await forest.decide(id, 'reviewer', { dryRun: true });
    expect(await messagesOf(county)).toEqual([]);
    await Promise.all([forest.decide(id), forest.decide(id), forest.decide(id)]);
    expect(await forest.decide(id)).toMatchObject({ value: { replayed: true } });
    expect((await messagesOf(county)).map(({ kind }) => kind)).toEqual(['own-loss', 'village-loss']);
    const other = await forest.propose([lost(1, '10')]);
    await forest.decide(other.ok ? other.value.id! : '', 'reviewer', { rejection: '证据不足' });
    expect(await messagesOf(county)).toHaveLength(2);
  });

  it('read theirs once, and nobody else’s', async () => {
    forest = await Forest.of(2);
    const { county } = forest;
    await forest.reverse([lost(1, '50')]);
    const [first, second] = [await county.partyId(1), await county.partyId(2)];
    const [message] = await list({ parties: [first] });
    const read = (to: Parameters<ReadMessage['execute']>[2], id = message!.id) =>
      county.run('reader', (tx) => county.get(ReadMessage).execute(tx, id, to));
    const nobodys = { reason: { code: 'MESSAGE_UNKNOWN' } };
    expect(await read({ parties: [second] })).toMatchObject(nobodys);
    expect(await read({ cards: [first] })).toMatchObject(nobodys);
    expect(await read({ regions: [VILLAGE] })).toMatchObject(nobodys);
    expect(await read({ parties: [first] }, newId())).toMatchObject(nobodys);
    expect(await read({ parties: [first] })).toMatchObject({ ok: true });
    await county.advanceTo('2026-03-03T01:00:00Z');
    const readAt = new Date('2026-03-02T01:00:00Z');
    expect(await read({ parties: [first] })).toMatchObject({ value: { readAt } });
    expect(await list({ parties: [first] })).toMatchObject([{ readAt }]);
    const again = `UPDATE credits.message SET read_at = now()`;
    await expect(county.owner(again)).rejects.toThrow('is read once');
  });

  it('have exactly one message with exactly what they lost, after whatever reversals', async () => {
    const county = await CreditsCounty.open();
    forest = new Forest(county);
    await county.import(
      'parties',
      [1, 2, 3].map((serial) => household(serial)),
    );
    await county.import(
      'parcels',
      [1, 2, 3, 4].map((serial) => parcel(serial, serial === 4 ? { village_code: OTHER_VILLAGE } : {})),
    );
    // The second household has a part of the first parcel and all of two in different villages.
    await county.import('rights', [
      right(1, 1, { share_percent: '66.6667' }),
      right(1, 2, { share_percent: '33.3333' }),
      ...[right(2, 2), right(3, 3), right(4, 2)],
    ]);
    await county.import(
      'consents',
      [1, 2, 3].map((serial) => consent(serial, { share_percent: '100' })),
    );
    await county.issueAll();
    const { cardId } = await county.card(3_333_333n);
    const markedBy = async (reversal: string): Promise<bigint> => {
      const ranges = await county.query<Record<'code' | 'first' | 'last', string>>(
        `SELECT i.code, lower(b.serials)::text AS first, (upper(b.serials) - 1)::text AS last
           FROM credits.serial_block b JOIN credits.issuance i ON i.book = b.book AND i.id = b.issuance
          WHERE b.book = $1 AND b.place = 'card/' || $2::text`,
        [county.book, cardId],
      );
      const marks = await county.get(SerialMarks).of(
        county.book,
        ranges.map(({ code, first, last }) => ({ code: code!, first: BigInt(first!), last: BigInt(last!) })),
      );
      const own = marks.filter((mark) => mark.reversal === reversal);
      return own.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
    };
    const losses = fc.uniqueArray(
      fc.record({ serial: fc.integer({ min: 1, max: 4 }), percent: fc.integer({ min: 1, max: 70 }) }),
      {
        ...{ minLength: 1, maxLength: 4, selector: ({ serial }) => serial },
      },
    );
    await fc.assert(
      fc.asyncProperty(losses, async (parts) => {
        const { id } = await forest.reverse(
          parts.map(({ serial, percent }) => lost(serial, String(percent))),
        );
        const expected = await county.query<Record<string, string>>(
          `SELECT 'party' AS kind, s.party::text AS addressee, sum(s.lost_grams)::text AS lost
             FROM credits.reversal_share s WHERE s.book = $1 AND s.reversal = $2 GROUP BY s.party
           UNION ALL
           SELECT 'village', p.village, sum(s.lost_grams)::text
             FROM credits.reversal_share s JOIN credits.measurement m ON m.book = s.book AND m.id = s.measurement
             JOIN registry.parcel p ON p.book = m.book AND p.id = m.parcel
            WHERE s.book = $1 AND s.reversal = $2 GROUP BY p.village`,
          [county.book, id],
        );
        // What the certificate shows is found another way: from the serials of the card to their marks.
        const onCard = await markedBy(id);
        if (onCard > 0n) expected.push({ kind: 'card', addressee: cardId, lost: String(onCard) });
        const kinds: Record<string, string> = {
          party: 'own-loss',
          village: 'village-loss',
          card: 'card-loss',
        };
        const told = (await messagesOf(county)).filter(({ reversal }) => reversal === id);
        const key = (kind: string, addressee: string, grams: string) => `${kind} ${addressee} ${grams}`;
        expect(
          told
            .filter(({ kind }) => kind !== 'stood-in')
            .map((one) => key(one.kind, one.addressee, one.lost))
            .sort(),
        ).toEqual(
          expected.map(({ kind, addressee, lost: grams }) => key(kinds[kind!]!, addressee!, grams!)).sort(),
        );
        const stoodIn = told.reduce((sum, one) => sum + BigInt(one.stoodIn), 0n);
        const [replaced] = await county.query<{ grams: string }>(
          `SELECT coalesce(sum(upper(r.serials) - lower(r.serials)), 0)::text AS grams FROM credits.replacement r
            WHERE r.book = $1 AND r.reversal = $2`,
          [county.book, id],
        );
        expect(stoodIn).toBe(BigInt(replaced!.grams));
      }),
      { numRuns: 12 },
    );
    expect(await county.get(SerialAudit).execute(county.book)).toMatchObject({ findings: [] });
  });
});
