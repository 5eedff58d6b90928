import { divideHalfUp, formatUnits, isDay, YUAN, type Day } from '@app/kernel';
import { INDEX_VARIABLES, type IndexVariableName } from '../compensation.words';
import type { FieldWrong } from '../programmes/programme.rules';
import { formatPpm, WHOLE_PPM, type Language } from '../rosters/amount.rules';

/** What one variable says, in millionths (1,020,000: two per cent more than the year before), and how much it weighs. */
export interface IndexVariable {
  readonly variable: IndexVariableName;
  readonly valuePpm: bigint;
  readonly weightPpm: bigint;
  /** Who publishes the figure, and in which document. */
  readonly source: string;
  readonly documentNo: string;
}

/** How far a year may move what a mu pays, and between what. */
export interface IndexBounds {
  readonly floorPpm: bigint;
  readonly capPpm: bigint;
  readonly lowestFenPerMu: bigint;
  readonly highestFenPerMu: bigint;
}

export interface IndexDraft extends IndexBounds {
  readonly programme: string;
  readonly validFrom: Day;
  readonly documentNo: string;
  readonly variables: readonly IndexVariable[];
}

export interface IndexFigures extends IndexBounds {
  readonly variables: readonly Pick<IndexVariable, 'variable' | 'valuePpm' | 'weightPpm'>[];
  readonly baseFenPerMu: bigint;
}

const clamp = (value: bigint, least: bigint, most: bigint): bigint =>
  value < least ? least : value > most ? most : value;

/** The weighted mean of the variables, half up once. */
export const indexOf = (variables: IndexFigures['variables']): bigint =>
  divideHalfUp(
    variables.reduce((sum, { valuePpm, weightPpm }) => sum + valuePpm * weightPpm, 0n),
    WHOLE_PPM,
  );

/** What is left of an index between the floor and the cap of a year's change. */
export const appliedIndex = (indexPpm: bigint, { floorPpm, capPpm }: IndexBounds): bigint =>
  clamp(indexPpm, floorPpm, capPpm);

/** What a mu pays next: base × applied index, half up once, between the bounds of the rate. */
export const indexedRate = (baseFenPerMu: bigint, appliedPpm: bigint, bounds: IndexBounds): bigint =>
  clamp(divideHalfUp(baseFenPerMu * appliedPpm, WHOLE_PPM), bounds.lowestFenPerMu, bounds.highestFenPerMu);

const WORDS = {
  zh: {
    variable: {
      cpi: '居民消费价格指数',
      'fiscal-revenue': '财政收入增长',
      'rural-income': '农民收入增长',
      'labour-cost': '劳务价格',
      'forest-quality': '森林质量',
    },
    index: '指数',
    yuan: '元',
    yearBounds: '年变动限于',
    rateBounds: '标准限于',
    taken: '取',
  },
  en: {
    variable: {
      cpi: 'consumer prices',
      'fiscal-revenue': 'fiscal revenue',
      'rural-income': 'rural income',
      'labour-cost': 'labour cost',
      'forest-quality': 'forest quality',
    },
    index: 'index',
    yuan: 'yuan',
    yearBounds: 'a year moves within',
    rateBounds: 'the rate stays within',
    taken: 'taken',
  },
} as const;

/**
 * `index = 1.02 (consumer prices) × 0.60 + 1.08 (fiscal revenue) × 0.40 = 1.044; a year moves within 0.97–1.03, taken
 * 1.03; 15.75 yuan × 1.03 = 16.22 yuan`. A bound is named only where it changed something.
 */
