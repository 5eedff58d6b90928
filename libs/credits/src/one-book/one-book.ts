import { Injectable } from '@nestjs/common';

import { ok, type Day, type Result } from '@app/kernel';
import type { Book } from '@app/platform';
import { ILLUSTRATIVE_NOTE } from '../measuring/coefficient.store';
import { FigureStore } from './figure.store';
import { GrowthStore, yearsOf, type ClassGrowth } from './growth.store';
import { areaOf, changesOf, groupBy, isLand, type LandCell } from './land.rules';
import { LandStore, type Place } from './land.store';
import {
  cancelledOf,
  creditsOf,
  lessCredits,
  lessGrowth,
  lessReasons,
  potentialOf,
  statusesOf,
  type ClassArea,
  type OneBookChange,
  type OneBookPage,
} from './one-book.rules';
import { PlaceStore, type StateGrams } from './place.store';
import { Uniqueness } from '../uniqueness/uniqueness';
import { ReportPlace, type Asked, type PageQuery, type PlaceRefusal } from './report-place';
import { ReversalSums } from './reversal-sums.store';
import { stockChanges, stockOf, type SpeciesVolume, type StockFigures } from './stock.rules';

/** All that the book said of a place at the end of a day. */
interface Standing {
  readonly cells: readonly LandCell[];
  readonly volumes: readonly SpeciesVolume[];
  readonly growth: readonly ClassGrowth[];
  readonly grams: readonly StateGrams[];
  readonly figures: StockFigures;
}

/** Land, what stands and grows on it, and what became of that, side by side (一本账), as of any day. */
@Injectable()
export class OneBook {
  constructor(
    private readonly places: ReportPlace,
    private readonly land: LandStore,
    private readonly growth: GrowthStore,
    private readonly grams: PlaceStore,
    private readonly figures: FigureStore,
    private readonly reversals: ReversalSums,
    private readonly uniqueness: Uniqueness,
  ) {}

  /** Refuses REGION_UNKNOWN, REGION_NOT_IN_BOOK, REPORT_DAY_WRONG. */
  async of(book: Pick<Book, 'id' | 'region'>, query: PageQuery): Promise<Result<OneBookPage, PlaceRefusal>> {
    const asked = await this.places.find(book, query);
    return asked.ok ? ok(await this.at(asked.value)) : asked;
  }

  async at(asked: Asked): Promise<OneBookPage> {
    const { region, regionName, day, against } = asked;
    const [standing, payable, reversals, uniqueness, change] = await Promise.all([
      this.standing(asked, day),
      this.land.payable(asked, day),
      this.reversals.on(asked, day),
      this.uniqueness.statement(asked.book, day),
      against === null ? null : this.standing(asked, against),
    ]);
    const land = classesOf(standing, payable);
    const stock = stockOf(standing.cells, standing.volumes, standing.figures);
    const growth = yearsOf(standing.growth);
    const illustrative = stock.illustrative || growth.some((year) => year.illustrative);
    return {
      ...{ region, regionName, day, land, stock },
      statuses: statusesOf(standing.cells),
      potential: potentialOf(standing.cells),
      growth,
      growthByClass: standing.growth,
      credits: creditsOf(standing.grams),
      openShortfallGrams: reversals.reduce((sum, { openGrams }) => sum + openGrams, 0n),
      cancelled: cancelledOf(standing.grams),
      ...{ reversals, uniqueness },
      change: change && against !== null ? await this.change(asked, against, change, standing) : null,
      note: illustrative ? ILLUSTRATIVE_NOTE : null,
    };
  }

  private async standing(place: Place, day: Day): Promise<Standing> {
    const [cells, volumes, growth, grams, figures] = await Promise.all([
      this.land.on(place, day),
      this.land.volumes(place, day),
      this.growth.on(place, day),
      this.grams.on(place, day),
      this.figures.forStock(place.book, day),
    ]);
    return { cells, volumes, growth, grams, figures };
  }

  private async change(
    { book, region, day }: Asked,
    against: Day,
    opening: Standing,
    closing: Standing,
  ): Promise<OneBookChange> {
    const moves = await this.land.between({ book, region }, against, day);
    const before = stockOf(opening.cells, opening.volumes, opening.figures).grams;
    const after = stockOf(closing.cells, closing.volumes, closing.figures).grams;
    const byLand = stockChanges(moves, closing.figures.densities);
    const growth = byLand.reduce((rest, { grams }) => rest - grams, after - before);
    return {
      against,
      land: changesOf(opening.cells, moves),
      stock: {
        openingGrams: before,
        causes: growth === 0n ? byLand : [...byLand, { cause: 'growth', grams: growth }],
        closingGrams: after,
      },
      growth: lessGrowth(yearsOf(closing.growth), yearsOf(opening.growth)),
      credits: lessCredits(creditsOf(closing.grams), creditsOf(opening.grams)),
      cancelled: lessReasons(cancelledOf(closing.grams), cancelledOf(opening.grams)),
    };
  }
}

function classesOf({ cells, volumes, figures }: Standing, payable: ReadonlyMap<string, bigint>): ClassArea[] {
  return groupBy(cells.filter(isLand), ({ forestClass }) => forestClass).map(([forestClass, group]) => ({
    forestClass,
    ...areaOf(group),
    payableMu100: payable.get(forestClass) ?? 0n,
    stock: stockOf(
      group,
      volumes.filter((volume) => volume.forestClass === forestClass),
      figures,
    ),
  }));
}
