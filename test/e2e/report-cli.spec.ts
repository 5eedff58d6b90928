import { report } from '../../apps/cli/src/report/report';
import { COUNTY, CreditsCounty } from '../invariants/credits-county';
import { appEnvironment } from '../support';

/** What the command prints and ends with, by the right of the auditor unless another is given. */
async function run(county: CreditsCounty, args: readonly string[], url?: string) {
  const parts: string[] = [];
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => parts.push(String(text)) > 0);
  const log = jest.spyOn(console, 'log').mockImplementation((text: string) => void parts.push(text));
  const errors: string[] = [];
  const error = jest.spyOn(console, 'error').mockImplementation((text: string) => void errors.push(text));
  const before = process.env.DATABASE_URL;
  process.env.DATABASE_URL = url ?? appEnvironment(county.database).AUDITOR_DATABASE_URL;
  try {
    return {
      code: await report(['--book', 'credits-test', ...args]),
      text: parts.join(''),
      errors: errors.join(''),
    };
  } finally {
    process.env.DATABASE_URL = before;
    for (const spy of [out, log, error]) spy.mockRestore();
  }
}

describe('the command report', () => {
  let county: CreditsCounty;
  beforeAll(async () => {
    county = await CreditsCounty.issued(4);
  });
  afterAll(() => county.close());

  it('prints every report by the right of an auditor, and the same fingerprint as JSON', async () => {
    for (const kind of ['one-book', 'balance-sheet', 'gep', 'lulucf', 'reserve', 'audit']) {
      const { code, text, errors } = await run(county, ['--kind', kind]);
      expect([kind, code, errors]).toEqual([kind, 0, '']);
      const { text: json } = await run(county, ['--kind', kind, '--json']);
      const made = JSON.parse(json) as { sha256: string; region: string };
      expect(made.region).toBe(COUNTY);
      expect(text).toContain(made.sha256);
    }
    const { text } = await run(county, ['--kind', 'one-book']);
    // 49.20 mu of broadleaf.
    expect(text).toMatch(/阔叶林 +4 +49\.20 +49\.20/);
  });

  it('says what it cannot do, with another end', async () => {
    for (const [args, problem] of [
      [['--kind', 'x'], /--kind is one of/],
      [['--kind', 'gep', '--day', '2026-02-30'], /no day/],
      [['--kind', 'gep', '--day', '2027-01-01'], /REPORT_DAY_WRONG/],
      [['--kind', 'gep', '--region', '999999'], /REGION_UNKNOWN/],
    ] as const) {
      const { code, errors } = await run(county, args);
      expect(code).toBe(2);
      expect(errors).toMatch(problem);
    }
  });

  it('mends sums that are not those of their rows, by the right of the application alone', async () => {
    await county.owner('DELETE FROM credits.land_change WHERE length(region) = 6');
    await expect(run(county, ['--kind', 'mend'])).rejects.toThrow(/permission denied/);
    const { text } = await run(county, ['--kind', 'mend'], county.database.appUrl);
    expect(text).toMatch(/^[1-9]\d* sums/);
    expect((await run(county, ['--kind', 'mend'], county.database.appUrl)).text).toMatch(/^0 sums/);
    expect((await run(county, ['--kind', 'one-book'])).text).toMatch(/阔叶林 +4 +49\.20/);
  });
});
