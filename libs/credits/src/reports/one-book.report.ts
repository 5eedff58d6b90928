import { groupBy } from '../one-book/land.rules';
import type { OneBookChange, OneBookPage } from '../one-book/one-book.rules';
import type { SerialState } from '../reads/serial-origins';
import type { ReversalSum } from '../one-book/reversal-sums.store';
import { REVERSALS } from './reason.words';
import { column, tableOf, type Cell, type ReportTable } from './report';
import { CAUSES, CLASSES, STATES, STATUSES, wordOf } from './report.words';

const AREA = column('面积（亩）', 'Area (mu)', 'mu');
const PARCELS = column('地块数', 'Parcels', 'count');
const CLASS = column('类型', 'Class', 'text');
const STOCK = column('碳储量（吨CO₂e）', 'Carbon stock (t CO2e)', 't');
const GRAMS = column('碳汇量（千克CO₂e）', 'Grams (kg CO2e)', 'kg');

/** The page as tables. */
export function oneBookTables(page: OneBookPage): ReportTable[] {
  return [
    tableOf(
      { name: 'land', zh: '林地', en: 'Land' },
      [CLASS, PARCELS, AREA, column('可补偿面积（亩）', 'Payable (mu)', 'mu'), STOCK],
      page.land.map(({ forestClass, parcels, areaMu100, payableMu100, stock }) => [
        wordOf(CLASSES, forestClass),
        BigInt(parcels),
        areaMu100,
        payableMu100,
        stock.unstatedMu100 === areaMu100 ? null : stock.grams,
      ]),
    ),
    stockTable(page),
    tableOf(
      { name: 'status', zh: '地块状态', en: 'Parcels by status' },
      [column('状态', 'Status', 'text'), PARCELS, AREA],
      page.statuses.map(({ status, parcels, areaMu100 }) => [STATUSES[status], BigInt(parcels), areaMu100]),
    ),
    tableOf(
      { name: 'potential', zh: '潜力', en: 'Potential' },
      [column('项目', 'What', 'text'), PARCELS, AREA],
      [
        [{ zh: '未计量（储备）', en: 'Not measured (reserve)' }, ...areaCells(page.potential.unmeasured)],
        [{ zh: '未确权登记', en: 'Right not registered' }, ...areaCells(page.potential.unregistered)],
      ],
      false,
    ),
    growthTable(page),
    creditsTable(page),
    ...(page.reversals.length > 0 ? [reversalTable(page.reversals)] : []),
    ...(page.change ? changeTables(page.change) : []),
  ];
}

const areaCells = ({ parcels, areaMu100 }: { parcels: number; areaMu100: bigint }): Cell[] => [
  BigInt(parcels),
  areaMu100,
];

const stockTable = ({ stock }: OneBookPage): ReportTable =>
  tableOf(
    { name: 'stock', zh: '碳储量核算方法', en: 'How the stock is reckoned' },
    [column('方法', 'Method', 'text'), AREA, STOCK],
    [
      [{ zh: '蓄积量法', en: 'From volume' }, stock.byVolumeMu100, stock.byVolumeGrams],
      [
        { zh: '面积×龄组碳密度', en: 'Area × density of the age group' },
        stock.byDensityMu100,
        stock.grams - stock.byVolumeGrams,
      ],
      [{ zh: '未列', en: 'Not stated' }, stock.unstatedMu100, 0n],
    ],
  );

const ISSUED = { zh: '登记总量', en: 'Issued' };

const stateRows = (credits: OneBookPage['credits']): Cell[][] =>
  Object.entries(STATES).map(([state, words]) => [words, credits[state as SerialState]]);

/** What nobody else verified is not told in that word at all (claims.md). */
const growthTable = ({ growthByClass }: OneBookPage): ReportTable => {
  const isVerified = growthByClass.some(({ verifiedGrams }) => verifiedGrams > 0n);
  return tableOf(
    { name: 'growth', zh: '各年度碳汇量', en: 'Growth by year' },
    [
      column('年度', 'Year', 'year'),
      CLASS,
      PARCELS,
      AREA,
      column('计量（千克CO₂e）', 'Measured (kg CO2e)', 'kg'),
      column('已复核（千克CO₂e）', 'Re-checked (kg CO2e)', 'kg'),
      ...(isVerified ? [column('第三方核证（千克CO₂e）', 'Verified by a third party (kg CO2e)', 'kg')] : []),
      column('已登记（千克CO₂e）', 'Issued (kg CO2e)', 'kg'),
    ],
    growthByClass.map((one): Cell[] => [
      String(one.year),
      wordOf(CLASSES, one.forestClass),
      BigInt(one.parcels),
      one.areaMu100,
      one.grams,
      one.recheckedGrams,
      ...(isVerified ? [one.verifiedGrams] : []),
      one.issuedGrams,
    ]),
  );
};

