import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Regions } from '@app/regions';
import { groupBy } from '../one-book/land.rules';
import { LandStore, type Place } from '../one-book/land.store';
import { column, tableOf, type Cell, type ReportTable, type Words } from './report';
import { CLASSES, wordOf } from './report.words';

const TOGETHER: Words = { zh: '其他村镇（合并）', en: 'Other places (together)' };

/** 储备: parcels that were never measured, by place and class. */
@Injectable()
export class Reserve {
  constructor(
    private readonly land: LandStore,
    private readonly regions: Regions,
  ) {}

  /** By places of so many digits; those withheld come as one. */
  async tables(
    place: Place,
    day: Day,
    digits: number,
    withheld: ReadonlySet<string>,
  ): Promise<ReportTable[]> {
    const parts = await this.land.parts(place, digits, day);
    const reserve = parts.filter(({ status }) => status === 'reserve');
    const names = await this.regions.byCodes([...new Set(reserve.map(({ region }) => region))]);
    const groups = groupBy(reserve, ({ region, forestClass }) =>
      JSON.stringify([withheld.has(region) ? '' : region, forestClass]),
    ).sort(([a], [b]) => (a < b ? -1 : 1));
    const rows = groups.map(([key, group]): Cell[] => {
      const [region = '', forestClass = ''] = JSON.parse(key) as string[];
      return [
        region === '' ? TOGETHER : (names.get(region)?.name ?? region),
        region === '' ? null : region,
        wordOf(CLASSES, forestClass),
        group.reduce((sum, { parcels }) => sum + BigInt(parcels), 0n),
        group.reduce((sum, { areaMu100 }) => sum + areaMu100, 0n),
      ];
    });
    return [
      tableOf(
        { name: 'reserve', zh: '储备地块', en: 'Reserve parcels' },
        [
          column('村镇', 'Place', 'text'),
          column('代码', 'Code', 'text'),
          column('类型', 'Class', 'text'),
          column('地块数', 'Parcels', 'count'),
          column('面积（亩）', 'Area (mu)', 'mu'),
        ],
        rows,
      ),
    ];
  }
}
