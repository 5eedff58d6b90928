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

const findingsOf = async (county: CreditsCounty): Promise<readonly string[]> =>
  (await county.get(SerialAudit).execute(county.book)).findings;
