import {
  DecideAcceptance,
  DecideContract,
  Entitlements,
  ProposeAcceptance,
  ProposeContract,
  RosterAudit,
  RosterLines,
  type AcceptanceDecision,
  type AcceptanceDraft,
  type ContractDraft,
} from '@app/compensation';
import type { Principal } from '@app/identity';
import { CompensationCounty } from './compensation-county';

const VILLAGE = '610924101001';
const SETTINGS = {
  schemes: {
    'new-round': { '1': '50000', '3': '30000', '5': '40000' },
    extension: { '1': '10000', '2': '10000', '3': '10000', '4': '10000', '5': '10000' },
  },
};

describe('farmland turned to forest', () => {
  let county: CompensationCounty;
  let handler: Principal;
  let reviewer: Principal;
  let programme: string;
  let serial = 0;

  beforeAll(async () => {
    county = await CompensationCounty.open();
    handler = county.staff('forestry-handler');
    reviewer = county.staff('forestry-reviewer');
    programme = await county.programme({ ruleKind: 'instalment', settings: SETTINGS }, []);
  });
  afterAll(() => county.close());

  /** A contractor with 12.30 mu. */
  const contracted = async () => {
    const [land] = await county.land([{ village: VILLAGE, rightKind: 'contract' }]);
    const [row] = await county.query<{ code: string; no: string }>(
      `SELECT p.code, t.external_no AS no FROM registry.parcel p, registry.party t
        WHERE p.book = $1 AND p.id = $2 AND t.book = p.book AND t.id = $3`,
      [county.book, land!.parcel, land!.party],
    );
    return { ...land!, code: row!.code, no: row!.no };
  };
  const draftOf = (land: { code: string; no: string }, over: Partial<ContractDraft> = {}): ContractDraft => ({
    ...{
      programme,
      contractNo: `退〔2022〕${(serial += 1)}号`,
      parcelCode: land.code,
      rightKind: 'contract',
    },
    ...{ holderExternalNo: land.no, areaMu100: 600n, plantedYear: 2022, scheme: 'new-round' },
    ...{ payeeRule: 'original-contractor', ...over },
  });
  const propose = (draft: ContractDraft) =>
    county.run(handler, (tx) => county.get(ProposeContract).execute(tx, handler, draft));
  const decide = (id: string, who = reviewer, rejection?: string) =>
    county.run(who, (tx) => county.get(DecideContract).execute(tx, who, { id, rejection }));
  const contract = async (over: Partial<ContractDraft> = {}) => {
    const land = await contracted();
    const draft = draftOf(land, over);
    const proposed = await propose(draft);
    if (!proposed.ok) throw new Error(proposed.reason.code);
    await decide(proposed.value.id);
    return { ...land, id: proposed.value.id, contractNo: draft.contractNo };
  };
  const accept = (over: Partial<AcceptanceDraft> & { contract: string }) =>
    county.run(handler, (tx) =>
      county.get(ProposeAcceptance).execute(tx, handler, {
        ...{
          yearNo: 1,
          areaMu100: 600n,
          inspectedOn: '2026-04-20',
          documentNo: '验〔2026〕1号',
          tended: true,
        },
        ...over,
      }),
    );
  const check = (id: string, over: Partial<AcceptanceDecision> = {}, who = reviewer) => {
    const decision = { id, provinceDocumentNo: '陕林退〔2026〕3号', ...over };
    return county.run(who, (tx) => county.get(DecideAcceptance).execute(tx, who, decision));
  };
  const accepted = async (over: Partial<AcceptanceDraft> & { contract: string }) => {
    const proposed = await accept(over);
    return proposed.ok ? check(proposed.value.id) : proposed;
  };

  it('pays each year of its scheme once its acceptance is confirmed and checked, to the lock', async () => {
    const { id, party, contractNo } = await contract();
    expect(await accepted({ contract: id })).toMatchObject({ value: { owedFen: 300_000n } });
    expect(await accepted({ contract: id, yearNo: 3, areaMu100: 550n })).toMatchObject({
      value: { owedFen: 165_000n },
    });
    const indicator = await county.indicator();
    const roster = await county.roster(programme, indicator, '610924101');
    const { items } = await county.get(RosterLines).page(county.book, {
      ...{ roster: roster.id, scope: [''], limit: 10 },
    });
    expect(items.map(({ explanationZh }) => explanationZh)).toEqual([
      '6.00 亩 × 500.00 元（第1年）= 3000.00 元',
      '5.50 亩 × 300.00 元（第3年）= 1650.00 元',
    ]);
    await county.pay(roster.id);
    expect(await county.balance(`payable/${indicator}/${roster.id}/${party}`)).toBe(465_000n);
    expect(await accept({ contract: id })).toMatchObject({
      reason: { code: 'ACCEPTANCE_EXISTS', contractNo, yearNo: 1 },
    });
    expect(await county.get(RosterAudit).execute(county.book)).toEqual({ ok: true, findings: [] });
  });

  it('makes up for years that passed, each by its own acceptance', async () => {
    const { id, party } = await contract({ scheme: 'extension', plantedYear: 2022 });
    for (const yearNo of [1, 2, 3, 4, 5])
      expect(await accepted({ contract: id, yearNo })).toMatchObject({ value: { owedFen: 60_000n } });
    const owed = await county.get(Entitlements).list(county.book, { programme, scope: [''], limit: 100 });
    const fen = owed.filter(({ partyId }) => partyId === party).map(({ amountFen }) => amountFen);
    expect(fen.reduce((a, b) => a + b, 0n)).toBe(300_000n);
  });

  it('owes nothing without the province, without tending, before its year, or for more than was contracted', async () => {
    const { id } = await contract({ plantedYear: 2024 });
    const proposed = await accept({ contract: id });
    const first = proposed.ok ? proposed.value.id : '';
    expect(await check(first, { provinceDocumentNo: undefined })).toMatchObject({
      reason: { code: 'ACCEPTANCE_UNCONFIRMED' },
    });
    expect(await check(first, {}, { ...handler, assignments: reviewer.assignments })).toMatchObject({
      reason: { code: 'STEP_BY_SAME_PERSON' },
    });
    expect(await check(first, { rejection: '成活率不足' })).toMatchObject({ value: { owedFen: 0n } });
    const left = await accept({ contract: id, tended: false });
    expect(await check(left.ok ? left.value.id : '')).toMatchObject({ reason: { code: 'NOT_TENDED' } });
    const field = (name: string) => ({ reason: { code: 'PROGRAMME_FIELD_WRONG', field: name } });
    expect(await accept({ contract: id, yearNo: 2 })).toMatchObject(field('yearNo'));
    expect(await accept({ contract: id, yearNo: 5 })).toMatchObject(field('inspectedOn'));
    expect(await accept({ contract: id, yearNo: 3, inspectedOn: '2027-01-01' })).toMatchObject(
      field('inspectedOn'),
    );
    expect(await accept({ contract: id, yearNo: 3, areaMu100: 601n })).toMatchObject({
      reason: { code: 'AREA_ABOVE', mostMu100: 600n },
    });
    const owed = await county.get(Entitlements).list(county.book, { programme, scope: [''], limit: 100 });
    expect(owed.filter(({ sources }) => sources.includes(id))).toEqual([]);
  });

  it('pays the original contractor, or by the transfer contract whom that names', async () => {
    const land = await contracted();
    const other = await contracted();
    const transfer = { payeeRule: 'per-contract', payeeExternalNo: other.no } as const;
    const wrong = (field: string) => ({ reason: { code: 'PROGRAMME_FIELD_WRONG', field } });
    expect(await propose(draftOf(land, transfer))).toMatchObject(wrong('payeeDocumentNo'));
    expect(await propose(draftOf(land, { payeeExternalNo: other.no }))).toMatchObject(
      wrong('payeeExternalNo'),
    );
    const proposed = await propose(draftOf(land, { ...transfer, payeeDocumentNo: '流转〔2024〕1号' }));
    const id = proposed.ok ? proposed.value.id : '';
    expect(await accept({ contract: id })).toMatchObject({ reason: { code: 'CONTRACT_STATE_WRONG' } });
    await decide(id);
    await accepted({ contract: id });
    const owed = await county.get(Entitlements).list(county.book, { programme, scope: [''], limit: 100 });
    expect(owed.find(({ sources }) => sources.includes(id))?.partyId).toBe(other.party);
  });

  it('has no more under contract than there is, of a right that its holder has', async () => {
    const land = await contracted();
    const draft = draftOf(land, { areaMu100: 1_000n });
    expect(await propose(draft)).toMatchObject({ ok: true });
    expect(await propose({ ...draft, areaMu100: 100n })).toMatchObject({
      reason: { code: 'CONTRACT_EXISTS' },
    });
    expect(await propose(draftOf(land, { areaMu100: 231n }))).toMatchObject({
      reason: { code: 'AREA_ABOVE', mostMu100: 230n },
    });
    expect(await propose(draftOf(land, { rightKind: 'management' }))).toMatchObject({
      reason: { code: 'CONTRACT_RIGHT_UNKNOWN' },
    });
    expect(await propose(draftOf(land, { scheme: 'old' }))).toMatchObject({ reason: { field: 'scheme' } });
    const area = await county.programme();
    expect(await propose(draftOf(land, { programme: area }))).toMatchObject({
      reason: { code: 'PROGRAMME_KIND_WRONG', needed: 'instalment' },
    });
  });

  it('is guarded by the database: areas, years, confirmation, and what an acceptance owes', async () => {
    const { id, party, parcel } = await contract();
    const acceptance = (over: string) =>
      county.query(
        `INSERT INTO compensation.instalment_acceptance (book, id, contract, year_no, area_mu100, inspected_on, document_no,
                tended, proposed_by, proposed_at)
         SELECT $1, gen_random_uuid(), $2, v.year_no, v.area, v.day::date, 'x', true, 'x', now()
           FROM (VALUES ${over}) AS v (year_no, area, day)`,
        [county.book, id],
      );
    for (const wrong of [`(2, 600, '2026-04-01')`, `(1, 601, '2026-04-01')`, `(5, 600, '2025-12-31')`])
      await expect(acceptance(wrong)).rejects.toThrow('is not of its contract');
    await acceptance(`(1, 600, '2026-04-01')`);
    await expect(
      county.query(
        `UPDATE compensation.instalment_acceptance SET state = 'approved', decided_by = 'y', decided_at = now()
          WHERE book = $1 AND contract = $2`,
        [county.book, id],
      ),
    ).rejects.toThrow('confirmed_and_tended');
    await expect(
      county.query(
        `INSERT INTO compensation.entitlement (book, id, programme, kind, key, region, party, parcel, quantity, rate_fen,
                figures, amount_fen, due_on, year, sources, made_by, made_at)
         VALUES ($1, gen_random_uuid(), $2, 'instalment', 'k', '${VILLAGE}', $3, $4, 600, 50000,
                '{"areaMu100": "600", "fenPerMu": "50000", "yearNo": "1"}', 300000, '2026-05-01', 2026, ARRAY[$5::uuid],
                'x', now())`,
        [county.book, programme, party, parcel, id],
      ),
    ).rejects.toThrow('has no acceptance');
    await expect(
      county.query(
        `INSERT INTO compensation.instalment_contract (book, id, programme, contract_no, parcel, right_share, area_mu100,
                planted_year, scheme, payee_rule, payee, proposed_by, proposed_at)
         SELECT book, gen_random_uuid(), programme, 'more', parcel, right_share, 631, planted_year, scheme, payee_rule,
                payee, 'x', now() FROM compensation.instalment_contract WHERE id = $1`,
        [id],
      ),
    ).rejects.toThrow('is not of this parcel');
  });
});