export function explainIndex(figures: IndexFigures, language: Language): string {
  const words = WORDS[language];
  const indexPpm = indexOf(figures.variables);
  const appliedPpm = appliedIndex(indexPpm, figures);
  const exactFen = divideHalfUp(figures.baseFenPerMu * appliedPpm, WHOLE_PPM);
  const rateFen = indexedRate(figures.baseFenPerMu, appliedPpm, figures);
  const yuan = (fen: bigint): string => formatUnits(YUAN, fen);
  const terms = figures.variables.map(
    ({ variable, valuePpm, weightPpm }) =>
      `${formatPpm(valuePpm)} (${words.variable[variable]}) × ${formatPpm(weightPpm)}`,
  );
  const bounded = (what: string, least: string, most: string, taken: string): string =>
    `${what} ${least}–${most}, ${words.taken} ${taken}`;
  const { floorPpm, capPpm, lowestFenPerMu, highestFenPerMu } = figures;
  const parts = [
    `${words.index} = ${terms.join(' + ')} = ${formatPpm(indexPpm)}`,
    ...(appliedPpm === indexPpm
      ? []
      : [bounded(words.yearBounds, formatPpm(floorPpm), formatPpm(capPpm), formatPpm(appliedPpm))]),
    `${yuan(figures.baseFenPerMu)} ${words.yuan} × ${formatPpm(appliedPpm)} = ${yuan(exactFen)} ${words.yuan}`,
    ...(rateFen === exactFen
      ? []
      : [
          bounded(
            words.rateBounds,
            yuan(lowestFenPerMu),
            yuan(highestFenPerMu),
            `${yuan(rateFen)} ${words.yuan}`,
          ),
        ]),
  ];
  const told = parts.join('; ');
  return language === 'zh' ? chinese(told) : told;
}

/** The same sentence with the marks that Chinese is set with. */
const chinese = (text: string): string =>
  text
    .replaceAll('; ', '；')
    .replaceAll(', ', '，')
    .replaceAll(/ ?\(([^)]*)\) ?/g, '（$1）');

const PARTS: readonly { field: string; expected: string; holds: (draft: IndexDraft) => boolean }[] = [
  { field: 'validFrom', expected: 'a day, YYYY-MM-DD', holds: ({ validFrom }) => isDay(validFrom) },
  {
    field: 'documentNo',
    expected: '1 to 200 characters',
    holds: ({ documentNo }) => isText(documentNo),
  },
  {
    field: 'variables',
    expected: `1 to ${INDEX_VARIABLES.length}, each once of ${INDEX_VARIABLES.join(', ')}, with source and document`,
    holds: ({ variables }) =>
      variables.length > 0 &&
      new Set(variables.map(({ variable }) => variable)).size === variables.length &&
      variables.every(
        ({ variable, source, documentNo }) =>
          INDEX_VARIABLES.includes(variable) && isText(source) && isText(documentNo),
      ),
  },
  {
    field: 'valuePpm',
    expected: '1 to 10000000',
    holds: ({ variables }) => variables.every(({ valuePpm: value }) => value >= 1n && value <= 10_000_000n),
  },
  {
    field: 'weightPpm',
    expected: 'weights above 0 that sum to 1000000',
    holds: ({ variables }) =>
      variables.every(({ weightPpm }) => weightPpm > 0n) &&
      variables.reduce((sum, { weightPpm }) => sum + weightPpm, 0n) === WHOLE_PPM,
  },
  {
    field: 'floorPpm',
    expected: '500000 to 1000000',
    holds: ({ floorPpm: floor }) => floor >= 500_000n && floor <= WHOLE_PPM,
  },
  {
    field: 'capPpm',
    expected: '1000000 to 2000000',
    holds: ({ capPpm: cap }) => cap >= WHOLE_PPM && cap <= 2n * WHOLE_PPM,
  },
  {
    field: 'lowestFenPerMu',
    expected: '1 fen or more, and not above highestFenPerMu',
    holds: ({ lowestFenPerMu, highestFenPerMu }) => lowestFenPerMu >= 1n && lowestFenPerMu <= highestFenPerMu,
  },
  {
    field: 'highestFenPerMu',
    expected: 'at most 10000000 fen',
    holds: ({ highestFenPerMu }) => highestFenPerMu <= 10_000_000n,
  },
];

const isText = (text: string): boolean => text.trim() !== '' && text.length <= 200;

/** The first field that is wrong and what would be right. */
export function checkIndex(draft: IndexDraft): FieldWrong | undefined {
  const broken = PARTS.find((part) => !part.holds(draft));
  return broken && { code: 'PROGRAMME_FIELD_WRONG', field: broken.field, expected: broken.expected };
}
