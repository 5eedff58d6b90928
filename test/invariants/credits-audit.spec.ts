import { SerialAudit } from '@app/credits';
import { CreditsCounty } from './credits-county';

describe('the audit of serials', () => {
  let county: CreditsCounty;
  beforeAll(async () => {
    county = await CreditsCounty.issued(2);
  });
  afterAll(() => county.close());

  it('finds a gram that was moved without an entry, a lost run and a changed origin', async () => {
    const audit = async () => (await findingsOf(county)).map((finding) => finding.split(':')[0]);
    await county.owner(
      `UPDATE credits.serial_block SET place = 'card/x'
        WHERE id = (SELECT id FROM credits.serial_block WHERE place LIKE 'holding/%' ORDER BY id LIMIT 1)`,
    );
    expect(await audit()).toEqual([
      'SERIALS_DIFFER_FROM_LEDGER',
      'SERIALS_DIFFER_FROM_LEDGER',
      'SERIALS_NOT_WHERE_THEY_MOVED',
      'CARD_SERIALS_DIFFER',
    ]);
    await county.owner(`DELETE FROM credits.serial_block WHERE place = 'card/x'`);
    expect(await audit()).toEqual(expect.arrayContaining(['SERIALS_NOT_COMPLETE']));
    await county.owner(
      `UPDATE credits.serial_block b SET party = l.party FROM credits.issuance_line l
        WHERE l.issuance = b.issuance AND l.party <> b.party AND b.place LIKE 'holding/%'`,
    );
    expect(await audit()).toEqual(expect.arrayContaining(['SERIALS_OF_ANOTHER_PARTY']));
    await county.owner(`DELETE FROM credits.claim`);
    expect(await audit()).toEqual(expect.arrayContaining(['LAND_NOT_CLAIMED']));
  });
});

describe('the audit of what lies elsewhere', () => {
  it('finds grams outside without a transfer, registered land without a claim and a memorandum that left', async () => {
    const county = await CreditsCounty.issued(1);
    try {
      const audit = async () => new Set((await findingsOf(county)).map((finding) => finding.split(':')[0]));
      await county.owner(
        `UPDATE credits.serial_block SET place = 'external/nowhere' WHERE place LIKE 'holding/%'`,
      );
      expect(await audit()).toContain('EXTERNAL_DIFFERS_FROM_TRANSFERS');
      expect(await audit()).not.toContain('MEMORANDUM_LEFT');
      await county.owner(`UPDATE credits.issuance SET grade = 'G0'`);
      expect(await audit()).toContain('MEMORANDUM_LEFT');
      await county.owner(
        `INSERT INTO credits.project (book, id, code, name, kind, methodology, standard, owner, opened_by, opened_at)
         SELECT book, gen_random_uuid(), 'p', 'p', 'arbor', 'm', 's', id, 'x', now() FROM registry.party`,
      );
      await county.owner(
        `INSERT INTO credits.project_land (book, project, parcel, land_unit, area_mu100)
         SELECT p.book, j.id, p.id, p.land_unit, p.area_mu100 FROM registry.parcel p, credits.project j`,
      );
      expect(await audit()).not.toContain('PROJECT_LAND_NOT_CLAIMED');
      await county.owner(
        `UPDATE credits.project SET state = 'registered', crediting = daterange('2030-01-01', '2050-01-01')`,
      );
      expect(await audit()).toContain('PROJECT_LAND_NOT_CLAIMED');
    } finally {
      await county.close();
    }
  });
});

const findingsOf = async (county: CreditsCounty): Promise<readonly string[]> =>
  (await county.get(SerialAudit).execute(county.book)).findings;
