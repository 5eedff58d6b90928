import { join } from 'node:path';

import { ApiClient } from './api-client';
import { Bank } from './bank';
import { CodeReader } from './codes';
import { CountyGenerator, type County } from './county/county';
import { readVillages } from './county/villages';
import { writeFiles } from './county/write-files';
import { DemoBook } from './demo-book';
import { readOptions, type DemoOptions } from './options';
import { readSettings, type DemoSettings } from './demo-settings';
import { brokenIdentities, readFigures, type Verification } from './figures';
import { Progress } from './progress';
import { appointStaff, type SignIn, type Staff } from './staff';
import { approveRosters, setUpProgramme } from './steps/compensate';
import { correctAndReissue, payOut, type Outcome } from './steps/disburse';
import { issueCredits } from './steps/issue-credits';
import { importFiles } from './steps/register';
import { splitAndPaySuppliers, useCards } from './steps/use-cards';
import { openMarket } from './steps/open-market';
import { refundOne, sellCards } from './steps/sell-cards';

/** The rehearsal begins on a Monday morning in spring, whatever today is: the same seed gives the same figures. */
const BEGINS = new Date('2026-03-02T01:00:00Z');
const MEASURED = { from: '2025-01-01', to: '2025-12-31' };
const DATES = {
  scopeFrom: '2024-01-01',
  rightsFrom: '2018-01-01',
  consentFrom: '2026-01-15',
  consentTo: '2030-12-31',
};
const BANK = { failPerMille: 20, unknownPerMille: 2, settleAfterMs: 300 };

/** Runs a county through both loops in a fresh rehearsal book; 0 only if everything adds up. */
export async function demo(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  const settings = readSettings(process.env);
  const code = `demo-${options.county}-${Date.now().toString(36)}`;
  const county = await new ApiClient(settings.apiUrl).get<{ name: string }>(`/regions/${options.county}`);
  const book = await DemoBook.open(settings.demoDatabaseUrl, {
    code,
    name: `${county.name}（演练）`,
    region: options.county,
    clock: BEGINS,
  });
  try {
    return await new Rehearsal(options, settings, book).run();
  } finally {
    await book.close();
  }
}

class Rehearsal {
  readonly #progress = new Progress();
  readonly #anonymous: ApiClient;
  readonly #bank: Bank;

  constructor(
    private readonly options: DemoOptions,
    private readonly settings: DemoSettings,
    private readonly book: DemoBook,
  ) {
    this.#anonymous = new ApiClient(settings.apiUrl);
    this.#bank = new Bank(settings.bankUrl, settings.bankKey);
  }

  async run(): Promise<number> {
    const { book, options } = this;
    const progress = this.#progress;
    await this.#bank.behave(book.code, { seed: options.seed, ...BANK });
    const { staff, signIns } = await progress.step('staff', () =>
      appointStaff(book, options.county, this.#anonymous),
    );
    const { county, townships, villages } = await this.importCounty(staff);
    await progress.step('credits', () => issueCredits(staff, book.code, MEASURED));
    const fiscal = await this.compensate(staff, county, townships);
    const market = await this.sell(staff);
    const figures = await readFigures(staff.administrator, book.code);
    const verify = await progress.step('verify', () =>
      staff.administrator.get<Verification>(`/books/${book.code}/verify`),
    );
    const broken = brokenIdentities(figures);
    const { queueBackend, postgres } = await this.#anonymous.get<{ queueBackend: string; postgres: string }>(
      '/health',
    );
    const report = {
      book: book.code,
      seed: options.seed,
      households: county.parties.filter(({ kind }) => kind === 'household').length,
      parcels: county.parcels.length,
      townships: townships.length,
      villages,
      areaMu: areaMu(county),
      ...figures,
      ...fiscal,
      ...market,
      queueBackend,
      postgres,
      verify: { ...verify, ok: verify.ok && broken.length === 0, findings: [...verify.findings, ...broken] },
      secondsByStep: progress.secondsByStep,
    };
    tellSignIns(signIns, this.settings.apiUrl);
    process.stdout.write(
      options.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`,
    );
    return report.verify.ok ? 0 : 1;
  }

  private async importCounty(
    staff: Staff,
  ): Promise<{ county: County; townships: string[]; villages: number }> {
    const { options, book } = this;
    const villages = await readVillages(this.#anonymous, options.county);
    const county = await this.#progress.step('files', async () => {
      const generated = new CountyGenerator(options.county, villages, options.seed).generate(
        options.households,
      );
      await Promise.resolve();
      return generated;
    });
    const paths = await writeFiles(join(this.settings.directory, book.code), county, DATES);
    await this.#progress.step('import', () => importFiles(staff.administrator, book.code, paths));
    return {
      county,
      townships: [...new Set(villages.map(({ code }) => code.slice(0, 9)))],
      villages: villages.length,
    };
  }

  /** The fiscal loop: rosters, payment, what came back, reissue, and the objected line after it. */
  private async compensate(staff: Staff, county: County, townships: readonly string[]): Promise<object> {
    const { book } = this;
    const progress = this.#progress;
    const plan = await progress.step('programme', () =>
      setUpProgramme(staff, book.code, indicatorFen(county)),
    );
    const { objections, rosterLines } = await progress.step('rosters', () =>
      approveRosters(staff, book, plan, townships),
    );
    const first = await progress.step('payout', () =>
      payOut(staff.payoutCentre, book.code, { indicatorId: plan.indicator }),
    );
    const again = await progress.step('reissue', () => correctAndReissue(staff, book.code, county.parties));
    return { rosterLines, ...linesOf(first, again), objections };
  }

  /** The market loop: cards sold and used, certificates, money split and paid to the suppliers. */
  private async sell(staff: Staff): Promise<object> {
    const { book, options } = this;
    const progress = this.#progress;
    const stage = {
      anonymous: this.#anonymous,
      bank: this.#bank,
      codes: new CodeReader(this.settings.codeLog),
      apiUrl: this.settings.apiUrl,
    };
    const sales = await progress.step('cards', async () => {
      await openMarket(staff, book.code);
      return sellCards(stage, book.code, options.seed);
    });
    await progress.step('refund', () => refundOne(sales.at(-1)!, book.code));
    const kept = sales.slice(0, -1);
    const certificates = await progress.step('rides', () => useCards(staff, book, kept, options.seed));
    await progress.step('split', () => splitAndPaySuppliers(staff, book, kept));
    return { cardsSold: sales.length, certificates };
  }
}

const linesOf = (first: Outcome, again: Outcome): object => ({
  linesPaid: first.paid + again.paid,
  linesFailedOnce: first.failed,
  linesReissued: again.paid + again.failed + again.unknown,
  linesUnknown: first.unknown + again.unknown,
});

/** Rounded up to ten thousand yuan: an indicator is a round sum that covers the rosters and a little more. */
function indicatorFen(county: County): bigint {
  const payable = county.parcels
    .filter(({ level }) => level !== 'none')
    .reduce((sum, { areaMu100 }) => sum + (BigInt(areaMu100) * 1575n) / 100n, 0n);
  return (payable / 1_000_000n + 2n) * 1_000_000n;
}

function areaMu(county: County): string {
  const hundredths = county.parcels.reduce((sum, { areaMu100 }) => sum + BigInt(areaMu100), 0n);
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
}

function tellSignIns(signIns: readonly SignIn[], url: string): void {
  process.stderr.write(`\nSign in at ${url}/signin (rehearsal only):\n`);
  for (const { post, login, password } of signIns)
    process.stderr.write(`  ${post.padEnd(18)} ${login}  ${password}\n`);
}
