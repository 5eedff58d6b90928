import { Injectable } from '@nestjs/common';

import { dayOf, formatUnits, idOf, MU } from '@app/kernel';
import type { Tx } from '@app/platform';
import { CellStore } from '../export/cell.store';
import { disagreementsOf } from '../parcel-facts/parcel-agreement.rules';
import { FACT_COLUMNS, FACT_COLUMNS_OPTIONAL } from '../parcel-facts/parcel-columns';
import { STORED_FACTS, storedOf, type StoredFacts } from '../parcel-facts/parcel-facts.rules';
import { FOREST_CLASS_ZH } from '../registry.labels';
import { code, problem, regionCode } from './cell.rules';
import { differencesIn, type BookCells } from './differences.rules';
import type { ImportFacts, ImportLoader, PreparedRows } from './import-kind';
import { insertRows } from './insert-rows';
import { KnownStore } from './known.store';
import { addAt, distinct, isGood, readRows, refuseRepeats, type GoodRow, type ReadRow } from './read-rows';
import type { ImportTable } from './read-table';
import { regionFault } from './region-check';
import { groupRows, summaryOf, whenAny, type ImportSummary } from './summary.rules';

const IDENTITY = { parcel_code: code(64), land_unit_code: code(64), village_code: regionCode };
export const PARCEL_COLUMNS = { ...IDENTITY, ...FACT_COLUMNS };
type Row = ReadRow<typeof PARCEL_COLUMNS>;

/** parcels.csv: the forest parcels (小班) and the land units they lie on. */
@Injectable()
export class ParcelsLoader implements ImportLoader {
  readonly columns = PARCEL_COLUMNS;
  readonly optional = Object.keys(FACT_COLUMNS_OPTIONAL);
  readonly regionColumn = 'village_code';

  constructor(
    private readonly known: KnownStore,
    private readonly cells: CellStore,
  ) {}

  async prepare(tx: Tx, file: ImportTable, facts: ImportFacts): Promise<PreparedRows> {
    const { errors } = file;
    const rows = readRows(file, PARCEL_COLUMNS);
    for (const row of rows) {
      for (const { column, problem: found } of disagreementsOf(row.value)) addAt(errors, row, column, found);
    }
    refuseRepeats(errors, rows, 'parcel_code', (row) => row.value.parcel_code);

    const today = dayOf(tx.now);
    const parcels = await this.cells.parcels(tx, distinct(rows.map((row) => row.value.parcel_code)));
    for (const row of rows) {
      const { parcel_code: parcelCode, village_code: village } = row.value;
      const there = parcels.get(parcelCode ?? '');
      if (there) addAt(errors, row, 'parcel_code', inBook(row, there));
      const fault = village === undefined ? undefined : regionFault(village, facts, today, 'village');
      if (fault) addAt(errors, row, 'village_code', fault);
    }
    const added = rows.filter((row) => isGood(row) && !parcels.has(row.value.parcel_code ?? ''));
    const units = await this.known.landUnits(tx, distinct(added.map((row) => row.value.land_unit_code)));
    return {
      summary: () =>
        summarize(added as GoodRow<typeof PARCEL_COLUMNS>[], { facts, units, there: parcels.size }),
      write: (importId) => write(tx, rows as GoodRow<typeof PARCEL_COLUMNS>[], importId),
    };
  }
}

const inBook = (row: Row, there: BookCells) => {
  const { zh, en } = differencesIn(PARCEL_COLUMNS, row, there);
  return problem(
    'ALREADY_IN_BOOK',
    `尚未登记的小班编号；${zh}`,
    `a parcel the book does not have yet; ${en}`,
  );
};

function summarize(
  rows: readonly GoodRow<typeof PARCEL_COLUMNS>[],
  { facts, units, there }: { facts: ImportFacts; units: ReadonlySet<string>; there: number },
): ImportSummary {
  const groups = groupRows(
    rows.map(({ value }) => ({
      region: value.village_code,
      word: value.forest_class,
      areaMu100: value.area_mu,
    })),
    (region) => facts.regions.get(region)?.name ?? null,
  );
  const mu = formatUnits(
    MU,
    rows.reduce((sum, { value }) => sum + value.area_mu, 0n),
  );
  const landUnits = new Set(rows.map(({ value }) => value.land_unit_code));
  const known = [...landUnits].filter((unit) => units.has(unit)).length;
  const payable = rows.filter(({ value }) => value.right_registered && value.scope_from !== null).length;
  const head = {
    zh: `新增小班 ${rows.length} 个，共 ${mu} 亩，其中已确权且在补偿范围内的 ${payable} 个`,
    en: `${rows.length} new parcels of ${mu} mu in all, ${payable} of them registered and with a scope decision`,
  };
  return summaryOf(head, groups, (word) => FOREST_CLASS_ZH[word as keyof typeof FOREST_CLASS_ZH], [
    {
      zh: `地块单元：新增 ${landUnits.size - known} 个，沿用 ${known} 个`,
      en: `land units: ${landUnits.size - known} new, ${known} that the book has`,
    },
    whenAny(
      there,
      `账中已有的小班 ${there} 个，不会改动`,
      `${there} parcels are in the book already and stay as they are`,
    ),
  ]);
}

async function write(
  tx: Tx,
  rows: readonly GoodRow<typeof PARCEL_COLUMNS>[],
  importId: string,
): Promise<void> {
  const codes = distinct(rows.map(({ value }) => value.land_unit_code));
  const landUnits = new Map(codes.map((name) => [name, idOf('registry.land-unit', String(tx.book), name)]));
  const units = [...landUnits].map(([name, id]) => ({ id, code: name }));
  await insertRows(tx, INSERT_LAND_UNITS, units, [tx.now]);
  const parcels = rows.map(({ value }) => ({
    ...known(storedOf(value)),
    id: idOf('registry.parcel', String(tx.book), value.parcel_code),
    land_unit: landUnits.get(value.land_unit_code),
    code: value.parcel_code,
    village: value.village_code,
  }));
  await insertRows(tx, INSERT_PARCELS, parcels, [importId, tx.now]);
}

/** Most columns are empty in most files: what is not there is not sent. */
const known = (facts: StoredFacts): Partial<StoredFacts> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));

/** Several parcels, of this file or earlier ones, may lie on one land unit. */
const INSERT_LAND_UNITS = `
  INSERT INTO registry.land_unit (book, id, code, recorded_at)
  SELECT $1, r.id, r.code, $3 FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, code text)
  ON CONFLICT (book, code) DO NOTHING`;
const FACTS = STORED_FACTS.join(', ');
const INSERT_PARCELS = `
  INSERT INTO registry.parcel (book, id, land_unit, code, village, ${FACTS}, first_area_mu100, import, recorded_at)
  SELECT $1, r.id, r.land_unit, r.code, r.village, ${STORED_FACTS.map((fact) => `r.${fact}`).join(', ')},
         r.area_mu100, $3, $4
    FROM jsonb_populate_recordset(NULL::registry.parcel, $2::jsonb) r`;