const creditsTable = ({ credits }: OneBookPage): ReportTable => {
  const table = tableOf(
    { name: 'credits', zh: '已登记碳汇量去向', en: 'Issued grams by where they are' },
    [column('状态', 'State', 'text'), GRAMS],
    stateRows(credits),
  );
  return { ...table, total: [ISSUED, credits.issued] };
};

function changeTables(change: OneBookChange): ReportTable[] {
  return [landChangeTable(change.land), stockChangeTable(change), creditsChangeTable(change)];
}

/** Opening + increases − decreases = closing, class by class, and why. */
export const landChangeTable = (land: OneBookChange['land']): ReportTable =>
  tableOf(
    { name: 'land-change', zh: '林地变动', en: 'Change of land' },
    [
      CLASS,
      column('原因', 'Cause', 'text'),
      column('期初（亩）', 'Opening (mu)', 'mu'),
      column('增加（亩）', 'Increase (mu)', 'mu'),
      column('减少（亩）', 'Decrease (mu)', 'mu'),
      column('期末（亩）', 'Closing (mu)', 'mu'),
    ],
    land.flatMap(({ forestClass, openingMu100, increases, decreases, closingMu100 }) => {
      const causes = groupBy(
        [
          ...increases.map((one) => ({ cause: one.cause, more: one.areaMu100, less: 0n })),
          ...decreases.map((one) => ({ cause: one.cause, more: 0n, less: one.areaMu100 })),
        ],
        ({ cause }) => cause,
      );
      const sum = (side: 'more' | 'less', group: readonly { more: bigint; less: bigint }[]) =>
        group.reduce((total, one) => total + one[side], 0n);
      const all = causes.flatMap(([, group]) => group);
      return [
        [
          wordOf(CLASSES, forestClass),
          { zh: '小计', en: 'All' },
          openingMu100,
          sum('more', all),
          sum('less', all),
          closingMu100,
        ],
        ...causes.map(([cause, group]): Cell[] => [
          wordOf(CLASSES, forestClass),
          wordOf(CAUSES, cause),
          null,
          sum('more', group),
          sum('less', group),
          null,
        ]),
      ];
    }),
    false,
  );

const stockChangeTable = ({ stock }: OneBookChange): ReportTable =>
  tableOf(
    { name: 'stock-change', zh: '碳储量变动', en: 'Change of the stock' },
    [column('项目', 'What', 'text'), STOCK],
    [
      [{ zh: '期初', en: 'Opening' }, stock.openingGrams],
      ...stock.causes.map(({ cause, grams }): Cell[] => [CAUSES[cause], grams]),
      [{ zh: '期末', en: 'Closing' }, stock.closingGrams],
    ],
    false,
  );

const creditsChangeTable = ({ credits }: OneBookChange): ReportTable =>
  tableOf(
    { name: 'credits-change', zh: '登记碳汇量变动', en: 'Change of issued grams' },
    [column('状态', 'State', 'text'), GRAMS],
    [...stateRows(credits), [ISSUED, credits.issued]],
    false,
  );

export const reversalTable = (sums: readonly ReversalSum[]): ReportTable =>
  tableOf(
    { name: 'reversals', zh: '碳汇逆转', en: 'Reversals' },
    [
      column('原因', 'Kind', 'text'),
      column('事件数', 'Events', 'count'),
      column('损失（千克CO₂e）', 'Lost (kg CO2e)', 'kg'),
      column('直接作废（千克CO₂e）', 'Cancelled at once (kg CO2e)', 'kg'),
      column('已售须替换（千克CO₂e）', 'Sold, to be replaced (kg CO2e)', 'kg'),
      column('已替换（千克CO₂e）', 'Replaced (kg CO2e)', 'kg'),
      column('未补缺口（千克CO₂e）', 'Open shortfall (kg CO2e)', 'kg'),
    ],
    sums.map((one): Cell[] => [
      wordOf(REVERSALS, one.kind),
      BigInt(one.events),
      ...[one.lostGrams, one.cancelledGrams, one.owedGrams, one.replacedGrams, one.openGrams],
    ]),
  );
