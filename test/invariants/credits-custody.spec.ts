import {
  Custody,
  DecideTransfer,
  ImportStatement,
  OpenPlatform,
  ProposeTransfer,
  RetireGrams,
  SellableGrams,
  type PlatformStatement,
} from '@app/credits';
import { RevokeConsent } from '@app/registry';
import { CreditsCounty, expectBookInOrder, serials, TOWNSHIP } from './credits-county';
import { BUFFER, Forest, FREE, lost } from './credits-forest';

const [REGISTRAR, REVIEWER] = ['registrar', 'reviewer'];
const CODE = `${TOWNSHIP}-2025-g1`;
const PAPER = { documentNo: '托管〔2026〕1号' };
const DAY = '2026-03-02';
/** 60 % of 2,767,500 free grams of a household. */
const CONSENTED = 1_660_500n;

/** A county with one platform outside, its clock at 2 March 2026. */
class Outside {
  private constructor(readonly county: CreditsCounty) {}

  static async open(households: number): Promise<Outside> {
    const county = await CreditsCounty.issued(households);
    await county.done(REGISTRAR, (tx) =>
      county.get(OpenPlatform).execute(tx, { code: 'hbets', name: '省碳排放权交易中心', ...PAPER }),
    );
    return new Outside(county);
  }

  propose(reference: string, grams: bigint, household = 1) {
    const partyExternalNo = `HH${String(household).padStart(5, '0')}`;
    return this.county.run(REGISTRAR, (tx) =>
      this.county.get(ProposeTransfer).out(tx, {
        ...{ platform: 'hbets', reference, grams, partyExternalNo, issuance: CODE, ...PAPER },
      }),
    );
  }

  bringBack(of: string, reference: string, grams: bigint) {
    return this.county.run(REGISTRAR, (tx) =>
      this.county.get(ProposeTransfer).in(tx, { of, reference, grams, ...PAPER }),
    );
  }

  decide(id: string, rejection?: string, actor = REVIEWER) {
    const decision = { id, ...(rejection === undefined ? {} : { rejection }) };
    return this.county.run(actor, (tx) => this.county.get(DecideTransfer).execute(tx, decision));
  }

  /** Moved out, and waiting for the platform's word. */
  async sent(reference: string, grams: bigint, household = 1): Promise<string> {
    const proposed = await this.propose(reference, grams, household);
    if (!proposed.ok) throw new Error(proposed.reason.code);
    expect(await this.decide(proposed.value.id)).toMatchObject({ ok: true, value: { state: 'sent' } });
    return proposed.value.id;
  }

  statement(lines: PlatformStatement['lines'], day = DAY) {
    return this.county.run(REGISTRAR, (tx) =>
      this.county.get(ImportStatement).execute(tx, { platform: 'hbets', day, lines }),
    );
  }

  async states(): Promise<Record<string, string>> {
    const filter = { after: null, count: 200, state: null };
    const transfers = await this.county.get(Custody).transfers(this.county.book, filter);
    return Object.fromEntries(transfers.map(({ reference, state }) => [reference, state]));
  }

  sellable = async () => (await this.county.get(SellableGrams).of(this.county.book, 'G1', 20)).grams;
}

const line = (reference: string, grams: bigint, outcome: 'held' | 'failed' = 'held') => ({
  ...{ reference, issuance: CODE, grams: grams.toString(), outcome },
});

