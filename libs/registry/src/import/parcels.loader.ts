import { Injectable } from '@nestjs/common';

import { dayOf, idOf } from '@app/kernel';
import type { Tx } from '@app/platform';
import { disagreementsOf } from '../parcel-facts/parcel-agreement.rules';
import { FACT_COLUMNS, FACT_COLUMNS_NEEDED, FACT_COLUMNS_OPTIONAL } from '../parcel-facts/parcel-columns';
import { STORED_FACTS, storedOf, type StoredFacts } from '../parcel-facts/parcel-facts.rules';
import { code, problem, regionCode } from './cell.rules';
import type { CsvFile } from './csv-file';
import type { ImportFacts, ImportLoader, WriteRows } from './import-kind';
import { insertRows } from './insert-rows';
import { KnownStore } from './known.store';
import { addAt, distinct, readRows, refuseRepeats, type GoodRow } from './read-rows';
import { regionFault } from './region-check';

const IDENTITY = { parcel_code: code(64), land_unit_code: code(64), village_code: regionCode };
const COLUMNS = { ...IDENTITY, ...FACT_COLUMNS };

/** parcels.csv: the forest parcels (小班) and the land units they lie on. */
@Injectable()
export class ParcelsLoader implements ImportLoader {
  readonly columns = Object.keys({ ...IDENTITY, ...FACT_COLUMNS_NEEDED });
  readonly optional = Object.keys(FACT_COLUMNS_OPTIONAL);
  readonly regionColumn = 'village_code';

  constructor(private readonly known: KnownStore) {}

  async prepare(tx: Tx, file: CsvFile, facts: ImportFacts): Promise<WriteRows> {
    const { errors } = file;
    const rows = readRows(file, COLUMNS);
    for (const row of rows) {
      for (const { column, problem: found } of disagreementsOf(row.value)) addAt(errors, row, column, found);
    }
    refuseRepeats(errors, rows, 'parcel_code', (row) => row.value.parcel_code);

    const today = dayOf(tx.now);
    const parcels = await this.known.parcels(tx, distinct(rows.map((row) => row.value.parcel_code)));
    for (const row of rows) {
      const { parcel_code: parcelCode, village_code: village } = row.value;
      if (parcelCode !== undefined && parcels.has(parcelCode)) addAt(errors, row, 'parcel_code', IN_BOOK);
      const fault = village === undefined ? undefined : regionFault(village, facts, today, 'village');
      if (fault) addAt(errors, row, 'village_code', fault);
    }
    return (importId) => write(tx, rows as GoodRow<typeof COLUMNS>[], importId);
  }
}

async function write(tx: Tx, rows: readonly GoodRow<typeof COLUMNS>[], importId: string): Promise<void> {
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

const IN_BOOK = problem('ALREADY_IN_BOOK', '尚未登记的小班编号', 'a parcel the book does not have yet');
