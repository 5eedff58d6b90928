import { Injectable } from '@nestjs/common';

import type { Tx } from '@app/platform';
import type { BookCells } from '../import/differences.rules';
import { PARCEL_CELLS, PARTY_CELLS } from './cells.sql';

/** What the book has of some parties or parcels, in the words of the files. */
@Injectable()
export class CellStore {
  parties(tx: Tx, externalNos: readonly string[]): Promise<Map<string, BookCells>> {
    const { external_no: key, kind, name, region_code: region } = PARTY_CELLS;
    return find(tx, { kind, name, region_code: region }, key, `registry.party t`, 't.book', externalNos);
  }

  parcels(tx: Tx, codes: readonly string[]): Promise<Map<string, BookCells>> {
    const { parcel_code: key, ...cells } = PARCEL_CELLS;
    return find(tx, cells, key, `registry.parcel_current p`, 'p.book', codes);
  }
}

async function find(
  tx: Tx,
  cells: Readonly<Record<string, string>>,
  key: string,
  from: string,
  book: string,
  keys: readonly string[],
): Promise<Map<string, BookCells>> {
  const pairs = Object.entries(cells).map(([column, sql]) => `'${column}', coalesce(${sql}, '')`);
  const rows = await tx.query<{ key: string; cells: BookCells }>(
    `SELECT ${key} AS key, jsonb_build_object(${pairs.join(', ')}) AS cells
       FROM ${from} WHERE ${book} = $1 AND ${key} = ANY ($2::text[])`,
    [tx.book, keys],
  );
  return new Map(rows.map((row) => [row.key, row.cells]));
}
