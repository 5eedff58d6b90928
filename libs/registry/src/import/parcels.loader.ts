import { Injectable } from '@nestjs/common';

import { dayOf, idOf } from '@app/kernel';
import type { Tx } from '@app/platform';
import { AGE_GROUPS, FOREST_CLASSES, ORIGINS, PUBLIC_WELFARE_LEVELS, TENURES } from '../registry.words';
import { area, code, day, oneOf, optional, problem, regionCode, truth } from './cell.rules';
import type { CsvFile } from './csv-file';
import type { ImportErrors } from './import-error';
import type { ImportFacts, ImportLoader, WriteRows } from './import-kind';
import { insertRows } from './insert-rows';
import { KnownStore } from './known.store';
import { addAt, distinct, readRows, refuseRepeats, type GoodRow, type ReadRow } from './read-rows';
import { regionFault } from './region-check';

const COLUMNS = {
  parcel_code: code(64),
  land_unit_code: code(64),
  village_code: regionCode,
  forest_class: oneOf(FOREST_CLASSES),
  age_group: oneOf(AGE_GROUPS),
  origin: oneOf(ORIGINS),
  public_welfare_level: oneOf(PUBLIC_WELFARE_LEVELS),
  tenure: oneOf(TENURES),
  area_mu: area,
  right_registered: truth,
  certificate_no: optional(code(100)),
  scope_decision: optional(code(100)),
  scope_from: optional(day),
  scope_to: optional(day),
};
type Row = ReadRow<typeof COLUMNS>;

/** parcels.csv: the forest parcels (小班) and the land units they lie on. */
@Injectable()
export class ParcelsLoader implements ImportLoader {
  readonly columns = Object.keys(COLUMNS);
  readonly regionColumn = 'village_code';

  constructor(private readonly known: KnownStore) {}

  async prepare(tx: Tx, file: CsvFile, facts: ImportFacts): Promise<WriteRows> {
    const { errors } = file;
    const rows = readRows(file, COLUMNS);
    for (const row of rows) checkScopeDecision(errors, row);
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

/** A decision has a first day and days have a decision: one without the other says nothing. */
function checkScopeDecision(errors: ImportErrors, row: Row): void {
  const { scope_from: from, scope_to: to } = row.value;
  const hasDecision = row.text.scope_decision !== '';
  const hasDays = row.text.scope_from !== '' || row.text.scope_to !== '';
  if (hasDecision && row.text.scope_from === '') addAt(errors, row, 'scope_from', SCOPE_INCOMPLETE);
  if (hasDays && !hasDecision) addAt(errors, row, 'scope_decision', SCOPE_INCOMPLETE);
  if (from && to && to < from) addAt(errors, row, 'scope_to', DAYS_REVERSED);
}

async function write(tx: Tx, rows: readonly GoodRow<typeof COLUMNS>[], importId: string): Promise<void> {
  const codes = distinct(rows.map(({ value }) => value.land_unit_code));
  const landUnits = new Map(codes.map((name) => [name, idOf('registry.land-unit', String(tx.book), name)]));
  const units = [...landUnits].map(([name, id]) => ({ id, code: name }));
  await insertRows(tx, INSERT_LAND_UNITS, units, [tx.now]);
  const parcels = rows.map(({ value }) => ({
    ...value,
    id: idOf('registry.parcel', String(tx.book), value.parcel_code),
    land_unit: landUnits.get(value.land_unit_code),
    area_mu100: value.area_mu.toString(),
    area_mu: undefined,
  }));
  await insertRows(tx, INSERT_PARCELS, parcels, [importId, tx.now]);
}

/** Several parcels, of this file or earlier ones, may lie on one land unit. */
const INSERT_LAND_UNITS = `
  INSERT INTO registry.land_unit (book, id, code, recorded_at)
  SELECT $1, r.id, r.code, $3 FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, code text)
  ON CONFLICT (book, code) DO NOTHING`;
const INSERT_PARCELS = `
  INSERT INTO registry.parcel (book, id, land_unit, code, village, forest_class, age_group, origin,
         public_welfare_level, tenure, area_mu100, right_registered, certificate_no, scope_decision, scope,
         import, recorded_at)
  SELECT $1, r.id, r.land_unit, r.parcel_code, r.village_code, r.forest_class, r.age_group, r.origin,
         r.public_welfare_level, r.tenure, r.area_mu100, r.right_registered, r.certificate_no, r.scope_decision,
         CASE WHEN r.scope_from IS NOT NULL THEN daterange(r.scope_from, r.scope_to, '[]') END, $3, $4
    FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, land_unit uuid, parcel_code text, village_code text,
         forest_class text, age_group text, origin text, public_welfare_level text, tenure text,
         area_mu100 bigint, right_registered boolean, certificate_no text, scope_decision text,
         scope_from date, scope_to date)`;

const IN_BOOK = problem('ALREADY_IN_BOOK', '尚未登记的小班编号', 'a parcel the book does not have yet');
const SCOPE_INCOMPLETE = problem(
  'SCOPE_INCOMPLETE',
  '补偿范围决定文号与起始日期同时填写，或全部留空',
  'the decision and its first day together, or neither',
);
const DAYS_REVERSED = problem('DAYS_REVERSED', '不早于起始日期', 'a day not before the first one');
