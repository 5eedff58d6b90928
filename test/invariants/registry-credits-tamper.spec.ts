import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { SerialAudit } from '@app/credits';
import { RegistryAudit } from '@app/registry';
import { findingsAfter } from './audit-damage';
import { expectBookInOrder } from './credits-county';
import { CREDITS_TAMPERS } from './credits-tampers';
import { WholeCounty } from './registry-credits-county';
import { IMPORT_TAMPERS } from './registry-import-tampers';
import { REGISTRY_TAMPERS } from './registry-tampers';

const AUDITS = { registry: RegistryAudit, credits: SerialAudit };
describe('a healthy county in which everything happened', () => {
  let whole: WholeCounty;
  beforeAll(async () => {
    whole = await WholeCounty.open();
  });
  afterAll(() => whole?.county.close());

  const damaged = () => ({ adminUrl: whole.county.database.adminUrl, book: whole.county.book });
  const expectClean = async () => {
    await expectBookInOrder(whole.county);
    const registry = await whole.county.get(RegistryAudit).execute(whole.county.book);
    expect(registry.findings).toEqual([]);
  };

  it('verifies clean', expectClean);

  it.each([
    ...[...REGISTRY_TAMPERS, ...IMPORT_TAMPERS].map((tamper) => ({ ...tamper, audit: 'registry' as const })),
    ...CREDITS_TAMPERS.map((tamper) => ({ ...tamper, audit: 'credits' as const })),
  ])('does not verify when $what: $code', async ({ audit, damage, code, place }) => {
    const findings = await findingsAfter(AUDITS[audit], damaged(), damage);
    const found = findings.filter((finding) => finding.startsWith(`${code}: `));
    expect(found.join('\n')).toMatch(place);
    expect(findings.join('\n')).not.toMatch(/测试户|分出户|新户主|别人|\d{15,}/);
  });

  it('does not verify when an account’s number is exchanged and its index left', async () => {
    const { county } = whole;
    const exchange = `UPDATE registry.bank_account a SET number_sealed = o.number_sealed FROM registry.bank_account o
      WHERE a.id = $1 AND o.id = $2`;
    const rows = await county.query<{ id: string; sealed: Buffer }>(
      `SELECT id, number_sealed AS sealed FROM registry.bank_account ORDER BY id LIMIT 2`,
    );
    const [one, other] = rows;
    await county.owner(exchange, [one!.id, other!.id]);
    const { findings } = await county.get(RegistryAudit).execute(county.book);
    expect(findings).toEqual([
      expect.stringMatching(/^ROW_NOT_AS_IT_CAME: account of party HH\d{5} /),
      expect.stringMatching(/^SEALED_DIFFERS_FROM_INDEX: party HH\d{5}: its sealed account/),
    ]);
    await county.owner(`UPDATE registry.bank_account SET number_sealed = $2 WHERE id = $1`, [
      one!.id,
      one!.sealed,
    ]);
  });

  it('verifies clean again when all of it is undone', expectClean);
});

describe('the runbook of findings', () => {
  it('tells what each code means and what to do', () => {
    const runbook = readFileSync(join(__dirname, '../../docs/runbooks/verify-findings.md'), 'utf8');
    const codes = [...Object.keys(RegistryAudit.checks), ...Object.keys(SerialAudit.checks)];
    expect(codes.filter((code) => !runbook.includes(`| \`${code}\``))).toEqual([]);
  });
});