describe('grams that move out to another platform', () => {
  let outside: Outside;
  beforeEach(async () => {
    outside = await Outside.open(2);
  });
  afterEach(() => outside.county.close());

  it('leave their holder when another person approves it, and nobody can sell them meanwhile', async () => {
    const before = await outside.sellable();
    const { county } = outside;
    const proposed = await outside.propose('T-1', 600_000n);
    expect(proposed.ok).toBe(true);
    const id = proposed.ok ? proposed.value.id : '';
    expect(await outside.decide(id, undefined, REGISTRAR)).toMatchObject({
      reason: { code: 'STEP_BY_SAME_PERSON' },
    });
    expect(await county.grams('external')).toBe(0n);
    expect(await outside.decide(id)).toMatchObject({ ok: true });
    expect(await outside.decide(id)).toMatchObject({ reason: { code: 'TRANSFER_DECIDED', state: 'sent' } });
    expect(await county.grams('external')).toBe(600_000n);
    expect(await outside.sellable()).toBe(before - 600_000n);
    await expectBookInOrder(county);
  });

  it.each(['held', 'failed'] as const)(
    'are cancelled when they come back though their forest is lost, what nothing stands in for: %s',
    async (outcome) => {
      const { county } = outside;
      const id = await outside.sent('T-1', CONSENTED);
      if (outcome === 'held') await outside.statement([line('T-1', CONSENTED)]);
      const others = await outside.sellable();
      const { effect } = await new Forest(county).reverse([lost(1, '100')]);
      const open = CONSENTED - BUFFER;
      expect(effect).toMatchObject({ owedGrams: CONSENTED, replacedGrams: BUFFER, openGrams: open });
      const before = await county.grams('cancelled');
      if (outcome === 'held') {
        const back = await outside.bringBack(id, 'T-2', CONSENTED);
        expect(await outside.decide(back.ok ? back.value.id : '')).toMatchObject({ ok: true });
      } else await outside.statement([line('T-1', CONSENTED, 'failed')]);
      expect(await county.grams('external')).toBe(0n);
      expect(await county.grams('cancelled')).toBe(before + open);
      expect(await county.grams('holding')).toBe(BUFFER + FREE);
      expect(await outside.sellable()).toBe(others);
      await expectBookInOrder(county);
    },
  );

  it('are never more than their holder lets go of, and none once the consent is revoked', async () => {
    const { county } = outside;
    expect(await outside.propose('T-1', CONSENTED + 1n)).toMatchObject({
      reason: { code: 'CONSENTED_GRAMS_INSUFFICIENT', available: CONSENTED },
    });
    const waiting = await outside.propose('T-2', 1_000n);
    const [consent] = await county.query<{ id: string; phone_index: Buffer }>(
      `SELECT c.id, p.phone_index FROM registry.consent c JOIN registry.party p ON p.id = c.party
        WHERE p.external_no = 'HH00001'`,
    );
    await county.done('person', (tx) =>
      county.get(RevokeConsent).execute(tx, { consent: consent!.id, phoneIndex: consent!.phone_index }),
    );
    expect(await outside.decide(waiting.ok ? waiting.value.id : '')).toMatchObject({
      reason: { code: 'CONSENTED_GRAMS_INSUFFICIENT', available: 0n },
    });
    expect(await outside.propose('T-3', 1n)).toMatchObject({ ok: false });
    expect(await county.grams('external')).toBe(0n);
  });

  it('are never those that an order holds', async () => {
    const { county } = outside;
    expect(await county.reserve(county.order(2n * CONSENTED))).toMatchObject({ ok: true });
    expect(await outside.propose('T-1', 1n)).toMatchObject({
      reason: { code: 'CONSENTED_GRAMS_INSUFFICIENT', available: 0n },
    });
  });

  it('are confirmed by the platform’s statement, or come back with their serials when it did not take them', async () => {
    const { county } = outside;
    await outside.sent('T-1', 500_000n);
    await outside.sent('T-2', 300_000n, 2);
    const before = await outside.sellable();
    const told = await outside.statement([line('T-1', 500_000n), line('T-2', 300_000n, 'failed')]);
    expect(told).toMatchObject({
      ok: true,
      value: {
        differences: [],
        balances: [{ issuance: CODE, oursGrams: 500_000n, theirsGrams: 500_000n }],
      },
    });
    expect(await outside.states()).toEqual({ 'T-1': 'confirmed', 'T-2': 'failed' });
    expect(await outside.sellable()).toBe(before + 300_000n);
    expect(
      await county.query(`SELECT DISTINCT party = $1 AS own FROM credits.serial_block WHERE place = $2`, [
        await county.partyId(2),
        `holding/${await county.partyId(2)}`,
      ]),
    ).toEqual([{ own: true }]);
    expect(await outside.statement([line('T-1', 500_000n), line('T-2', 300_000n, 'failed')])).toMatchObject({
      reason: { code: 'CUSTODY_STATEMENT_REPEATED' },
    });
    await expectBookInOrder(county);
  });

  it('are compared by issuance, and every difference is told by name and settles nothing', async () => {
    await outside.sent('T-1', 500_000n);
    await outside.sent('T-2', 300_000n, 2);
    const told = await outside.statement([line('T-1', 400_000n), line('VCS-1', 77n)]);
    expect(told).toMatchObject({
      value: {
        balances: [{ issuance: CODE, oursGrams: 800_000n, theirsGrams: 400_077n }],
        differences: [
          { kind: 'grams-differ', reference: 'T-1', oursGrams: 500_000n, theirsGrams: 400_000n },
          { kind: 'unknown-here', reference: 'VCS-1', oursGrams: 0n, theirsGrams: 77n },
          { kind: 'missing-there', reference: 'T-2', oursGrams: 300_000n, theirsGrams: 0n },
        ],
      },
    });
    expect(await outside.states()).toEqual({ 'T-1': 'sent', 'T-2': 'sent' });
    const kept = await outside.county.get(Custody).statements(outside.county.book, 10);
    expect(kept).toMatchObject([{ day: DAY, reconciliation: { differences: [{}, {}, {}] } }]);
  });

  it('come back only where they were moved out, to whom they came from, and no more than they were', async () => {
    const { county } = outside;
    const out = await outside.sent('T-1', 500_000n);
    await outside.sent('T-2', 300_000n, 2);
    expect(await outside.bringBack(out, 'R-0', 1n)).toMatchObject({
      reason: { code: 'FOREIGN_UNITS_NEVER_MINTED' },
    });
    await outside.statement([line('T-1', 500_000n), line('T-2', 300_000n)]);
    for (const foreign of ['VCS-0001-17', '00000000-0000-4000-8000-000000000000']) {
      expect(await outside.bringBack(foreign, 'R-0', 1n)).toMatchObject({
        reason: { code: 'FOREIGN_UNITS_NEVER_MINTED' },
      });
    }
    expect(await outside.bringBack(out, 'R-0', 500_001n)).toMatchObject({
      reason: { code: 'TRANSFER_HAS_FEWER', available: 500_000n },
    });
    const two = [
      await outside.bringBack(out, 'R-1', 300_000n),
      await outside.bringBack(out, 'R-2', 300_000n),
    ];
    const decided = await Promise.all(two.map((each) => outside.decide(each.ok ? each.value.id : '')));
    expect(decided.filter(({ ok }) => ok)).toHaveLength(1);
    expect(decided.find(({ ok }) => !ok)).toMatchObject({
      reason: { code: 'TRANSFER_HAS_FEWER', available: 200_000n, asked: 300_000n },
    });
    expect(await county.grams('external')).toBe(500_000n);
    const [left] = await county.query<{ grams: string }>(
      `SELECT sum(upper(serials) - lower(serials))::text AS grams FROM credits.serial_block
        WHERE place = 'external/hbets' AND party = $1`,
      [await county.partyId(1)],
    );
    expect(left).toEqual({ grams: '200000' });
    await expectBookInOrder(county);
  });

  it('are told all rows of a statement that are wrong', async () => {
    expect(
      await outside.statement([
        line('T-1', 1n),
        { ...line('T-1', 1n), grams: '-1' },
        { ...line('T-2', 1n), grams: '1.5' },
      ]),
    ).toMatchObject({
      reason: {
        ...{ code: 'CUSTODY_STATEMENT_REFUSED', total: 3 },
        errors: [
          { row: 2, field: 'reference' },
          { row: 2, field: 'grams' },
          { row: 3, field: 'grams' },
        ],
      },
    });
    expect(await outside.statement([line('T-1', 1n)], '2026-03-03')).toMatchObject({
      reason: { code: 'CUSTODY_REFUSED' },
    });
  });

  it('are settled once, by the database too', async () => {
    await outside.sent('T-1', 1_000n);
    for (const sql of [
      `UPDATE credits.transfer SET state = 'proposed', decided_by = NULL, decided_at = NULL`,
      `UPDATE credits.transfer SET state = 'returned'`,
      `UPDATE credits.transfer SET grams = 1`,
      `DELETE FROM credits.transfer_serials`,
    ]) {
      await expect(outside.county.query(sql)).rejects.toThrow(/each once|permission denied/);
    }
  });
});

