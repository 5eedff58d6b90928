import { Injectable } from '@nestjs/common';

import { formatUnits, idOf, present, type Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import { RIGHT_KIND_ZH } from '../registry.labels';
import { RIGHT_KINDS, type RightKind } from '../registry.words';
import { firstAboveWhole, leftPpm, meetings, peakPpm, WHOLE_PPM, type DatedShare } from '../shares.rules';
import { code, day, oneOf, optional, partyClosed, problem, share } from './cell.rules';
import type { ImportErrors } from './import-error';
import type { ImportFacts, ImportLoader, ImportScope, PreparedRows } from './import-kind';
import { insertRows } from './insert-rows';
import { KnownStore, type KnownParcel, type KnownParty } from './known.store';
import { addAt, distinct, readRows, type ReadRow } from './read-rows';
import type { ImportTable } from './read-table';
import { scopeFault } from './region-check';
import { groupRows, summaryOf, whenAny, type ImportSummary } from './summary.rules';

export const RIGHT_COLUMNS = {
  parcel_code: code(64),
  party_external_no: code(64),
  right_kind: oneOf(RIGHT_KINDS, RIGHT_KIND_ZH),
  share_percent: share,
  valid_from: day,
  valid_to: optional(day),
  document_no: code(100),
};
type Row = ReadRow<typeof RIGHT_COLUMNS>;

/** A share of a parcel, from the file or, without a row, from the book. */
interface Share extends DatedShare {
  readonly row?: Row;
  readonly parcel: string;
  readonly party: string;
  readonly kind: RightKind;
}

/** rights.csv: who has which right to which parcel, for how much of it and from when. */
@Injectable()
export class RightsLoader implements ImportLoader {
  readonly columns = RIGHT_COLUMNS;

  constructor(private readonly known: KnownStore) {}

  async prepare(tx: Tx, file: ImportTable, { scope }: ImportFacts): Promise<PreparedRows> {
    const { errors } = file;
    const rows = readRows(file, RIGHT_COLUMNS);
    const parcels = await this.known.parcels(tx, distinct(rows.map((row) => row.value.parcel_code)));
    const parties = await this.known.parties(tx, distinct(rows.map((row) => row.value.party_external_no)));
    const added: Share[] = [];
    for (const row of rows) {
      checkRow(errors, row, { parcels, parties, scope });
      const found = shareOf(row, parcels, parties);
      if (found) added.push(found);
    }
    const existing = await this.known.rights(tx, distinct(added.map(({ parcel }) => parcel)));
    checkShares(errors, existing, added);
    return {
      summary: () => summarize(existing, added, parcels),
      write: (importId) => write(tx, added, importId),
    };
  }
}

function summarize(
  existing: readonly Share[],
  added: readonly Share[],
  parcels: Known['parcels'],
): ImportSummary {
  const villages = new Map([...parcels.values()].map(({ id, village }) => [id, village]));
  const groups = groupRows(
    added.map(({ parcel, kind }) => ({ region: villages.get(parcel) ?? '', word: kind })),
    () => null,
  );
  const touched = new Set(added.map(({ parcel }) => parcel)).size;
  const holders = new Set(added.map(({ party }) => party)).size;
  const shared = new Set(existing.map(({ parcel }) => parcel)).size;
  const open = [...groupBy([...existing, ...added], (s) => `${s.parcel} ${s.kind}`).values()].filter(
    (shares) => peakPpm(shares) < WHOLE_PPM,
  ).length;
  const head = {
    zh: `新增份额 ${added.length} 条，涉及小班 ${touched} 个、权利人 ${holders} 个`,
    en: `${added.length} new shares of ${touched} parcels, held by ${holders} parties`,
  };
  return summaryOf(head, groups, (word) => RIGHT_KIND_ZH[word as RightKind], [
    whenAny(
      shared,
      `其中 ${shared} 个小班账中已有份额`,
      `the book has shares of ${shared} of the parcels already`,
    ),
    whenAny(open, `${open} 项权利的份额合计不足 100%`, `the shares of ${open} rights stay below 100 %`),
  ]);
}

interface Known {
  readonly parcels: ReadonlyMap<string, KnownParcel>;
  readonly parties: ReadonlyMap<string, KnownParty>;
  readonly scope: ImportScope;
}

function checkRow(errors: ImportErrors, row: Row, { parcels, parties, scope }: Known): void {
  const { parcel_code: parcelCode, party_external_no: partyNo, valid_from: from, valid_to: to } = row.value;
  if (parcelCode !== undefined) {
    const parcel = parcels.get(parcelCode);
    const closed = parcel && parcel.closedOn !== null ? closedOn(parcel.closedOn) : undefined;
    const fault = parcel ? (scopeFault(parcel.village, scope) ?? closed) : PARCEL_UNKNOWN;
    if (fault) addAt(errors, row, 'parcel_code', fault);
  }
  if (partyNo !== undefined) {
    const party = parties.get(partyNo);
    if (!party) addAt(errors, row, 'party_external_no', PARTY_UNKNOWN);
    else if (from && party.closedOn !== null && party.closedOn <= from) {
      addAt(errors, row, 'party_external_no', partyClosed(party.closedOn));
    }
  }
  if (from && to && to < from) addAt(errors, row, 'valid_to', DAYS_REVERSED);
}

/** Undefined when the row cannot be counted yet; its own errors say why. */
function shareOf(row: Row, parcels: Known['parcels'], parties: Known['parties']): Share | undefined {
  const { right_kind: kind, share_percent: sharePpm, valid_from: from, valid_to: to } = row.value;
  const parcel = parcels.get(row.value.parcel_code ?? '')?.id;
  const party = parties.get(row.value.party_external_no ?? '')?.id;
  if (!parcel || !party || !kind || !sharePpm || !from || to === undefined) return undefined;
  if (to !== null && to < from) return undefined;
  return { row, parcel, party, kind, sharePpm, from, to };
}

/** Nobody has one right twice on a day, and all shares of a parcel's right are at most the whole. */
function checkShares(errors: ImportErrors, existing: readonly Share[], added: readonly Share[]): void {
  for (const [a, b] of meetings([...existing, ...added], (s) => `${s.parcel} ${s.kind} ${s.party}`)) {
    const later = laterRow(a.row, b.row);
    if (later) addAt(errors, later, 'party_external_no', RIGHT_REPEATED);
  }
  const existingOf = groupBy(existing, (s) => `${s.parcel} ${s.kind}`);
  for (const [key, group] of groupBy(added, (s) => `${s.parcel} ${s.kind}`)) {
    const before = existingOf.get(key) ?? [];
    const index = firstAboveWhole(before, group);
    if (index === undefined) continue;
    const over = group[index]!;
    const left = leftPpm([...before, ...group.slice(0, index)], over);
    const row = present(over.row, 'an added share has a row');
    addAt(errors, row, 'share_percent', sharesOverWhole(left));
  }
}

function laterRow(a: Row | undefined, b: Row | undefined): Row | undefined {
  if (!a || !b) return a ?? b;
  return a.row > b.row ? a : b;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

async function write(tx: Tx, shares: readonly Share[], importId: string): Promise<void> {
  const rows = shares.map((s) => ({
    id: idOf('registry.right', String(tx.book), s.parcel, s.party, s.kind, s.from),
    parcel: s.parcel,
    party: s.party,
    kind: s.kind,
    share_ppm: s.sharePpm.toString(),
    from: s.from satisfies Day,
    to: s.to,
    document_no: present(s.row, 'an added share has a row').value.document_no,
  }));
  await insertRows(tx, INSERT_RIGHTS, rows, [importId, tx.now]);
}

const INSERT_RIGHTS = `
  INSERT INTO registry.right_share (book, id, parcel, party, kind, share_ppm, valid, document_no, import,
         recorded_at)
  SELECT $1, r.id, r.parcel, r.party, r.kind, r.share_ppm, daterange(r."from", r."to", '[]'), r.document_no,
         $3, $4
    FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, parcel uuid, party uuid, kind text, share_ppm bigint,
         "from" date, "to" date, document_no text)`;

const closedOn = (day: Day) =>
  problem(
    'PARCEL_CLOSED',
    `未注销的小班；该小班已于 ${day} 分割、合并或改号`,
    `a parcel that is not closed; this one became others on ${day}`,
  );
const PARCEL_UNKNOWN = problem(
  'PARCEL_UNKNOWN',
  '已登记的小班编号',
  'a parcel of this book; import parcels first',
);
const PARTY_UNKNOWN = problem(
  'PARTY_UNKNOWN',
  '已登记的权利人编号',
  'the external_no of a party of this book; import parties first',
);
const DAYS_REVERSED = problem('DAYS_REVERSED', '不早于起始日期', 'a day not before the first one');
const RIGHT_REPEATED = problem(
  'RIGHT_REPEATED',
  '同一小班、同一权利、同一权利人的期限不得重叠',
  'one share a day for one party, parcel and right kind',
);
const percent = (ppm: bigint): string => formatUnits({ name: '%', scale: 4 }, ppm).replace(/\.?0+$/, '');
const sharesOverWhole = (left: bigint) =>
  problem(
    'SHARES_OVER_WHOLE',
    `同一小班同一权利任一日合计不超过 100%，此期间余 ${percent(left)}%`,
    `shares of one parcel and right kind within 100 % on every day; ${percent(left)} % is left on these`,
  );
