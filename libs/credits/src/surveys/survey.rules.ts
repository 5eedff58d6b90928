import { isDay, type Day } from '@app/kernel';
import { AGE_GROUPS, FOREST_CLASSES, ORIGINS } from '@app/registry';
import { covers } from '@app/regions';
import { daysBetween, plotGrowthMicro } from './growth.rules';

/** A plot as it was found in a round. A plot that is new says where it lies and what grows on it. */
export interface SurveyRow {
  readonly plotCode: string;
  readonly measuredOn: string;
  readonly areaM2: string;
  /** Thousandths of a m³. */
  readonly volumeDm3: string;
  /** Of bamboo. */
  readonly culms?: string;
  readonly villageCode?: string;
  readonly forestClass?: string;
  readonly ageGroup?: string;
  readonly origin?: string;
}

export interface SurveyFault {
  /** Counted from 1. */
  readonly row: number;
  readonly field: keyof SurveyRow;
  readonly value: string;
  readonly code:
    | 'VALUE_WRONG'
    | 'PLOT_REPEATED'
    | 'PLOT_OUTSIDE'
    | 'ROUND_BEFORE_LAST'
    | 'AREA_SHRANK'
    | 'GROWTH_IMPLAUSIBLE';
  readonly expected: string;
}

/** What is known of a plot: where it lies, and how it was found last. */
export interface KnownPlot {
  readonly id: string;
  readonly code: string;
  readonly village: string;
  readonly forestClass: string;
  readonly ageGroup: string;
  readonly origin: string;
  readonly last: { readonly on: Day; readonly areaM2: bigint; readonly volumeDm3: bigint } | null;
}

const AREA_M2_MAX = 1_000_000n;
const VOLUME_DM3_MAX = 1_000_000_000n;
const CULMS_MAX = 1_000_000n;
/** Half a year: a growth of less is weather. */
const DAYS_LEAST = 180;
/** No forest of the region gains or loses more than this a hectare and year without a felling. */
const GROWTH_MICRO_MAX = 30_000_000n;
const LOSS_MICRO_MAX = 20_000_000n;

const whole = (text: string, most: bigint, least = 0n): bigint | undefined => {
  if (!/^(0|[1-9]\d{0,12})$/.test(text)) return undefined;
  const value = BigInt(text);
  return value >= least && value <= most ? value : undefined;
};

/** Where rows may lie, until when they may be measured, and what is known of their plots. */
export interface SurveySetting {
  readonly regions: readonly string[];
  readonly today: Day;
  readonly plotOf: (code: string) => KnownPlot | undefined;
}

/** All that is wrong with a round, in one pass. */
export function surveyFaults(rows: readonly SurveyRow[], setting: SurveySetting): SurveyFault[] {
  const seen = new Map<string, number>();
  return rows.flatMap((row, index) => {
    const number = index + 1;
    const first = seen.get(row.plotCode);
    if (first === undefined) seen.set(row.plotCode, number);
    const repeated =
      first === undefined ? [] : [at(row, number, 'plotCode', 'PLOT_REPEATED', `row ${first} has this plot`)];
    return [
      ...repeated,
      ...figureFaults(row, number, setting),
      ...placeFaults(row, number, setting),
      ...changeFaults(row, number, setting),
    ];
  });
}

const at = (
  row: SurveyRow,
  number: number,
  field: keyof SurveyRow,
  code: SurveyFault['code'],
  expected: string,
): SurveyFault => ({ row: number, field, value: (row[field] ?? '').slice(0, 40), code, expected });

function figureFaults(row: SurveyRow, number: number, { today }: SurveySetting): SurveyFault[] {
  const faults: SurveyFault[] = [];
  const wrong = (field: keyof SurveyRow, expected: string) =>
    faults.push(at(row, number, field, 'VALUE_WRONG', expected));
  if (!isDay(row.measuredOn) || row.measuredOn > today) wrong('measuredOn', `a day up to ${today}`);
  if (whole(row.areaM2, AREA_M2_MAX, 1n) === undefined) wrong('areaM2', `whole m², 1 to ${AREA_M2_MAX}`);
  if (whole(row.volumeDm3, VOLUME_DM3_MAX) === undefined) {
    wrong('volumeDm3', `whole thousandths of a m³, 0 to ${VOLUME_DM3_MAX}`);
  }
  if (row.culms !== undefined && whole(row.culms, CULMS_MAX) === undefined)
    wrong('culms', `0 to ${CULMS_MAX}`);
  return faults;
}

/** A new plot says all of it; a known one may, and then says what is known. */
function placeFaults(row: SurveyRow, number: number, { regions, plotOf }: SurveySetting): SurveyFault[] {
  const plot = plotOf(row.plotCode);
  const words = { forestClass: FOREST_CLASSES, ageGroup: AGE_GROUPS, origin: ORIGINS } as const;
  const faults = (['forestClass', 'ageGroup', 'origin'] as const).flatMap((field) => {
    const value = row[field];
    const allowed: readonly string[] = plot ? [plot[field]] : words[field];
    if (value === undefined ? plot !== undefined : allowed.includes(value)) return [];
    return [at(row, number, field, 'VALUE_WRONG', allowed.join(', '))];
  });
  const village = row.villageCode ?? plot?.village ?? '';
  if (!/^\d{12}$/.test(village) || (plot && plot.village !== village)) {
    faults.push(
      at(row, number, 'villageCode', 'VALUE_WRONG', plot?.village ?? 'the 12 digits of its village'),
    );
  } else if (!regions.some((region) => covers(region, village))) {
    faults.push(at(row, number, 'villageCode', 'PLOT_OUTSIDE', `a village of ${regions.join(', ')}`));
  }
  return faults;
}

function changeFaults(row: SurveyRow, number: number, { plotOf }: SurveySetting): SurveyFault[] {
  const last = plotOf(row.plotCode)?.last;
  const [areaM2, volumeDm3] = [whole(row.areaM2, AREA_M2_MAX, 1n), whole(row.volumeDm3, VOLUME_DM3_MAX)];
  if (!last || areaM2 === undefined || volumeDm3 === undefined || !isDay(row.measuredOn)) return [];
  if (daysBetween(last.on, row.measuredOn) < DAYS_LEAST) {
    return [
      at(row, number, 'measuredOn', 'ROUND_BEFORE_LAST', `at least ${DAYS_LEAST} days after ${last.on}`),
    ];
  }
  const faults: SurveyFault[] = [];
  if (areaM2 < last.areaM2) {
    faults.push(at(row, number, 'areaM2', 'AREA_SHRANK', `at least ${last.areaM2}, as it was on ${last.on}`));
  }
  const pair = {
    plot: row.plotCode,
    forestClass: '',
    ageGroup: '',
    origin: '',
    from: last.on,
    to: row.measuredOn,
  };
  const grown = plotGrowthMicro({ ...pair, areaM2, volumeFromDm3: last.volumeDm3, volumeToDm3: volumeDm3 });
  if (grown > GROWTH_MICRO_MAX || grown < -LOSS_MICRO_MAX) {
    const expected = `from ${last.volumeDm3} on ${last.on}, a change between -20 and 30 m³ a hectare and year`;
    faults.push(at(row, number, 'volumeDm3', 'GROWTH_IMPLAUSIBLE', expected));
  }
  return faults;
}
