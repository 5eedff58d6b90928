import { Injectable } from '@nestjs/common';

import { newId, ok, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import { readTable, type ImportErrors, type ImportTable } from '@app/registry';
import type { Refused } from '../compensation.refusals';
import { MAKERS, VILLAGE_POST } from '../compensation.words';
import { RosterStore } from '../rosters/roster.store';
import { ROSTER_COLUMN_NAMES, ROSTER_COLUMNS, rosterColumns } from './roster-columns';
import { RosterFileStore } from './roster-file.store';
import {
  differencesOf,
  LINE_MISSING,
  LINE_REPEATED,
  whyNoLine,
  type RegisteredLine,
  type StatedLine,
} from './roster-file.rules';

/** Who says that a roster is as the village has it. */
const CONFIRMERS = [...new Set([...MAKERS, VILLAGE_POST, 'town-finance'])];

export interface RosterFileOrder {
  readonly roster: string;
  readonly bytes: Buffer;
  readonly dryRun: boolean;
}

export interface ConfirmedFile {
  /** Null after a dry run. */
  readonly id: string | null;
  readonly rows: number;
  readonly sha256: string;
}

type Refusals =
  | PostRequired
  | Refused<'ROSTER_UNKNOWN' | 'ROSTER_STATE_WRONG' | 'ROSTER_FILE_REFUSED' | 'ROSTER_FILE_REPEATED'>;

interface Stated {
  readonly row: number;
  readonly cells: readonly (string | null)[];
  readonly line: StatedLine;
}

const keyOf = ({ partyNo, parcelCode }: Pick<StatedLine, 'partyNo' | 'parcelCode'>): string =>
  `${partyNo}\u0000${parcelCode}`;

/**
 * Takes a village's own list of who is paid for what, and compares it with the roster made of the registered rights.
 * Only a file that says the same, row by row, is taken; whatever differs is named with what is registered.
 */
@Injectable()
export class ConfirmRosterFile {
  constructor(
    private readonly rosters: RosterStore,
    private readonly files: RosterFileStore,
  ) {}

  /** Rows of villages of the caller's regions; all of the roster's lines there must be in the file. */
  async execute(
    tx: Tx,
    principal: Principal,
    { roster: id, bytes, dryRun }: RosterFileOrder,
  ): Promise<Result<ConfirmedFile, Refusals>> {
    const roster = await this.rosters.lock(tx, id, 'share');
    if (!roster) return refuse({ code: 'ROSTER_UNKNOWN', roster: id });
    const allowed = Policies.require(principal, tx.book, CONFIRMERS);
    if (!allowed.ok) return allowed;
    if (roster.state !== 'draft') {
      return refuse({ code: 'ROSTER_STATE_WRONG', roster: id, state: roster.state, needed: ['draft'] });
    }
    const table = await readTable(bytes, rosterColumns);
    const regions = Policies.regionsOf(principal, tx.book, CONFIRMERS);
    const lines = await this.files.lines(tx, tx.book, { roster: id, regions });
    // Of a roster that is none of the caller's, nothing is told, and nothing of the registry beside it.
    if (lines.length === 0) return refuse({ code: 'ROSTER_UNKNOWN', roster: id });
    const unknown = compare(table, lines);
    const known = await this.files.known(
      tx,
      roster.asOf,
      unknown.map(({ line }) => line),
    );
    for (const [place, { row, line }] of unknown.entries()) {
      const { column, problem } = whyNoLine(known[place]!);
      const value = column === 'parcel_code' ? line.parcelCode : line.partyNo;
      table.errors.add({ row, column, value }, problem);
    }
    if (table.errors.total > 0) {
      const { total, codes, first: errors } = table.errors;
      return refuse({ code: 'ROSTER_FILE_REFUSED', total, codes, errors });
    }
    const { sha256, rows } = table;
    if (dryRun) return ok({ id: null, rows: rows.length, sha256 });
    const file = { id: newId(), sha256, rows: rows.length };
    if (!(await this.files.insert(tx, id, file)))
      return refuse({ code: 'ROSTER_FILE_REPEATED', roster: id, sha256 });
    tx.audit({ roster: roster.no, file: sha256, rows: rows.length });
    return ok(file);
  }
}

/** Notes what differs, and returns the rows that are no line of the roster. */
function compare(table: ImportTable, lines: readonly RegisteredLine[]): Stated[] {
  const byKey = new Map(lines.map((line) => [keyOf(line), line]));
  const seen = new Set<string>();
  const unknown: Stated[] = [];
  for (const stated of readLines(table)) {
    const { row, cells, line } = stated;
    const key = keyOf(line);
    const registered = byKey.get(key);
    if (seen.has(key)) {
      table.errors.add({ row, column: 'parcel_code', value: line.parcelCode }, LINE_REPEATED);
    } else if (registered) {
      for (const { column, problem } of differencesOf(line, registered)) {
        table.errors.add({ row, column, value: cellOf(cells, column) }, problem);
      }
    } else unknown.push(stated);
    seen.add(key);
  }
  // Of a file that could not be read nothing is missing.
  for (const line of table.rows.length > 0 ? lines : []) {
    if (!seen.has(keyOf(line))) {
      table.errors.add(
        { row: table.rows.length + 2, column: 'parcel_code', value: line.parcelCode },
        LINE_MISSING,
      );
    }
  }
  return unknown;
}

function readLines({ rows, errors }: ImportTable): Stated[] {
  return rows.flatMap(({ row, cells }) => {
    const line = readLine(cells, row, errors);
    return line ? [{ row, cells, line }] : [];
  });
}

function readLine(
  cells: readonly (string | null)[],
  row: number,
  errors: ImportErrors,
): StatedLine | undefined {
  const values: unknown[] = [];
  for (const [place, column] of ROSTER_COLUMN_NAMES.entries()) {
    const text = cells[place];
    // What stands there was found wrong when the file was read.
    if (text === null || text === undefined) return undefined;
    const read = ROSTER_COLUMNS[column].read(text);
    if (read.ok) values.push(read.value);
    else errors.add({ row, column, value: text }, read.reason);
  }
  if (values.length < ROSTER_COLUMN_NAMES.length) return undefined;
  const [partyNo, name, parcelCode, areaMu100, sharePpm, amountFen] = values as [
    string,
    string,
    string,
    bigint,
    bigint,
    bigint,
  ];
  return { partyNo, name, parcelCode, areaMu100, sharePpm, amountFen };
}

const cellOf = (cells: readonly (string | null)[], column: string): string | null =>
  cells[ROSTER_COLUMN_NAMES.findIndex((name) => name === column)] ?? null;
