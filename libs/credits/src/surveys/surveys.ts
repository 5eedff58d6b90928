import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import { Database } from '@app/platform';
import { stratumGrowths, type StratumGrowth } from './growth.rules';
import type { SurveyRefusal } from './survey.refusals';
import { SurveyStore, type SurveyRound } from './survey.store';

export interface SurveyGrowth {
  readonly since: string;
  readonly until: string;
  /** Plots that both rounds have. */
  readonly plots: number;
  readonly method: string;
  /** What a set of the stock-change method takes: growth, half-width and evidence of each stratum. */
  readonly strata: readonly (StratumGrowth & { readonly evidenceNo: string })[];
}

const METHOD =
  '简单随机抽样：样地两期蓄积差 ÷ 面积 ÷ 年数（365.25 天），均值四舍五入一次；标准误与 90% 置信半宽（t 分布）只进不舍';

/** Rounds of sample plots and the growth between two of them, which calibrates a county's own set. */
@Injectable()
export class Surveys {
  constructor(
    private readonly database: Database,
    private readonly surveys: SurveyStore,
  ) {}

  list(book: number): Promise<SurveyRound[]> {
    return this.surveys.list(this.database, book);
  }

  /** Between two approved rounds. Refuses SURVEY_UNKNOWN. */
  async growth(book: number, since: string, until: string): Promise<Result<SurveyGrowth, SurveyRefusal>> {
    const rounds = await this.list(book);
    const approved = (code: string) =>
      rounds.find((round) => round.code === code && round.state === 'approved');
    const [first, last] = [approved(since), approved(until)];
    if (!first || !last) return refuse({ code: 'SURVEY_UNKNOWN', round: first ? until : since });
    const pairs = await this.surveys.pairs(this.database, book, { since: first.id, until: last.id });
    const strata = stratumGrowths(pairs).map((stratum) => ({ ...stratum, evidenceNo: last.documentNo }));
    return ok({ since, until, plots: pairs.length, method: METHOD, strata });
  }
}
