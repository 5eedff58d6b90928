import { Rosters } from '@app/compensation';
import { Ledger } from '@app/ledger';
import { UnitOfWork } from '@app/platform';
import { CompensationCounty } from './compensation-county';
import { TOWN } from './compensation-land';
import type { MortalUnitOfWork } from './compensation-mortal';

/** Eighteen slices of 249 payees or the rest: eight one by one, then, as nobody else posts, eight and two at once. */
const HOUSEHOLDS = 4_300;
const SLICE_PAYEES = 249;
const EACH_FEN = 19_373n;
const TOTAL_FEN = BigInt(HOUSEHOLDS) * EACH_FEN;

/** Begin, eight transactions of a slice and two of several, the end. */
const RUNS = 12;

describe('the lock of a roster', () => {
  let county: CompensationCounty;
  let programme: string;
  let work: MortalUnitOfWork;

  beforeAll(async () => {
    county = await CompensationCounty.open();
    work = county.get(UnitOfWork) as MortalUnitOfWork;
    await county.land(Array.from({ length: HOUSEHOLDS }, () => ({ village: `${TOWN}001` })));
  });
  afterAll(() => county.close());
  beforeEach(async () => {
    programme = await county.programme();
  });

  const approved = async () => {
    const indicator = await county.indicator(TOTAL_FEN);
    const { id } = await county.roster(programme, indicator);
    await county.approve(id);
    return { id, indicator };
  };

  /** Every party is owed its amount once, in the ledger, in the payment basis, and by the roster's own list. */
  const expectLockedOnce = async ({ id, indicator }: { id: string; indicator: string }) => {
    expect(await county.stateOf(id)).toBe('locked');
    const sums = await county
      .get(Ledger)
      .sums(county.book, [`payable/${indicator}`, `reserved/${indicator}`]);
    expect([...sums.values()]).toEqual([TOTAL_FEN, 0n]);
    const [found] = await county.query(
      `SELECT count(*)::int AS payables, count(*) FILTER (WHERE a.credits = $3 AND a.debits = 0 AND a.version = 1)::int AS once
         FROM ledger.account a WHERE a.book = $1 AND starts_with(a.path, $2)`,
      [county.book, `payable/${indicator}/${id}/`, EACH_FEN],
    );
    expect(found).toEqual({ payables: HOUSEHOLDS, once: HOUSEHOLDS });
    const entries = await county.query<{ legs: number }>(
      `SELECT count(*)::int AS legs FROM ledger.entry e JOIN ledger.posting p ON p.book = e.book AND p.seq = e.seq
        WHERE e.book = $1 AND e.reference = $2 AND e.actor = 'system/compensation.lock-roster'
        GROUP BY e.seq ORDER BY legs DESC`,
      [county.book, `roster/${id}`],
    );
    const full = Math.floor(HOUSEHOLDS / SLICE_PAYEES);
    expect(entries.map(({ legs }) => legs)).toEqual([
      ...Array.from({ length: full }, () => SLICE_PAYEES + 1),
      (HOUSEHOLDS % SLICE_PAYEES) + 1,
    ]);
    const [paid] = await county.query(
      `SELECT count(*)::int AS lines, count(DISTINCT y.payment_line)::int AS linked,
              bool_and(p.amount_fen = y.amount_fen AND p.state = 'pending') AS same, max(b.total_fen) AS total_fen
         FROM compensation.roster_payee y
         JOIN disbursement.payment_line p ON p.book = y.book AND p.id = y.payment_line AND p.party = y.party
         JOIN disbursement.payment_basis b ON b.book = p.book AND b.id = p.basis AND b.source_id = y.roster
        WHERE y.book = $1 AND y.roster = $2`,
      [county.book, id],
    );
    expect(paid).toEqual({ lines: HOUSEHOLDS, linked: HOUSEHOLDS, same: true, total_fen: String(TOTAL_FEN) });
  };

  it('lets the planner know how many lines are to be paid', async () => {
    const { id } = await approved();
    await county.lock(id);
    const [line] = await county.query<{ rows: number }>(
      `SELECT reltuples::int AS rows FROM pg_class WHERE oid = 'disbursement.payment_line'::regclass`,
    );
    expect(line?.rows).toBeGreaterThanOrEqual(HOUSEHOLDS);
  });

  it('owes each party what its lines sum to, in slices, and says so', async () => {
    const roster = await approved();
    await county.lock(roster.id);
    await expectLockedOnce(roster);
    const view = await county.get(Rosters).byId(county.book, roster.id, ['']);
    expect(view).toMatchObject({ state: 'locked', dueFen: TOTAL_FEN, pendingFen: TOTAL_FEN, paidFen: 0n });
    const [basis] = await county.query<{ handled_by: string[] }>(
      'SELECT handled_by FROM disbursement.payment_basis WHERE book = $1 AND source_id = $2',
      [county.book, roster.id],
    );
    expect([...(view?.steps ?? [])].every(({ actor }) => basis?.handled_by.includes(actor))).toBe(true);
    expect(basis?.handled_by).toHaveLength(6);
  });

  it('changes nothing when it runs again', async () => {
    const roster = await approved();
    await county.lock(roster.id);
    await county.lock(roster.id);
    await expectLockedOnce(roster);
  });

  it('owes each party once when two workers run it at the same time', async () => {
    const roster = await approved();
    await Promise.all([county.lock(roster.id), county.lock(roster.id), county.lock(roster.id)]);
    await expectLockedOnce(roster);
  });

  it.each([
    [1, true],
    [2, false],
    [2, true],
    [10, false],
    [10, true],
    [11, true],
    [RUNS, false],
    [RUNS, true],
  ])('owes each party once when it dies in its transaction %i (committed: %p)', async (run, committed) => {
    const roster = await approved();
    work.dieAt(run, committed);
    await expect(county.lock(roster.id)).rejects.toThrow('killed');
    work.live();
    await county.lock(roster.id);
    await expectLockedOnce(roster);
  });

  it('sums the lines of a party that has several into one payment', async () => {
    const [first] = await county.land([{ village: '610924101001' }]);
    await county.land([{ village: '610924101001', party: first!.party, areaMu100: 100n }]);
    const indicator = await county.indicator();
    const { id } = await county.roster(programme, indicator, '610924101');
    await county.approve(id);
    await county.lock(id);
    expect(await county.balance(`payable/${indicator}/${id}/${first!.party}`)).toBe(EACH_FEN + 1_575n);
  });

  it('leaves a book that verifies', async () => {
    expect(await county.get(Ledger).verify(county.book)).toMatchObject({ ok: true, findings: [] });
  });
});
