import { join } from 'node:path';

import { dayOf } from '@app/kernel';
import { ApiClient } from './api-client';
import { Bank } from './bank';
import { CodeReader } from './codes';
import { Cast } from './county/cast';
import { CountyGenerator, type County, type Party } from './county/county';
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
import { changeHouseholds } from './steps/change-households';
import { changeLand } from './steps/change-land';
import { claimElsewhere } from './steps/elsewhere';
import { giveVouchers } from './steps/give-vouchers';
import { issueCredits } from './steps/issue-credits';
import { loseForest } from './steps/lose-forest';
import { moveGrams } from './steps/move-grams';
import { readBooks } from './steps/read-books';
import { settleMethods } from './steps/settle-methods';
import { surveyPlots } from './steps/survey-plots';
import { importFiles } from './steps/register';
import { splitAndPaySuppliers, useCards } from './steps/use-cards';
import { openMarket } from './steps/open-market';
import { refundOne, sellCards } from './steps/sell-cards';

/** The rehearsal begins on a Monday morning in spring, whatever today is: the same seed gives the same figures. */
const BEGINS = new Date('2026-03-02T01:00:00Z');
const MEASURED = { from: '2025-01-01', to: '2025-12-31' };
const MEASURED_YEAR = MEASURED.to.slice(0, 4);
const PROJECT_PARCELS = 5;
const TEA_PLOTS = 10;
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
    const cast = new Cast(county);
    const credited = await this.credit(staff, county, cast);
    const fiscal = await this.compensate(staff, county, townships);
    const changes = await progress.step('changes', () => this.change(staff, county, cast));
    const market = await this.sell(staff, cast.supplier());
    const books = await progress.step('books', () => readBooks(staff, book, dayOf(BEGINS)));
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
      ...{ ...fiscal, ...market, ...credited, changes, ...books },
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

  /** How the county measures, what others hold, and the year from measurement to issuance. */
  private async credit(staff: Staff, county: County, cast: Cast): Promise<object> {
    const { book } = this;
    const progress = this.#progress;
    const plotGroups = await progress.step('methods', async () => {
      await settleMethods(staff, book.code, dayOf(await book.now()));
      return surveyPlots(staff, book.code, county.parcels[0]!.village);
    });
    const [project, listed, doubted] = [
      cast.landOfClass('broadleaf', 'collective', PROJECT_PARCELS),
      cast.takeLand(cast.ownLand(cast.household())[0]!),
      cast.takeLand(cast.ownLand(cast.household())[0]!),
    ];
    const owner = project[0]!.holders[0]!.externalNo;
    const elsewhere = await progress.step('elsewhere', () =>
      claimElsewhere(staff, book.code, this.options.county, { project, listed, owner }),
    );
    const statement = await progress.step('credits', () => issueCredits(staff, book, MEASURED, doubted));
    const tea = cast.landOfClass('tea', 'individual', TEA_PLOTS);
    const vouchers = await progress.step('vouchers', () =>
      giveVouchers(staff, book.code, MEASURED_YEAR, tea),
    );
    return { plotGroups, ...elsewhere, statement, vouchers };
  }

  /** What happens to land and households in a year. */
  private async change(staff: Staff, county: County, cast: Cast): Promise<object> {
    const { book } = this;
    const today = dayOf(await book.now());
    const land = await changeLand(staff, book.code, cast, today);
    const stage = { cast, county, code: this.options.county };
    return { ...land, ...(await changeHouseholds(staff, book.code, stage, today)) };
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

  /** The market loop: cards sold and used, certificates, grams held elsewhere, forest lost, and the suppliers paid. */
  private async sell(staff: Staff, holder: Party): Promise<object> {
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
    const custody = await progress.step('custody', () => moveGrams(staff, book, holder, MEASURED_YEAR));
    const reversal = await progress.step('fire', () => loseForest(staff, book, kept, certificates));
    await progress.step('split', () => splitAndPaySuppliers(staff, book, kept));
    return { cardsSold: sales.length, certificates, custody, reversal };
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