describe('one block that 32 clients sell, retire and move out', () => {
  it.each(serials(3))('gives each gram to one of them, round %i', async (round) => {
    const outside = await Outside.open(1);
    const { county } = outside;
    try {
      const { cardId } = await county.card(1_000n);
      const sizes = serials(32).map((n) => BigInt(((n * 5 + round) % 13) + 1) * 19_000n);
      const raced = await Promise.all(
        sizes.map(async (grams, index) => {
          if (index % 4 === 0) {
            const items = [{ cardId, grams: 200n }];
            return county.run('operator', (tx) =>
              county.get(RetireGrams).execute(tx, { items, reference: `race-${index}` }),
            );
          }
          if (index % 2 === 1) return county.reserve(county.order(grams));
          const proposed = await outside.propose(`T-${index}`, grams);
          return proposed.ok ? outside.decide(proposed.value.id) : proposed;
        }),
      );
      const wonOf = (is: (index: number) => boolean) =>
        sizes.reduce((sum, grams, index) => (raced[index]!.ok && is(index) ? sum + grams : sum), 0n);
      expect(raced.filter(({ ok }) => !ok).length).toBeGreaterThan(0);
      expect(raced.filter(({ ok }, index) => ok && index % 4 === 0)).toHaveLength(5);
      expect(await county.grams('external')).toBe(wonOf((index) => index % 4 === 2));
      expect(await county.grams('reserved-grams')).toBe(wonOf((index) => index % 2 === 1));
      expect(await county.grams('retired')).toBe(1_000n);
      const [seen] = await county.query<{ owned: string; issued: string; overlaps: number }>(
        `SELECT (SELECT sum(upper(serials) - lower(serials)) FROM credits.serial_block)::text AS owned,
                (SELECT sum(grams) FROM credits.issuance)::text AS issued,
                (SELECT count(*)::int FROM credits.serial_block a JOIN credits.serial_block b
                   ON a.issuance = b.issuance AND a.id < b.id AND a.serials && b.serials) AS overlaps`,
      );
      expect(seen).toEqual({ owned: seen!.issued, issued: seen!.issued, overlaps: 0 });
      await expectBookInOrder(county);
    } finally {
      await county.close();
    }
  });
});
