import { Books, type Database } from '@app/platform';
import { FraudGuards } from '@app/registry';
import { Regions } from '@app/regions';
import { FigureStore } from '../one-book/figure.store';
import { GrowthStore } from '../one-book/growth.store';
import { LandStore } from '../one-book/land.store';
import { OneBook } from '../one-book/one-book';
import { PlaceStore } from '../one-book/place.store';
import { ReportPlace } from '../one-book/report-place';
import { ReversalSums } from '../one-book/reversal-sums.store';
import { Uniqueness } from '../uniqueness/uniqueness';
import { AuditStore } from './audit.store';
import { BalanceSheet } from './balance-sheet';
import { CarbonFixation } from './gep';
import { HouseholdCountStore } from './household-count.store';
import { LeavingAudit } from './leaving-audit';
import { LulucfActivity } from './lulucf';
import { LulucfStore } from './lulucf.store';
import { Reports } from './reports';
import { Reserve } from './reserve';
import { WithheldPlaces } from './withheld-places';

/** The reports over nothing but the right to read a database: for the operator's command, which needs no process. */
export function reportsOver(database: Database): Reports {
  const regions = new Regions(database);
  const places = new ReportPlace(new Books(database), regions);
  const [land, growth, figures] = [
    new LandStore(database),
    new GrowthStore(database),
    new FigureStore(database),
  ];
  const reversals = new ReversalSums(database);
  return new Reports(
    places,
    new WithheldPlaces(new HouseholdCountStore(database)),
    new OneBook(places, land, growth, new PlaceStore(database), figures, reversals, new Uniqueness(database)),
    new BalanceSheet(land, figures),
    new CarbonFixation(growth, figures),
    new LulucfActivity(new LulucfStore(database)),
    new Reserve(land, regions),
    new LeavingAudit(new AuditStore(database), reversals, new FraudGuards(database)),
  );
}
