import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Place } from '../one-book/land.store';
import { LulucfStore, type ActivityArea } from './lulucf.store';
import { column, hectares, tableOf, type Cell, type ReportTable } from './report';
import { AGES, CLASSES, LAND_KINDS, ORIGINS, wordOf } from './report.words';

const AREA = [column('面积（亩）', 'Area (mu)', 'mu'), column('面积（公顷）', 'Area (ha)', 'ha')];
const PARCELS = column('地块数', 'Parcels', 'count');
const OUTSIDE = {
  zh: '不在账内（新登记、分割合并或注销）',
  en: 'Not in the book (new, re-parcelled or cancelled)',
};

/** Activity data of the inventory: area by land type, class, age group and origin, and what was converted to what. */
@Injectable()
export class LulucfActivity {
  constructor(private readonly store: LulucfStore) {}

  async tables(place: Place, from: Day, day: Day): Promise<ReportTable[]> {
    const [opening, closing, conversions] = await Promise.all([
      this.store.areas(place, from),
      this.store.areas(place, day),
      this.store.conversions(place, from, day),
    ]);
    return [
      areaTable('opening', `面积（${from}）`, `Area on ${from}`, opening),
      areaTable('closing', `面积（${day}）`, `Area on ${day}`, closing),
      tableOf(
        { name: 'conversion', zh: '土地类型转化', en: 'Conversion' },
        [column('由', 'From', 'text'), column('至', 'To', 'text'), PARCELS, ...AREA],
        conversions.map(({ from: before, to, parcels, areaMu100 }): Cell[] => [
          before === null ? OUTSIDE : wordOf(CLASSES, before),
          to === null ? OUTSIDE : wordOf(CLASSES, to),
          BigInt(parcels),
          areaMu100,
          hectares(areaMu100),
        ]),
        false,
      ),
    ];
  }
}

const areaTable = (name: string, zh: string, en: string, areas: readonly ActivityArea[]): ReportTable =>
  tableOf(
    { name, zh, en },
    [
      column('地类', 'Land type', 'text'),
      column('类型', 'Class', 'text'),
      column('龄组', 'Age group', 'text'),
      column('起源', 'Origin', 'text'),
      PARCELS,
      ...AREA,
    ],
    areas.map(({ landKind, forestClass, ageGroup, origin, parcels, areaMu100 }): Cell[] => [
      landKind === null ? null : wordOf(LAND_KINDS, landKind),
      wordOf(CLASSES, forestClass),
      wordOf(AGES, ageGroup),
      wordOf(ORIGINS, origin),
      BigInt(parcels),
      areaMu100,
      hectares(areaMu100),
    ]),
  );
